/** Makes one call of the SDK, with a limit of its own, and words its failure for the operator. */
import { AwsCallError } from "../errors";
import { isStateFault } from "./stateFaults";

/**
 * The longest that a call may take with all its attempts. It is well below any step's limit, so that a region that
 * does not answer is found out soon.
 */
export const CALL_TIMEOUT_MILLISECONDS = 30_000;

/** The longest that one attempt may take. */
export const ATTEMPT_TIMEOUT_MILLISECONDS = 8000;

/** Attempts of a call, the first included; the SDK waits between them, with jitter. */
export const ATTEMPTS = 4;

const UNREACHABLE = new Set([
    "ECONNREFUSED",
    "ECONNRESET",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EPIPE",
    "ETIMEDOUT",
    "AbortError",
    "NetworkingError",
    "TimeoutError",
]);

// As the SDK's own list of what it retries more slowly.
const THROTTLED = new Set([
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "ProvisionedThroughputExceededException",
    "SlowDown",
    "LimitExceededException",
    "PriorRequestNotComplete",
]);

interface SdkError {
    readonly name?: string;
    readonly code?: string;
    readonly message?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Makes calls of one service in one region. */
export class Caller {
    constructor(
        private readonly service: string,
        private readonly region: string,
    ) {}

    /** @throws AwsCallError when it fails or takes too long. */
    async call<T>(
        operation: string,
        send: (signal: AbortSignal) => Promise<T>,
        milliseconds = CALL_TIMEOUT_MILLISECONDS,
    ): Promise<T> {
        const signal = AbortSignal.timeout(milliseconds);
        try {
            // The SDK minds the signal in the call itself, and not while it gets credentials.
            return await Promise.race([send(signal), aborted(signal)]);
        } catch (error) {
            throw this.worded(operation, error);
        }
    }

    /** As `call`, but undefined where AWS says one of these errors, which mean that there is no such thing. */
    async find<T>(
        operation: string,
        missing: readonly string[],
        send: (signal: AbortSignal) => Promise<T>,
    ): Promise<T | undefined> {
        try {
            return await this.call(operation, send);
        } catch (error) {
            if (error instanceof AwsCallError && missing.includes(error.code)) {
                return undefined;
            }
            throw error;
        }
    }

    /** An error of the SDK in the operator's words; one that has been worded already is left as it is. */
    private worded(operation: string, error: unknown): AwsCallError {
        if (error instanceof AwsCallError) {
            return error;
        }
        const { name = "Error", code, message = "", $metadata } = error as SdkError;
        const status = $metadata?.httpStatusCode;
        const label = code ?? name;
        const busy = isStateFault(operation, label);
        const throttled = THROTTLED.has(name) || status === 429;
        const unreachable =
            !throttled &&
            !busy &&
            (UNREACHABLE.has(label) || UNREACHABLE.has(name) || (status !== undefined && status >= 500));
        const call = { service: this.service, operation, region: this.region };
        return new AwsCallError(call, label, message, unreachable, throttled, busy);
    }
}

function aborted(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
        signal.addEventListener(
            "abort",
            () => {
                reject(signal.reason as Error);
            },
            { once: true },
        );
    });
}
