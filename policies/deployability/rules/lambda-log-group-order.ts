import { ifKnown, type Member, stackRule, type StackView, text } from "../../framework";
import { put } from "../../framework/relations";
import { FUNCTION } from "../shared/types";
import { waitsFor } from "../shared/waiting";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const rule = stackRule({
    id: "lambda-log-group-order",
    severity: "medium",
    // Whichever of the two is made first decides whether anything fails.
    level: "advisory",
    description:
        "A function's log group is there before the function, which else makes an unmanaged one on its first call.",
    fix: "Let the function depend on its log group, as by loggingConfig.logGroup.",
    frameworks: { controls: ["F13.14"] },
    types: [FUNCTION],
    checkStack: (stack, report) => {
        for (const called of stack.ofType(FUNCTION)) {
            const name = ifKnown(() => text(called.props.name));
            const { byName, byOrigin } = stack.once(groupsOf);
            const named = name === undefined ? [] : (byName.get(`/aws/lambda/${name}`) ?? []);
            const groups = [...new Set([...named, ...(byOrigin.get(called) ?? [])])];
            const [group] = groups;
            if (group !== undefined && !waitsFor(called, groups)) {
                report(`does not wait for its log group ${group.name}.`, called);
            }
        }
    },
});

interface Groups {
    readonly byName: ReadonlyMap<string, readonly Member[]>;
    /** Groups whose name is made from a function's, and which so wait for the function. */
    readonly byOrigin: ReadonlyMap<Member, readonly Member[]>;
}

function groupsOf(stack: StackView): Groups {
    const byName = new Map<string, Member[]>();
    const byOrigin = new Map<Member, Member[]>();
    for (const group of stack.ofType(LOG_GROUP)) {
        put(byName, ifKnown(() => text(group.props.name)) ?? "", group);
        for (const origin of group.propertyDependencies.name ?? []) {
            put(byOrigin, origin, group);
        }
    }
    return { byName, byOrigin };
}
