/**
 * Property values as they travel between a Pulumi program and the engine: JSON in which secrets, unknown values,
 * outputs with their dependencies, assets and references to resources are objects marked by a signature.
 */
import { type Properties } from "./types";

/** The key that marks an object as something special. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
export const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** Stands for a value that is not known before `pulumi up`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a reader sees of a secret. */
export const MASK = "[secret]";

/**
 * A dependency that no resource has. The engine adds it to every output that a real preview would not know yet,
 * so that the SDK carries it, with the output's other dependencies, to whatever is computed from it.
 */
export const UNKNOWN_MARKER = "urn:pulumi:unknown::unknown::meridian:preview:Unknown::unknown";

interface Marked {
    readonly [SIGNATURE]: string;
    readonly value?: unknown;
    readonly secret?: boolean;
    readonly dependencies?: readonly string[];
    readonly id?: unknown;
    readonly urn?: string;
}

/** Whether a value has properties. */
export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMarked(value: Record<string, unknown>): value is Record<string, unknown> & Marked {
    return typeof value[SIGNATURE] === "string";
}

/** Wraps a value as a secret. */
export function secret(value: unknown): Properties {
    return { [SIGNATURE]: SECRET, value };
}

/** Wraps a value that a real preview would not know, with the resources that it comes from. */
export function unknownValue(value: unknown, dependencies: readonly string[]): Properties {
    return { [SIGNATURE]: OUTPUT, value, dependencies: [...dependencies, UNKNOWN_MARKER] };
}

/** Refers to a resource, in the form that the SDK turns into a live object. */
export function resourceReference(urn: string, id?: string, packageVersion?: string): Properties {
    return {
        [SIGNATURE]: RESOURCE,
        urn,
        ...(id === undefined ? {} : { id }),
        ...(packageVersion === undefined ? {} : { packageVersion }),
    };
}

/** Whether this value itself (not something inside it) is secret. */
export function isSecret(value: unknown): boolean {
    return (
        isRecord(value) &&
        (value[SIGNATURE] === SECRET || (value[SIGNATURE] === OUTPUT && value["secret"] === true))
    );
}

/** Whether this value itself is a file, a text or an archive that the program hands on. */
export function isAsset(value: unknown): boolean {
    return isRecord(value) && (value[SIGNATURE] === ASSET || value[SIGNATURE] === ARCHIVE);
}

/** What {@link view} makes of the special values. */
interface View {
    readonly secret: (inner: unknown) => unknown;
    /** What becomes of outputs that a real preview would not know. */
    readonly unknowns: "value" | "unknown" | "output";
}

const PLAIN: View = { secret: (inner) => inner, unknowns: "value" };
const MASKED: View = { secret: () => MASK, unknowns: "value" };
const REAL: View = { secret, unknowns: "unknown" };
const ASSUMED: View = { secret, unknowns: "value" };
const OUTPUTS: View = { secret, unknowns: "output" };

/** Rewrites a value, and returns the same object where nothing in it is special. */
function view(value: unknown, how: View): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (Array.isArray(value)) {
        let copy: unknown[] | undefined;
        for (let index = 0; index < value.length; index++) {
            const before: unknown = value[index];
            const after = view(before, how);
            if (after !== before) {
                copy ??= [...(value as unknown[])];
                copy[index] = after;
            }
        }
        return copy ?? value;
    }
    const record = value as Record<string, unknown>;
    return isMarked(record) ? viewMarked(record, how) : viewRecord(record, how);
}

function viewRecord(record: Record<string, unknown>, how: View): Record<string, unknown> {
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(record)) {
        const before = record[key];
        const after = view(before, how);
        if (after !== before) {
            copy ??= { ...record };
            if (after === null) {
                // An output that holds nothing is an argument left out.
                Reflect.deleteProperty(copy, key);
            } else {
                copy[key] = after;
            }
        }
    }
    return copy ?? record;
}

