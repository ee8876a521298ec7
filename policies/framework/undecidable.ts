import * as sdk from "@pulumi/policy";

/** The SDK's error about a value that is unknown at preview, which its declarations leave out. */
const { UnknownValueError } = sdk as unknown as {
    readonly UnknownValueError: new (sentinel: string, path: readonly string[]) => Error;
};

/**
 * An error that leaves a rule undecided about a resource: of the class of the SDK's own about unknown values, which the
 * engine takes for a notice.
 *
 * @param reason Why nothing can be said, as a part of a sentence.
 */
export function undecidable(reason: string): Error {
    return Object.assign(new UnknownValueError("", []), { message: reason });
}
