/** Uniform resource names, as Pulumi's engine builds them. */

/** The type of the resource that stands for the stack itself. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The parts of a URN. */
export interface UrnParts {
    readonly stack: string;
    readonly project: string;
    /** Types of all parents and of the resource itself, joined by `$`. */
    readonly qualifiedType: string;
    readonly type: string;
    readonly name: string;
}

/**
 * Builds a URN. The types of all parents are part of it, except the stack's, which is every resource's
 * parent in the end and would say nothing.
 */
export function createUrn(
    stack: string,
    project: string,
    parent: string | undefined,
    type: string,
    name: string,
): string {
    const parentType = parent === undefined || parent === "" ? "" : parseUrn(parent).qualifiedType;
    const prefix = parentType === "" || parentType === STACK_TYPE ? "" : `${parentType}$`;
    return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** Takes a URN apart. The name may itself hold `::`. */
export function parseUrn(urn: string): UrnParts {
    const [head = "", project = "", qualifiedType = "", ...rest] = urn.split("::");
    const type = qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1);
    return { stack: head.slice("urn:pulumi:".length), project, qualifiedType, type, name: rest.join("::") };
}

/** The logical name in a URN. */
export function nameOf(urn: string): string {
    return parseUrn(urn).name;
}

/** The type of the resource that a URN names, without its parents' types. */
export function typeOf(urn: string): string {
    return parseUrn(urn).type;
}

/** The package of a type or function token: `aws` of `aws:ec2/vpc:Vpc`, and of `pulumi:providers:aws`. */
export function packageOf(token: string): string {
    const [first = "", second = "", third = ""] = token.split(":");
    return first === "pulumi" && second === "providers" ? third : first;
}

/** Whether a type is a provider's: `pulumi:providers:aws`. */
export function isProvider(type: string): boolean {
    return type.startsWith("pulumi:providers:");
}

/**
 * Whether a URN is of a provider that nobody named. The engine has it like any other resource, and neither shows nor
 * counts it.
 */
export function isDefaultProvider(urn: string): boolean {
    return isProvider(typeOf(urn)) && /^default(?:_|$)/.test(nameOf(urn));
}
