/** What ends a deployment, told apart by what the operator is to do about it. */

/** A wrong call: nothing was begun. The exit status is 2. */
export class UsageError extends Error {
    override readonly name = "UsageError";
}

/** The state of things forbids what was asked for; nothing was changed. */
export class RefusedError extends Error {
    override readonly name = "RefusedError";
}

/** Pulumi failed on a stack. */
export class StackFailure extends Error {
    override readonly name = "StackFailure";

    constructor(
        /** The stack's name. */
        readonly stackName: string,
        message: string,
        /** What Pulumi printed last. */
        readonly tail: readonly string[] = [],
    ) {
        super(message);
    }
}

/** An error's message, whatever was thrown. */
export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
