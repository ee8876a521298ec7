/** What the change of a policy document means: who may do what more, and what less. */
import { matches } from "../../../policies/framework/patterns";
import { items } from "../render/inputs";
import { isRecord } from "../values";
import { stable } from "./listItems";

/** What a statement says, so that two of the same meaning are equal. */
interface Statement {
    readonly effect: string;
    /** In lower case: AWS reads the names of services and actions without regard to case. */
    readonly actions: readonly string[];
    /** Empty texts where it names none. */
    readonly resources: readonly string[];
    readonly principals: readonly string[];
    readonly condition: string;
}

/** A document, with how what it names is written. */
interface Document {
    readonly statements: readonly Statement[];
    readonly written: ReadonlyMap<string, string>;
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
    const [was, is] = [documentOf(before), documentOf(after)];
    const written = new Map([...was.written, ...is.written]);
    const told = [
        ...uncovered(is, was).map((each) => ({ each, now: true })),
        ...uncovered(was, is).map((each) => ({ each, now: false })),
    ].map(({ each, now }) => ({
        place: [each.effect, ...each.principals, ...each.resources, each.condition].join("\n"),
        text: sentence(each, written, now) + (now ? "" : keptText(each, is, written)),
    }));
    const others = Object.keys({ ...before, ...after })
        .filter((key) => key !== "Statement" && key !== "Id")
        .filter((key) => stable(before[key]) !== stable(after[key]))
        .map((key) => `${key} was ${String(before[key])} and is ${String(after[key])}`);
    return [
        ...told.sort((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0)),
        ...others.map((text) => ({ text })),
    ].map(({ text }) => text);
}

const LISTS = ["actions", "resources", "principals"] as const;

/** What a document says that the other does not say too, in these words or in wider ones. */
function uncovered({ statements }: Document, other: Document): Statement[] {
    return inFew(
        statements.flatMap(single).filter((each) => !other.statements.some((wider) => covers(wider, each))),
    );
}

/** A statement as those of one action, resource and principal each. */
function single(statement: Statement): Statement[] {
    return statement.principals.flatMap((principal) =>
        statement.resources.flatMap((resource) =>
            statement.actions.map((action) => ({
                ...statement,
                actions: [action],
                resources: [resource],
                principals: [principal],
            })),
        ),
    );
}

/** Statements in as few as say the same. */
function inFew(statements: Statement[]): Statement[] {
    return LISTS.reduce(joined, statements);
}

/** Statements that differ in nothing but one of their lists, as one. */
function joined(statements: readonly Statement[], list: (typeof LISTS)[number]): Statement[] {
    const found = new Map<string, Statement>();
    for (const each of statements) {
        const key = JSON.stringify({ ...each, [list]: [] });
        const known = found.get(key);
        found.set(key, { ...each, [list]: [...new Set([...(known?.[list] ?? []), ...each[list]])].sort() });
    }
    return [...found.values()];
}

/** Whether one statement says all that another says. */
function covers(wide: Statement, narrow: Statement): boolean {
    return (
        wide.effect === narrow.effect &&
        wide.condition === narrow.condition &&
        LISTS.every((list) => narrow[list].every((text) => wide[list].some((pattern) => fits(pattern, text))))
    );
}

const ALL_BUT = "all but ";
const EVERYBODY = "AWS *";

/** Whether a pattern of IAM's stands for all that a text or a narrower pattern stands for. */
function fits(pattern: string, text: string): boolean {
    return (
        pattern === text || (!pattern.startsWith(ALL_BUT) && /[*?]/.test(pattern) && matches(pattern, text))
    );
}

/** What is still said of what is said no longer as a whole. */
function keptText(gone: Statement, { statements }: Document, written: ReadonlyMap<string, string>): string {
    const kept = statements.flatMap(single).filter((each) => covers(gone, each));
    const told = inFew(kept).map((each) =>
        [
            same(each.principals, gone.principals) ? "" : named(each.principals, written),
            same(each.actions, gone.actions) ? "" : named(each.actions, written),
            same(each.resources, gone.resources) ? "" : `on ${named(each.resources, written)}`,
        ]
            .filter((part) => part !== "")
            .join(" "),
    );
    return told.length === 0 ? "" : `, but still ${told.join(" and ")}`;
}

function same(one: readonly string[], other: readonly string[]): boolean {
    return one.join("\n") === other.join("\n");
}

function documentOf(document: Record<string, unknown>): Document {
    const written = new Map<string, string>();
    const statements = items(document["Statement"])
        .filter(isRecord)
        .map((each) => statementOf(each, written));
    return { statements: joined(statements, "actions"), written };
}

function statementOf(raw: Record<string, unknown>, written: Map<string, string>): Statement {
    const list = (
        key: string,
        texts: (value: unknown) => readonly string[],
        meant: (text: string) => string,
    ): string[] => {
        const not = `Not${key}`;
        const meaning = texts(not in raw ? raw[not] : raw[key]).map((text) => {
            const means = meant(text);
            written.set(means, text);
            return means;
        });
        const all = [...new Set(meaning)].sort();
        if (!(not in raw)) {
            return all;
        }
        const but = `${ALL_BUT}${all.join(", ")}`;
        written.set(but, `${ALL_BUT}${all.map((text) => written.get(text) ?? text).join(", ")}`);
        return [but];
    };
    const plain = (value: unknown): string[] => (value === undefined ? [""] : items(value).map(String));
    return {
        effect: String(raw["Effect"]),
        actions: list("Action", plain, (text) => text.toLowerCase()),
        resources: list("Resource", plain, (text) => text),
        principals: list("Principal", principalsOf, accountOf),
        condition: isRecord(raw["Condition"]) ? conditionText(raw["Condition"]) : "",
    };
}

function principalsOf(value: unknown): string[] {
    return value === undefined
        ? [""]
        : isRecord(value)
          ? Object.entries(value).flatMap(([kind, names]) =>
                items(names).map((name) => `${kind} ${String(name)}`),
            )
          : items(value).map((each) => (each === "*" ? EVERYBODY : String(each)));
}

/** An account is named by its number, or by the ARN of its root: that means the same. */
function accountOf(principal: string): string {
    return principal.replace(/^AWS arn:[^:]*:iam::(\d{12}):root$/, "AWS $1");
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

function sentence(statement: Statement, written: ReadonlyMap<string, string>, now: boolean): string {
    const { effect, actions, resources, principals, condition } = statement;
    const verb = effect === "Deny" ? "denies" : "allows";
    const on = named(resources, written);
    return [
        now ? `now ${verb}` : `no longer ${verb}`,
        named(principals, written),
        actions.length <= MOST_ACTIONS ? named(actions, written) : `${actions.length} actions`,
        on === "" ? "" : `on ${on}`,
        condition === "" ? "" : `when ${condition}`,
    ]
        .filter((part) => part !== "")
        .join(" ");
}

/** Texts as the document writes them. */
function named(texts: readonly string[], written: ReadonlyMap<string, string>): string {
    return texts.map((text) => written.get(text) ?? text).join(", ");
}
