/** What a rule does about a value that is not known at preview. */
export type UnknownHandling = "advisory" | "fail-closed";

/**
 * Whether an error is the policy SDK's for reading a value that is unknown at preview. The SDK does not export
 * the class; its error is the only one that carries the sentinel.
 */
export function isUnknownError(error: unknown): error is Error & { readonly props: readonly string[] } {
    return error instanceof Error && "unknownTypeSentinel" in error;
}

/** Reads a value, or gives the fallback where it is unknown at preview. */
export function ifKnown<T, F = undefined>(read: () => T, fallback?: F): T | F {
    try {
        return read();
    } catch (error) {
        if (isUnknownError(error)) {
            return fallback as F;
        }
        throw error;
    }
}

/** Whether reading the value meets one that is unknown at preview. */
export function isUnknown(read: () => unknown): boolean {
    try {
        read();
        return false;
    } catch (error) {
        if (isUnknownError(error)) {
            return true;
        }
        throw error;
    }
}
