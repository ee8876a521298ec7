import { STATUS_CODES } from "node:http";

/** What is wrong with one part of a request. */
export interface PartProblem {
    /** The part as a JSON pointer into the body, or `?name` of the query, or the name of a header. */
    pointer: string;
    detail: string;
}

/** What else a problem says. */
export interface ProblemDetails {
    /** A short name of the problem, for programs; it never changes. */
    code: string;
    /** What is wrong, for people. It never repeats what was sent. */
    detail: string;
    errors?: readonly PartProblem[];
    /** Seconds after which to try again. */
    retryAfter?: number;
}

/** An error that the caller gets to see, as RFC 9457 has it. */
export class Problem extends Error {
    override readonly name = "Problem";

    constructor(
        readonly status: number,
        readonly details: ProblemDetails,
    ) {
        super(`${status} ${details.code}`);
    }
}

export function badRequest(detail: string, errors?: readonly PartProblem[]): Problem {
    return new Problem(400, { code: "InvalidRequest", detail, ...(errors === undefined ? {} : { errors }) });
}

export function notFound(what: string): Problem {
    return new Problem(404, { code: "NotFound", detail: `There is no such ${what}.` });
}

export function conflict(code: string, detail: string): Problem {
    return new Problem(409, { code, detail });
}

export function preconditionFailed(detail: string): Problem {
    return new Problem(412, { code: "VersionChanged", detail });
}

export function unavailable(detail: string, retryAfter = 1): Problem {
    return new Problem(503, { code: "Unavailable", detail, retryAfter });
}

/** A problem as an answer. */
export function problemResponse({ status, details }: Problem, requestId: string): Response {
    const { code, detail, errors, retryAfter } = details;
    const body = {
        // Without a type of its own a problem's title is that of its status.
        type: "about:blank",
        title: STATUS_CODES[status] ?? "Error",
        status,
        code,
        detail,
        requestId,
        ...(errors === undefined ? {} : { errors }),
    };
    return new Response(JSON.stringify(body), {
        status,
        headers: {
            "content-type": "application/problem+json",
            "cache-control": "no-store",
            ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
        },
    });
}
