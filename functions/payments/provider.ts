import { MetricUnit } from "@aws-lambda-powertools/metrics";

import { optionalNumber, required } from "../shared/environment";
import { errorForLog, type Observation } from "../shared/observation";
import { forgetSecret, secretValue } from "../shared/secrets";
import { jittered, sleep } from "../shared/waiting";
import { type Circuit } from "./circuit";
import { PaymentDeclined, PaymentProviderUnavailable, PaymentRefused } from "./errors";

/** What is asked of the provider. */
export interface ProviderCall {
    /** Such as `/authorizations`. */
    path: string;
    body: object;
    /** The provider knows a repetition by it and does nothing twice. */
    idempotencyKey: string;
}

/** What the provider answers. */
export interface ProviderAnswer {
    id: string;
    status: string;
}

/** Calls the provider. */
export type Provider = (call: ProviderCall) => Promise<ProviderAnswer>;

const ATTEMPTS = 3;
const FIRST_PAUSE_MILLISECONDS = 200;
const LONGEST_PAUSE_MILLISECONDS = 2000;

/** An answer or a silence after which the same call may be made again. */
class Passing extends Error {
    constructor(
        message: string,
        readonly pauseMilliseconds = 0,
    ) {
        super(message);
    }
}

/** The provider's address. In the clear only where it is this machine, which only tests have. */
function baseUrl(): string {
    const text = required("PAYMENT_PROVIDER_URL");
    const { protocol, hostname } = new URL(text);
    if (protocol !== "https:" && hostname !== "127.0.0.1") {
        throw new Error("PAYMENT_PROVIDER_URL must be https");
    }
    return text.replace(/\/$/, "");
}

/**
 * The payment provider, with a time limit for each attempt, a few attempts with pauses by chance, and a circuit that leaves it alone
 * when it is down.
 */
export function providerOf(circuit: Circuit, { logger, count, metrics }: Observation): Provider {
    const url = baseUrl();
    const timeout = optionalNumber("PAYMENT_TIMEOUT_MS", 3000);
    const secretArn = required("PAYMENT_PROVIDER_SECRET_ARN");

    async function attempt({ path, body, idempotencyKey }: ProviderCall): Promise<ProviderAnswer> {
        const started = performance.now();
        try {
            const answer = await fetch(`${url}${path}`, {
                method: "POST",
                headers: {
                    authorization: `Bearer ${await secretValue(secretArn, "apiKey")}`,
                    "content-type": "application/json",
                    "idempotency-key": idempotencyKey,
                },
                body: JSON.stringify(body),
                signal: AbortSignal.timeout(timeout),
                redirect: "error",
            }).catch((error: unknown) => {
                throw new Passing(`no answer: ${error instanceof Error ? error.name : "unknown"}`);
            });
            return await read(answer);
        } finally {
            metrics.addMetric(
                "ProviderLatency",
                MetricUnit.Milliseconds,
                Math.round(performance.now() - started),
            );
        }
    }

    async function read(answer: Response): Promise<ProviderAnswer> {
        if (answer.status === 429 || answer.status >= 500) {
            await answer.body?.cancel();
            throw new Passing(`status ${answer.status}`, pauseAsked(answer));
        }
        const content = (await answer.json().catch(() => {
            // It was cut off in the middle, or something between us and the provider has answered.
            throw new Passing(`status ${answer.status} without JSON`);
        })) as Partial<ProviderAnswer> & { code?: unknown };
        if (answer.status === 402) {
            throw new PaymentDeclined(`declined: ${codeOf(content.code)}`);
        }
        if (answer.status === 401 || answer.status === 403) {
            // The key may have been changed a moment ago.
            forgetSecret(secretArn);
            throw new Passing(`status ${answer.status}`);
        }
        const { id, status } = content;
        if (!answer.ok || typeof id !== "string" || typeof status !== "string") {
            throw new PaymentRefused(`status ${answer.status}: ${codeOf(content.code)}`);
        }
        return { id, status };
    }

    return async (call) => {
        for (let number = 0; ; number++) {
            if (!(await circuit.allows())) {
                count("CircuitRefusals");
                throw new PaymentProviderUnavailable("the provider is being left alone");
            }
            try {
                const answer = await attempt(call);
                await circuit.succeeded();
                return answer;
            } catch (error) {
                if (!(error instanceof Passing)) {
                    // It has answered, if not as one would like.
                    await circuit.succeeded();
                    throw error;
                }
                count("ProviderFaults");
                logger.warn("the provider failed", { error: errorForLog(error), attempt: number + 1 });
                await circuit.failed();
                if (number + 1 >= ATTEMPTS) {
                    throw new PaymentProviderUnavailable(error.message);
                }
                await sleep(
                    Math.max(
                        error.pauseMilliseconds,
                        jittered(number, FIRST_PAUSE_MILLISECONDS, LONGEST_PAUSE_MILLISECONDS),
                    ),
                );
            }
        }
    };
}

/** How long the provider asks to be left alone, as far as a function can wait. */
function pauseAsked({ headers }: Response): number {
    const seconds = Number(headers.get("retry-after") ?? 0);
    return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds * 1000), LONGEST_PAUSE_MILLISECONDS) : 0;
}

/** A code of the provider's, and nothing that could be free text. */
function codeOf(code: unknown): string {
    return typeof code === "string" && /^[a-z_]{1,40}$/.test(code) ? code : "no code";
}