function viewMarked(record: Record<string, unknown> & Marked, how: View): unknown {
    switch (record[SIGNATURE]) {
        case SECRET:
            return how.secret(view(record.value, how));
        case OUTPUT: {
            const unknown = !("value" in record) || record.dependencies?.includes(UNKNOWN_MARKER) === true;
            if (how.unknowns === "output" && (unknown || record.secret === true)) {
                return record;
            }
            if (!("value" in record) || (unknown && how.unknowns === "unknown")) {
                return UNKNOWN;
            }
            const inner = view(record.value, how);
            return record.secret === true ? how.secret(inner) : inner;
        }
        case RESOURCE:
            // A provider takes ids. A component has none, and is known by its URN.
            return "id" in record ? (record.id === "" ? UNKNOWN : record.id) : record.urn;
        default:
            return viewRecord(record, how);
    }
}

/** The values themselves, secrets included: for what works on them and prints nothing. */
export function plain(properties: Properties): Properties {
    return view(properties, PLAIN) as Properties;
}

/** The values as a transform sees them: plain, except that what is secret or not known yet stays an output. */
export function forTransform(properties: Properties): Properties {
    return view(properties, OUTPUTS) as Properties;
}

/** One value itself, secrets included. */
export function plainValue(value: unknown): unknown {
    return view(value, PLAIN);
}

/** The values as they may be shown: secrets read `[secret]`. */
export function masked(properties: Properties): Properties {
    return view(properties, MASKED) as Properties;
}

/** The values as a real preview sees them: secrets wrapped, and {@link UNKNOWN} for what is not known yet. */
export function asPreviewed(properties: Properties): Properties {
    return view(properties, REAL) as Properties;
}

/** The values as an engine would hand them on once everything is there: secrets wrapped, and made up what is not known yet. */
export function asAssumed(properties: Properties): Properties {
    return view(properties, ASSUMED) as Properties;
}

/** URNs that a value was computed from, as far as its outputs say. */
export function dependenciesOf(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.flatMap(dependenciesOf);
    }
    if (!isRecord(value)) {
        return [];
    }
    const own =
        value[SIGNATURE] === OUTPUT && Array.isArray(value["dependencies"]) ? value["dependencies"] : [];
    const inner = Object.values(value).flatMap((item) =>
        typeof item === "object" ? dependenciesOf(item) : [],
    );
    return [...own.map(String), ...inner].filter((urn) => urn !== UNKNOWN_MARKER);
}

/** What of an output is known, or the value itself where it is none. */
export function unwrapped(value: unknown): unknown {
    return isRecord(value) && value[SIGNATURE] === OUTPUT && "value" in value ? value["value"] : value;
}

/** The URN of the resource that a value refers to, if it does. */
export function referredUrn(value: unknown): string | undefined {
    const inner = unwrapped(value);
    return isRecord(inner) && inner[SIGNATURE] === RESOURCE && typeof inner["urn"] === "string"
        ? inner["urn"]
        : undefined;
}

/**
 * Computes a value of others as an output's `apply` does: where one of them is secret, unknown or comes from resources,
 * so is and does what comes of it.
 */
export function derived(sources: readonly unknown[], compute: (...plain: unknown[]) => unknown): unknown {
    const inner = plain({ sources })["sources"] as unknown[];
    const isOpen = containsUnknown(inner);
    const value = isOpen ? undefined : compute(...inner);
    const unknown = isOpen || containsUnknown(asPreviewed({ sources }));
    const isHidden = containsSecret(sources);
    const from = [...new Set(dependenciesOf(sources))];
    if (!unknown && !isHidden && from.length === 0) {
        return value;
    }
    return {
        [SIGNATURE]: OUTPUT,
        ...(isOpen ? {} : { value }),
        ...(isHidden ? { secret: true } : {}),
        dependencies: [...from, ...(unknown ? [UNKNOWN_MARKER] : [])],
    };
}

/** Whether a value, or anything in it, is what is looked for. */
export function holds(value: unknown, isWanted: (value: unknown) => boolean): boolean {
    return (
        isWanted(value) ||
        (typeof value === "object" &&
            value !== null &&
            Object.values(value).some((item) => holds(item, isWanted)))
    );
}

/** Whether the value is, or holds, {@link UNKNOWN}. */
export function containsUnknown(value: unknown): boolean {
    return holds(value, (item) => item === UNKNOWN);
}

/** Whether anything in the value is secret. */
export function containsSecret(value: unknown): boolean {
    return holds(value, isSecret);
}
