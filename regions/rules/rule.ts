import { type Catalogue, type RegionEntry } from "../catalogue";
import { type ConfigKey, type ConfigValues, type PartialConfigValues } from "../configKeys";
import { type ConfigProblems } from "../configProblems";

/** What the rules know of the stack whose configuration they check. */
export interface RuleContext {
    readonly problems: ConfigProblems;
    /** The values of the right kind; a key without one has been reported already, so rules leave it alone. */
    readonly values: PartialConfigValues;
    readonly catalogue: Catalogue;
    /** The stack's region; left out for the global stack. */
    readonly region?: RegionEntry | undefined;
}

/** Checks the value of one key, when it has one. */
export function check<K extends ConfigKey>(
    { problems, values }: RuleContext,
    key: K,
    accepts: (value: ConfigValues[K]) => boolean,
    allowed: string,
    remedy?: string,
): void {
    const value: ConfigValues[K] | undefined = values[key];
    if (value !== undefined) {
        problems.check(accepts(value), key, value, allowed, remedy);
    }
}

type KeyOf<T> = { [K in ConfigKey]: ConfigValues[K] extends T ? K : never }[ConfigKey];
export type NumberKey = KeyOf<number>;
export type StringKey = KeyOf<string>;
export type ListKey = KeyOf<readonly string[]>;

/** The value of a key that another key's bound is made of; left out where it is wrong itself, which has its own message. */
export function soundValue(
    context: RuleContext,
    key: NumberKey,
    min: number,
    max: number,
): number | undefined {
    const value = context.values[key];
    return value !== undefined && value >= min && value <= max ? value : undefined;
}

/** Checks a number against inclusive bounds. */
export function checkRange(context: RuleContext, key: NumberKey, min: number, max: number): void {
    check(context, key, (value) => value >= min && value <= max, `${min} to ${max}`);
}

/** Checks a text against a list. */
export function checkOneOf(context: RuleContext, key: StringKey, allowed: readonly string[]): void {
    check(context, key, (value) => allowed.includes(value), `one of ${allowed.join(", ")}`);
}

/** So many entries of a list have a line each; of more, the rest has one together. */
const ENTRY_LINES_MAX = 5;

/** Checks each item of a list, and that none is there twice. */
export function checkEach(
    context: RuleContext,
    key: ListKey,
    accepts: (item: string) => boolean,
    allowed: string,
): void {
    const items = context.values[key] ?? [];
    const wrong = items.flatMap((item, position) => {
        const path = `${key}[${position}]`;
        return [
            ...(accepts(item) ? [] : [{ path, item, allowed }]),
            ...(items.indexOf(item) === position ? [] : [{ path, item, allowed: "each value once" }]),
        ];
    });
    for (const { path, item, allowed: what } of wrong.slice(0, ENTRY_LINES_MAX)) {
        context.problems.add(path, item, what);
    }
    if (wrong.length > ENTRY_LINES_MAX) {
        const more = wrong.length - ENTRY_LINES_MAX;
        context.problems.addOf(
            key,
            `${context.problems.subject(key)} has ${more} more that are wrong in the same ${more === 1 ? "way" : "ways"}`,
        );
    }
}
