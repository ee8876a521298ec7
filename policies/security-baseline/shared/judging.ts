import { type Member } from "../../framework";
import { eachKnown, inputOf } from "../../framework/items";

/** Runs every check; one that meets an unknown value does not keep the others from reporting. */
export function judge(...checks: readonly (() => void)[]): void {
    eachKnown(checks, (check) => {
        check();
    });
}

/**
 * A property that the provider fills in itself when it is left out, so that a preview shows it as unknown in the
 * state: unknown without anything that it could come from counts as left out.
 */
export function computedOr(member: Member, property: string, fallback: unknown): unknown {
    return inputOf(member, property) ?? fallback;
}

/** A value in a message. */
export function shown(value: unknown): string {
    return value === undefined || value === null ? "not given" : JSON.stringify(value);
}
