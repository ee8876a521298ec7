import * as sdk from "@pulumi/policy";

/** The class of the SDK's errors about values that are unknown at preview, which its declarations leave out. */
const { UnknownValueError } = sdk as unknown as { readonly UnknownValueError: { readonly prototype: Error } };

/**
 * An error that leaves a rule undecided about a resource: of the class of the SDK's own about unknown values, which the
 * engine takes for a notice.
 *
 * @param reason Why nothing can be said, as a part of a sentence.
 */
export function undecidable(reason: string): Error {
    // Its constructor takes nothing but the SDK's own marks of unknown values.
    const error = Object.create(UnknownValueError.prototype) as Error;
    return Object.assign(error, { message: reason, unknownTypeSentinel: "", props: [] });
}
