/**
 * Decides requests by policies as IAM does within one account: IAM User Guide, "Policy evaluation logic", "IAM JSON policy
 * elements: Condition operators" and "Variables and tags". An element that it does not know is an error, not a guess.
 */

/** What is asked for. */
export interface AccessRequest {
    readonly action: string;
    readonly resource: string;
    /** Values of condition keys, in small letters; a list for a key of several values. */
    readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Why a request is decided as it is. */
export type Decision = "allowed" | "denied" | "not allowed";

type OneOrMore<T> = T | readonly T[];

interface PolicyStatement {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: unknown;
    readonly Action?: OneOrMore<string>;
    readonly NotAction?: OneOrMore<string>;
    readonly Resource?: OneOrMore<string>;
    readonly NotResource?: OneOrMore<string>;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore<string>>>>>;
}

interface PolicyDocument {
    readonly Version: string;
    readonly Statement: OneOrMore<PolicyStatement>;
}

const ELEMENTS = new Set([
    ...["Sid", "Effect", "Principal", "Condition"],
    ...["Action", "NotAction", "Resource", "NotResource"],
]);

/** The policies that a request is decided by. */
export interface Policies {
    /** Of the role that asks. */
    readonly role: readonly string[];
    /** Of what is asked about, whose statements name everybody, `*`. */
    readonly resource?: readonly string[];
}

/** Decides a request. A statement of a resource's policy allows nothing by itself here: all of them deny. */
export function decide({ role, resource = [] }: Policies, request: AccessRequest): Decision {
    const ofRole = role.flatMap(statementsOf);
    const ofResource = resource.flatMap(statementsOf);
    for (const { Effect, Principal } of ofResource) {
        if (Principal !== "*" || Effect !== "Deny") {
            throw new Error("only statements of a resource's policy that deny everybody are understood");
        }
    }
    const matching = [...ofRole, ...ofResource].filter((statement) => applies(statement, request));
    if (matching.some(({ Effect }) => Effect === "Deny")) {
        return "denied";
    }
    return matching.some(({ Effect }) => Effect === "Allow") ? "allowed" : "not allowed";
}

/** Whether a role's trust policy lets somebody in with such claims; the principal has to be the one that is named. */
export function mayAssume(
    trust: string,
    principal: string,
    action: string,
    context: AccessRequest["context"],
): boolean {
    const matching = statementsOf(trust).filter((statement) => {
        const named = statement.Principal as Readonly<Record<string, OneOrMore<string>>> | undefined;
        const principals = Object.values(named ?? {}).flatMap((each) => listOf(each));
        return (
            principals.includes(principal) &&
            listOf(statement.Action).some((each) => isLike(each, action)) &&
            holds(statement, context)
        );
    });
    return matching.length > 0 && matching.every(({ Effect }) => Effect === "Allow");
}

function statementsOf(policy: string): readonly PolicyStatement[] {
    const { Version, Statement } = JSON.parse(policy) as PolicyDocument;
    // In the older grammar variables are plain text.
    if (Version !== "2012-10-17") {
        throw new Error(`the version ${Version} is not understood`);
    }
    const statements = listOf(Statement);
    for (const statement of statements) {
        const unknown = Object.keys(statement).filter((element) => !ELEMENTS.has(element));
        if (unknown.length > 0) {
            throw new Error(`the element ${unknown.join(", ")} is not understood`);
        }
    }
    return statements;
}

const listOf = <T>(value: OneOrMore<T> | undefined): readonly T[] =>
    value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

function applies(statement: PolicyStatement, { action, resource, context }: AccessRequest): boolean {
    const { Action, NotAction, Resource, NotResource } = statement;
    const isAction = (each: string) => isLike(each, action);
    const isResource = (each: string) => isLikeWith(each, resource, context);
    return (
        (NotAction === undefined ? listOf(Action).some(isAction) : !listOf(NotAction).some(isAction)) &&
        (NotResource === undefined
            ? listOf(Resource).some(isResource)
            : !listOf(NotResource).some(isResource)) &&
        holds(statement, context)
    );
}

/** Whether all conditions hold: of every operator all keys, and of every key one of the values. */
function holds({ Condition = {} }: PolicyStatement, context: AccessRequest["context"]): boolean {
    return Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => test(operator, key, listOf(wanted), context)),
    );
}

type Comparison = (wanted: string, given: string, context: AccessRequest["context"]) => boolean;

const number = (compare: (a: number, b: number) => boolean): Comparison => {
    return (wanted, given) => compare(Number(given), Number(wanted));
};

