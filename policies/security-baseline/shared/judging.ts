import { isUnknownError, type Member } from "../../framework";
import { inputOf } from "../../framework/items";

/** Runs every check; one that meets an unknown value does not keep the others from reporting. */
export function judge(...checks: readonly (() => void)[]): void {
    let unknown: Error | undefined;
    for (const check of checks) {
        try {
            check();
        } catch (error) {
            if (!isUnknownError(error)) {
                throw error;
            }
            unknown ??= error;
        }
    }
    if (unknown !== undefined) {
        throw unknown;
    }
}

/** Whether any of the questions is answered with yes. One that meets an unknown value counts if no other does. */
export function anyOf(questions: readonly (() => boolean)[]): boolean {
    let unknown: Error | undefined;
    for (const question of questions) {
        try {
            if (question()) {
                return true;
            }
        } catch (error) {
            if (!isUnknownError(error)) {
                throw error;
            }
            unknown ??= error;
        }
    }
    if (unknown !== undefined) {
        throw unknown;
    }
    return false;
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
