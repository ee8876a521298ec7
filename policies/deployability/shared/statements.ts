import { object, type Props } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";

const GROUPS = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"] as const;

/** The statement of a web ACL's rule that refers to a group of rules, if it does. */
export function groupOf(rule: Props): Props | undefined {
    const statement = object(rule.statement);
    const kind = GROUPS.find((each) => isGiven(statement, each));
    return kind === undefined ? undefined : object(statement[kind]);
}

/** Looks at a statement and those in it, deepest last. */
export function eachStatement(
    statement: Props,
    look: (statement: Props, depth: number) => void,
    depth = 0,
): void {
    look(statement, depth);
    for (const kind of ["andStatement", "orStatement"].filter((each) => isGiven(statement, each))) {
        eachObject(object(statement[kind]).statements, (inner) => {
            eachStatement(inner, look, depth + 1);
        });
    }
    for (const kind of ["notStatement"].filter((each) => isGiven(statement, each))) {
        const inner = object(statement[kind]);
        // Older versions of the provider have a list of one.
        if (isGiven(inner, "statement")) {
            eachStatement(object(inner.statement), look, depth + 1);
        }
        eachObject(inner.statements, (each) => {
            eachStatement(each, look, depth + 1);
        });
    }
    for (const kind of ["rateBasedStatement", "managedRuleGroupStatement"]) {
        const inner = isGiven(statement, kind) ? object(statement[kind]) : {};
        if (isGiven(inner, "scopeDownStatement")) {
            eachStatement(object(inner.scopeDownStatement), look, depth + 1);
        }
    }
}