/** What a value of the request and one of the policy's must be to each other. */
const OPERATORS: Readonly<Record<string, Comparison>> = {
    StringEquals: (wanted, given, context) => literal(wanted, context) === given,
    StringEqualsIgnoreCase: (wanted, given, context) =>
        literal(wanted, context)?.toLowerCase() === given.toLowerCase(),
    StringLike: (wanted, given, context) => isLikeWith(wanted, given, context),
    ArnLike: (wanted, given, context) => isArnLike(wanted, given, context),
    ArnEquals: (wanted, given, context) => isArnLike(wanted, given, context),
    Bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
    NumericEquals: number((a, b) => a === b),
    NumericLessThan: number((a, b) => a < b),
    NumericLessThanEquals: number((a, b) => a <= b),
    NumericGreaterThan: number((a, b) => a > b),
    NumericGreaterThanEquals: number((a, b) => a >= b),
};

const NEGATED: Readonly<Record<string, string>> = {
    StringNotEquals: "StringEquals",
    StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
    StringNotLike: "StringLike",
    ArnNotLike: "ArnLike",
    ArnNotEquals: "ArnEquals",
    NumericNotEquals: "NumericEquals",
};

function test(
    written: string,
    key: string,
    wanted: readonly string[],
    context: AccessRequest["context"],
): boolean {
    const [, set, operator = "", ifExists] =
        /^(ForAnyValue:|ForAllValues:)?(\w+?)(IfExists)?$/.exec(written) ?? [];
    const given = context[key.toLowerCase()];
    if (operator === "Null") {
        return wanted.some((each) => (each === "true") === (given === undefined));
    }
    const negated = NEGATED[operator];
    const compare = OPERATORS[negated ?? operator];
    if (compare === undefined) {
        throw new Error(`the operator ${written} is not understood`);
    }
    if (given === undefined) {
        // A negation, and a demand of every value, hold for a key that is not there.
        return (
            ifExists !== undefined || (negated !== undefined && set === undefined) || set === "ForAllValues:"
        );
    }
    const matches = (value: string): boolean => {
        const one = wanted.some((each) => compare(each, value, context));
        return negated === undefined ? one : !one;
    };
    const values = listOf(given);
    return set === "ForAnyValue:" ? values.some(matches) : values.every(matches);
}

/** Marks where a text is not to be read as a pattern. */
interface Piece {
    readonly text: string;
    readonly literal: boolean;
}

/**
 * A text with its variables filled in. What a variable stands for is no pattern, whatever is in it.
 *
 * @returns Nothing where the request has no value for a variable: the text then matches nothing.
 */
function pieces(text: string, context: AccessRequest["context"]): readonly Piece[] | undefined {
    const found: Piece[] = [];
    let rest = text;
    for (;;) {
        const variable = /\$\{([^}]*)\}/.exec(rest);
        if (variable === null) {
            return [...found, { text: rest, literal: false }];
        }
        found.push({ text: rest.slice(0, variable.index), literal: false });
        const value = valueOf(variable[1] ?? "", context);
        if (value === undefined) {
            return undefined;
        }
        found.push({ text: value, literal: true });
        rest = rest.slice(variable.index + variable[0].length);
    }
}

function valueOf(variable: string, context: AccessRequest["context"]): string | undefined {
    if (["*", "?", "$"].includes(variable)) {
        return variable;
    }
    const [, key = "", otherwise] = /^([^,\s]+)(?:\s*,\s*'([^']*)')?$/.exec(variable.trim()) ?? [];
    const value = context[key.toLowerCase()];
    // A key of several values is no variable.
    return typeof value === "string" ? value : otherwise;
}

function literal(text: string, context: AccessRequest["context"]): string | undefined {
    return pieces(text, context)
        ?.map((piece) => piece.text)
        .join("");
}

function isLikeWith(pattern: string, text: string, context: AccessRequest["context"]): boolean {
    const filled = pieces(pattern, context);
    return filled !== undefined && expression(filled, false).test(text);
}

/** Whether an action is one that a pattern means; no case is told apart in either. */
function isLike(pattern: string, action: string): boolean {
    return expression([{ text: pattern, literal: false }], true).test(action);
}

function expression(filled: readonly Piece[], ignoreCase: boolean): RegExp {
    const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const source = filled
        .map(({ text, literal: isText }) =>
            isText ? escape(text) : escape(text).replaceAll("\\*", ".*").replaceAll("\\?", "."),
        )
        .join("");
    return new RegExp(`^${source}$`, ignoreCase ? "is" : "s");
}

/** ARNs are compared part by part: a wildcard does not reach over a colon among the first five. */
function isArnLike(pattern: string, text: string, context: AccessRequest["context"]): boolean {
    const parts = (arn: string): string[] => {
        const all = arn.split(":");
        return [...all.slice(0, 5), all.slice(5).join(":")];
    };
    const given = parts(text);
    return parts(pattern).every((part, index) => isLikeWith(part, given[index] ?? "", context));
}
