/** Calls that AWS refuses for the moment. */
import { type Context } from "./step";
import { waitInStep } from "./wait";

/** What is insisted on. */
export interface Insistence {
    /** What AWS is to take up, as in "waited for AWS to take up <what>". */
    readonly what: string;
    /** What the operator is to do when it never does. */
    readonly hint: string;
}

/**
 * Makes a call, and makes it again within the step's limit while nobody answers, AWS throttles, or AWS says that the
 * resource is not in the right state. Only for calls that do no harm when they were heard and are made again.
 *
 * @throws WaitTimeoutError when it never gets through; any other failure as it is.
 */
export function insist<T>(context: Context, { hint, what }: Insistence, call: () => Promise<T>): Promise<T> {
    return waitInStep(context, {
        what: `AWS to take up ${what}`,
        hint,
        look: async () => ({ done: true as const, value: await call() }),
    });
}
