import { list, number, object, type Props, text } from "../../framework";
import { eachKnown } from "../../framework/items";

/** Runs every check; one that meets an unknown value does not keep the others from reporting. */
export function judge(...checks: readonly (() => void)[]): void {
    eachKnown(checks, (check) => {
        check();
    });
}

/** A value in a message. */
export function shown(value: unknown): string {
    return value === undefined || value === null ? "nothing" : JSON.stringify(value);
}

/** Values as a message lists them. */
export function choices(values: readonly (string | number)[]): string {
    return values.map(String).join(", ");
}

/**
 * Looks at each value that a path leads to, such as `rules[].filter.prefix`; what is left out is passed over. Unknown
 * values do not hide others.
 */
export function visit(
    props: Props,
    path: string,
    look: (value: unknown, at: string, owner: Props) => void,
): void {
    step(props, path.split("."), "", look);
}

function step(
    owner: Props,
    [first = "", ...rest]: readonly string[],
    before: string,
    look: (value: unknown, at: string, owner: Props) => void,
): void {
    const key = first.replace(/\[\]$/, "");
    const value = owner[key];
    if (value === undefined || value === null) {
        return;
    }
    const at = `${before}${key}`;
    const next = (item: unknown, where: string): void => {
        if (rest.length === 0) {
            look(item, where, owner);
        } else {
            step(object(item), rest, `${where}.`, look);
        }
    };
    if (first === key) {
        next(value, at);
    } else {
        eachKnown(list(value), (item, index) => {
            next(item, `${at}[${index}]`);
        });
    }
}

/** The list's objects, with nothing where the list is left out. Reading an unknown element throws. */
export function first(value: unknown): Props {
    return Array.isArray(value) ? object(list(value)[0]) : object(value);
}

/** What a number may be. */
export interface Range {
    readonly min: number;
    readonly max: number;
    /** Values besides the range. */
    readonly also?: readonly number[];
    /** What the number must be a multiple of. */
    readonly step?: number;
}

/** Ranges by the path of the property. */
export type Ranges = Readonly<Record<string, Range>>;

/** Reports numbers that are out of their range. */
export function judgeRanges(props: Props, ranges: Ranges, report: (reason: string) => void): void {
    judge(
        ...Object.entries(ranges).map(([path, range]) => () => {
            visit(props, path, (value, at) => {
                const given = number(value);
                if (given !== undefined && !isWithin(given, range)) {
                    report(`has ${at} ${given}; allowed: ${rangeText(range)}.`);
                }
            });
        }),
    );
}

/** Whether a number is one of those allowed. */
export function isWithin(value: number, { min, max, also = [], step: unit }: Range): boolean {
    return (
        also.includes(value) ||
        (value >= min && value <= max && (unit === undefined || Number.isInteger(value / unit)))
    );
}

/** A range in a message. */
export function rangeText({ min, max, also = [], step: unit }: Range): string {
    const multiples = unit === undefined ? "" : ` in steps of ${unit}`;
    const span = max === Infinity ? `${min} or more${multiples}` : `${min} to ${max}${multiples}`;
    return also.length === 0 ? span : `${choices(also)}, or ${span}`;
}

/** Allowed values by the path of the property. */
export type Choices = Readonly<Record<string, readonly (string | number)[]>>;

/** Reports values that are not among those allowed. */
export function judgeChoices(props: Props, allowed: Choices, report: (reason: string) => void): void {
    judge(
        ...Object.entries(allowed).map(([path, values]) => () => {
            visit(props, path, (value, at) => {
                const given = typeof values[0] === "number" ? number(value) : text(value);
                if (given !== undefined && given !== "" && !values.includes(given)) {
                    report(`has ${at} ${shown(given)}; allowed: ${choices(values)}.`);
                }
            });
        }),
    );
}
