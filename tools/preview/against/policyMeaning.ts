/** What the change of a policy document means: who may do what more, and what less. */
import { items } from "../render/inputs";
import { isRecord } from "../values";
import { stable } from "./listItems";

/** A statement, so that two of the same meaning are equal. */
interface Statement {
    readonly effect: string;
    /** `Action`, or `NotAction`. */
    readonly actionKey: string;
    /** In lower case: AWS reads the names of services and actions without regard to case. */
    readonly actions: readonly string[];
    /** How they are written. */
    readonly written: ReadonlyMap<string, string>;
    /** All that the statement says beside its actions. */
    readonly scope: string;
    readonly resources: string;
    readonly principals: string;
    readonly condition: string;
}

/** More than so many actions are counted. */
const MOST_ACTIONS = 6;

/** Whether a value is a policy document of IAM's language. */
export function isPolicy(value: unknown): value is Record<string, unknown> {
    return (
        isRecord(value) &&
        items(value["Statement"]).length > 0 &&
        items(value["Statement"]).every((statement) => isRecord(statement) && "Effect" in statement)
    );
}

/** A sentence for each thing that one document says and the other does not; none where both mean the same. */
export function policyDifference(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
    const [was, is] = [byScope(before), byScope(after)];
    const sentences: string[] = [];
    for (const scope of [...new Set([...is.keys(), ...was.keys()])].sort()) {
        const [olds, news] = [was.get(scope), is.get(scope)];
        const gone = actionsOf(olds).filter((action) => !actionsOf(news).includes(action));
        const come = actionsOf(news).filter((action) => !actionsOf(olds).includes(action));
        if (news !== undefined && come.length > 0) {
            sentences.push(sentence(news, come, true));
        }
        if (olds !== undefined && gone.length > 0) {
            sentences.push(sentence(olds, gone, false));
        }
    }
    const others = Object.keys({ ...before, ...after })
        .filter((key) => key !== "Statement" && key !== "Id")
        .filter((key) => stable(before[key]) !== stable(after[key]))
        .map((key) => `${key} was ${String(before[key])} and is ${String(after[key])}`);
    return [...sentences, ...others];
}

function actionsOf(statement: Statement | undefined): readonly string[] {
    return statement?.actions ?? [];
}

/** The statements of a document; those that differ in nothing but their actions are one. */
function byScope(document: Record<string, unknown>): Map<string, Statement> {
    const found = new Map<string, Statement>();
    for (const each of items(document["Statement"])) {
        if (isRecord(each)) {
            const statement = statementOf(each);
            const other = found.get(statement.scope);
            const actions = [...new Set([...actionsOf(other), ...statement.actions])].sort();
            const written = new Map([...(other?.written ?? []), ...statement.written]);
            found.set(statement.scope, { ...statement, actions, written });
        }
    }
    return found;
}

function statementOf(raw: Record<string, unknown>): Statement {
    const actionKey = "NotAction" in raw ? "NotAction" : "Action";
    const written = new Map(
        items(raw[actionKey]).map((action) => [String(action).toLowerCase(), String(action)]),
    );
    const actions = [...written.keys()].sort();
    const effect = String(raw["Effect"]);
    const resources = told(raw, "Resource");
    const principals = told(raw, "Principal");
    const condition = isRecord(raw["Condition"]) ? conditionText(raw["Condition"]) : "";
    return {
        effect,
        actionKey,
        // All but a list of actions is another statement when one of the list is another.
        actions: actionKey === "Action" ? actions : [actions.join(", ")],
        written,
        scope: [effect, actionKey, principals, resources, condition].join("\n"),
        resources,
        principals,
        condition,
    };
}

/** `on a, b`, or what is excepted of all. */
function told(raw: Record<string, unknown>, key: "Resource" | "Principal"): string {
    const not = `Not${key}`;
    const value = not in raw ? raw[not] : raw[key];
    if (value === undefined) {
        return "";
    }
    const list = isRecord(value)
        ? Object.entries(value).flatMap(([kind, names]) =>
              items(names).map((name) => `${kind} ${String(name)}`),
          )
        : items(value).map((each) => (key === "Principal" && each === "*" ? "AWS *" : String(each)));
    const names = [...new Set(list)].sort().join(", ");
    return not in raw ? `all but ${names}` : names;
}

function conditionText(condition: Record<string, unknown>): string {
    return Object.entries(condition)
        .flatMap(([operator, keys]) =>
            isRecord(keys)
                ? Object.entries(keys).map(
                      ([key, values]) =>
                          // Names of condition keys have no case either.
                          `${key.toLowerCase()} ${operator} ${items(values).map(String).sort().join(" or ")}`,
                  )
                : [],
        )
        .sort()
        .join(" and ");
}

function sentence(statement: Statement, actions: readonly string[], now: boolean): string {
    const verb = statement.effect === "Deny" ? "denies" : "allows";
    const names = actions.map((action) => statement.written.get(action) ?? action);
    const said = names.length <= MOST_ACTIONS ? names.join(", ") : `${names.length} actions`;
    const what = statement.actionKey === "NotAction" ? `all but ${said}` : said;
    return [
        now ? `now ${verb}` : `no longer ${verb}`,
        statement.principals === "" ? "" : statement.principals,
        what,
        statement.resources === "" ? "" : `on ${statement.resources}`,
        statement.condition === "" ? "" : `when ${statement.condition}`,
    ]
        .filter((part) => part !== "")
        .join(" ");
}
