/** The world as somebody outside AWS sees it: plain requests over the internet. */
import { setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import { messageOf } from "./errors";

/**
 * How long an address of a host may take to answer before the next one is tried, in milliseconds. Node's own limit of
 * 250 ms is less than a round trip between some continents: where the last address has no route, as IPv6 often has
 * none, every host far away would count as down. Of a write's three seconds half is left for the next address.
 */
const CONNECT_MILLISECONDS = 1500;

setDefaultAutoSelectFamilyAttemptTimeout(CONNECT_MILLISECONDS);

/** What came of a request. */
export interface Answer {
    /** The HTTP status; undefined when nobody answered. */
    readonly status?: number;
    readonly body: string;
    /** Why nobody answered. */
    readonly error?: string;
}

/** Makes requests over the internet. */
export interface Outside {
    get(url: string, timeoutMilliseconds: number): Promise<Answer>;
    post(url: string, body: string, timeoutMilliseconds: number): Promise<Answer>;
}

/** Requests with Node's own client. */
export const internet: Outside = {
    get: (url, timeout) => request(url, { method: "GET" }, timeout),
    post: (url, body, timeout) =>
        request(url, { method: "POST", body, headers: { "content-type": "application/json" } }, timeout),
};

async function request(url: string, init: RequestInit, timeoutMilliseconds: number): Promise<Answer> {
    try {
        const response = await fetch(url, {
            ...init,
            redirect: "manual",
            signal: AbortSignal.timeout(timeoutMilliseconds),
        });
        return { status: response.status, body: await response.text() };
    } catch (error) {
        // Node wraps what went wrong on the wire.
        const cause = error instanceof Error ? error.cause : undefined;
        return { body: "", error: cause === undefined ? messageOf(error) : messageOf(cause) };
    }
}

/** What was answered, or why nobody did, for messages. */
export function showAnswer({ error, status }: Answer): string {
    return error ?? `HTTP ${status ?? 0}`;
}

/** Whether an answer is a 2xx or 3xx, as Route 53's checkers judge. */
export function isWell({ status }: Answer): boolean {
    return status !== undefined && status >= 200 && status < 400;
}
