/** A resource as a rule sees it: inputs at analysis of a resource, state at analysis of a stack. */
export interface Subject {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    /** Reading a value that is unknown at preview throws; see `isUnknownError`. */
    readonly props: Props;
    readonly opts: SubjectOptions;
    /** The explicit or default provider, where the engine tells it. */
    readonly provider?: {
        readonly name: string;
        readonly urn: string;
        readonly type: string;
        readonly props: Props;
    };
}

/** Properties of unchecked shape, as they come over the analyzer protocol. */
export type Props = Readonly<Record<string, unknown>>;

/** The resource options that the analyzer protocol carries. */
export interface SubjectOptions {
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    readonly deleteBeforeReplace?: boolean;
    readonly aliases: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    readonly parent?: string;
}

/** The value as text, or undefined where it is anything else. */
export function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

/** The value as a number, or undefined; numeric text counts, because some providers carry numbers as text. */
export function number(value: unknown): number | undefined {
    if (typeof value === "number") {
        return value;
    }
    return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
        ? Number(value)
        : undefined;
}

/** The value as a boolean, or undefined; the texts `true` and `false` count. */
export function flag(value: unknown): boolean | undefined {
    if (typeof value === "boolean") {
        return value;
    }
    return value === "true" ? true : value === "false" ? false : undefined;
}

/** The value as an object, or an empty one. */
export function object(value: unknown): Props {
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Props) : {};
}

/** The value as a list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The value as a list of objects. */
export function objects(value: unknown): readonly Props[] {
    return items(value).map(object);
}

/** The value as a list of texts. */
export function texts(value: unknown): readonly string[] {
    return items(value).filter((item) => typeof item === "string");
}

/** The elements in a list of their own: in a remediation the policy SDK's lists have no working `map` and `filter`. */
function items(value: unknown): unknown[] {
    const found: unknown[] = [];
    const given = list(value);
    for (let index = 0; index < given.length; index += 1) {
        found.push(given[index]);
    }
    return found;
}

/** The region that a resource is made in: its own `region`, else its provider's. Undefined for the default provider. */
export function regionOf(resource: Subject): string | undefined {
    return text(resource.props.region) ?? text(resource.provider?.props.region);
}
