import { isUnknown } from "../../framework";

/** A place inside properties. */
export interface Place {
    /** Where it is, such as `rules[0].name`. */
    readonly at: string;
    /** The properties on the way, without positions in lists. */
    readonly keys: readonly string[];
    /** The object that holds it. */
    readonly owner: Readonly<Record<string, unknown>>;
}

/** A value inside properties. */
export interface Leaf extends Place {
    readonly value: string;
}

/** What properties hold, as far as it is known. */
export interface Leaves {
    readonly texts: readonly Leaf[];
    /** Whether anything is known. */
    readonly isKnown: boolean;
    /** Where values are that are not known. */
    readonly unknown: readonly Place[];
}

/** The keys of an object or a list, without the provider's own notes such as `__defaults`. */
export function keysOf(owner: object): readonly string[] {
    return Object.keys(owner).filter((key) => !key.startsWith("__"));
}

// Properties never change, and several rules look through those of every resource.
const walked = new WeakMap<Readonly<Record<string, unknown>>, Leaves>();

/** All texts in the properties. Values that are not known are passed over and named. */
export function leavesOf(props: Readonly<Record<string, unknown>>): Leaves {
    let found = walked.get(props);
    if (found === undefined) {
        found = walk(props);
        walked.set(props, found);
    }
    return found;
}

function walk(props: Readonly<Record<string, unknown>>): Leaves {
    const texts: Leaf[] = [];
    const unknown: Place[] = [];
    let isKnown = false;
    const into = (
        owner: Readonly<Record<string, unknown>> | readonly unknown[],
        at: string,
        keys: readonly string[],
        holder: Readonly<Record<string, unknown>>,
    ): void => {
        for (const key of keysOf(owner)) {
            const isItem = Array.isArray(owner);
            const where = isItem ? `${at}[${key}]` : at === "" ? key : `${at}.${key}`;
            const path = isItem ? keys : [...keys, key];
            const read = (): unknown => (owner as Record<string, unknown>)[key];
            if (isUnknown(read)) {
                unknown.push({ at: where, keys: path, owner: holder });
                continue;
            }
            const value = read();
            if (typeof value === "string") {
                texts.push({ value, at: where, keys: path, owner: holder });
                isKnown = true;
            } else if (Array.isArray(value)) {
                into(value as readonly unknown[], where, path, holder);
            } else if (typeof value === "object" && value !== null) {
                const inner = value as Readonly<Record<string, unknown>>;
                into(inner, where, path, inner);
            } else if (value !== undefined && value !== null) {
                isKnown = true;
            }
        }
    };
    into(props, "", [], props);
    return { texts, isKnown, unknown };
}
