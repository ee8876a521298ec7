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

// What a line, a resolver, or somebody in the middle says in AWS's place.
const UNREACHABLE = new Set([
    "EADDRNOTAVAIL",
    "EAI_AGAIN",
    "EAI_FAIL",
    "EAI_NODATA",
    "EAI_NONAME",
    "ECONNABORTED",
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "ENETDOWN",
    "ENETUNREACH",
    "ENOTFOUND",
    "EPIPE",
    "EPROTO",
    "ERR_SOCKET_CONNECTION_TIMEOUT",
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

/** A certificate that is not AWS's: a proxy's, or that of the page by which one signs in to a network. */
const NOT_AWS_BY_TLS = /^ERR_(SSL|TLS)_|CERT|^UNABLE_TO_/;

/** What the SDK adds to the message of an error when it could not read an answer. */
const UNREADABLE = /\s*Deserialization error: to see the raw response/;

interface SdkError {
    readonly name?: string;
    /** A number where the platform says that something was aborted. */
    readonly code?: unknown;
    readonly message?: string;
    /** Of one connection after the other, where a host has several addresses. */
    readonly errors?: readonly SdkError[];
    readonly $metadata?: { readonly httpStatusCode?: number };
    /** The answer, where it could not be read. */
    readonly $response?: { readonly statusCode?: number };
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
        const { name = "Error", $metadata, $response } = error as SdkError;
        const code = codeOf(error as SdkError);
        const status = $metadata?.httpStatusCode ?? $response?.statusCode;
        const isForeign = isNotOfAws(error as SdkError, status);
        const label = isForeign && status !== undefined ? `HTTP ${status}` : (code ?? name);
        const busy = isStateFault(operation, label);
        const throttled = THROTTLED.has(name) || status === 429;
        const unreachable =
            !throttled &&
            !busy &&
            (isForeign ||
                UNREACHABLE.has(label) ||
                UNREACHABLE.has(name) ||
                NOT_AWS_BY_TLS.test(label) ||
                (status !== undefined && status >= 500));
        const call = { service: this.service, operation, region: this.region };
        const text = isForeign
            ? "not in AWS's form: by a proxy or a balancer before it"
            : detailOf(error as SdkError);
        return new AwsCallError(call, label, text, unreachable, throttled, busy);
    }
}

/**
 * Whether an answer has no error of AWS's in it, nor anything else that the call may answer: somebody on the way gave it.
 */
function isNotOfAws(error: SdkError, status: number | undefined): boolean {
    const { message = "", name = "" } = error;
    if (UNREADABLE.test(message)) {
        // A line that broke in the middle of an answer says so by a code of its own.
        return codeOf(error) === undefined;
    }
    const isNameless = name.startsWith("Unknown") || name === String(status);
    return status !== undefined && isNameless && /^Unknown(Error)?$/.test(message);
}

function codeOf({ code }: SdkError): string | undefined {
    return typeof code === "string" ? code : undefined;
}

function detailOf({ errors, message = "" }: SdkError): string {
    const [text = ""] = message.split(UNREADABLE);
    return text === "" && errors !== undefined ? errors.map(detailOf).join("; ") : text;
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
