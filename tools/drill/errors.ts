/** What can go wrong, told apart by what the operator is to do about it. */

/** A failure whose message is for the operator; `hint` says what to do. */
export class DrillError extends Error {
    override readonly name: string = "DrillError";

    constructor(
        message: string,
        readonly hint?: string,
    ) {
        super(message);
    }
}

/** The command was called wrongly. */
export class UsageError extends DrillError {
    override readonly name = "UsageError";
}

/** The state of things forbids it; nothing was changed. */
export class RefusedError extends DrillError {
    override readonly name = "RefusedError";

    constructor(
        readonly problems: readonly string[],
        hint?: string,
    ) {
        super(
            problems.length === 1 ? (problems[0] ?? "") : problems.map((text) => `\n  - ${text}`).join(""),
            hint,
        );
    }
}

/** The fault that a rehearsal needs never took effect, so there is nothing to judge. */
export class NoEffectError extends DrillError {
    override readonly name = "NoEffectError";
}

/** Something was waited for in vain. */
export class WaitTimeoutError extends DrillError {
    override readonly name = "WaitTimeoutError";
}

/** Somebody stopped the run. */
export class InterruptedError extends DrillError {
    override readonly name = "InterruptedError";
}

/** A call to AWS that failed. */
export class AwsCallError extends DrillError {
    override readonly name = "AwsCallError";

    constructor(
        readonly call: { readonly service: string; readonly operation: string; readonly region: string },
        /** AWS's name for the error, or Node's code. */
        readonly code: string,
        private readonly detail: string,
        /** Whether nobody answered, which says nothing of whether the call took effect. */
        readonly unreachable: boolean,
        /** Whether AWS asked to be called less often. */
        readonly throttled: boolean,
        /** Whether AWS said that the resource is not in the right state, which passes by itself. */
        readonly busy = false,
    ) {
        super(
            `${call.service} in ${call.region}: ${call.operation} ` +
                (unreachable ? `was not answered (${code}: ${detail})` : `failed with ${code}: ${detail}`),
        );
    }

    /** The same of another call, or with more to be said of it. */
    as(call: AwsCallError["call"], more = ""): AwsCallError {
        return new AwsCallError(
            call,
            this.code,
            `${this.detail}${more}`,
            this.unreachable,
            this.throttled,
            this.busy,
        );
    }
}

/** Whether an error may be gone by the next attempt. */
export function isPassing(error: unknown): boolean {
    return error instanceof AwsCallError && (error.unreachable || error.throttled);
}

/** As `isPassing`, or AWS refuses the call for the state that a resource is in just now. */
export function isPassingOrBusy(error: unknown): boolean {
    return isPassing(error) || (error instanceof AwsCallError && error.busy);
}

/** An error's message, whatever was thrown; of several in one, which Node gives none of its own, all of theirs. */
export function messageOf(error: unknown): string {
    if (error instanceof AggregateError && error.message === "") {
        return error.errors.map(messageOf).join("; ");
    }
    return error instanceof Error ? error.message : String(error);
}
