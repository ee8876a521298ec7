import { NotFoundError, ParameterValidationError, Router } from "@aws-lambda-powertools/event-handler/http";
import type { RequestContext } from "@aws-lambda-powertools/event-handler/types";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";

import { isPassing } from "./dynamo";
import { optional } from "./environment";
import { errorForLog, type Observation } from "./observation";
import { badRequest, Problem, problemResponse, unavailable } from "./problems";

/** What a route is asked. */
export type Asked = RequestContext;

/** What Lambda calls for an API, with events of REST APIs and HTTP APIs alike. */
export type ApiHandler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * A function that answers for an API.
 *
 * @param observed Its log and metrics.
 * @param addRoutes Adds the routes, as the OpenAPI document has their paths.
 */
export function api(observed: Observation, addRoutes: (router: Router) => void): ApiHandler {
    const basePath = optional("BASE_PATH");
    const router = new Router({
        logger: observed.logger,
        ...(basePath === undefined ? {} : { prefix: basePath as `/${string}` }),
    });
    const origins = (optional("ALLOWED_ORIGINS") ?? "").split(",").map((origin) => origin.trim());
    // What the router answers with does not say which route it was.
    const routes = new WeakMap<object, string>();
    router.use(async ({ reqCtx, next }) => {
        routes.set(reqCtx.event, reqCtx.route ?? "none");
        await next();
    });
    router.errorHandler(Error, (error, { context }) =>
        Promise.resolve(problemResponse(problemOf(error, observed), context.awsRequestId)),
    );
    router.notFound((error, { context }) =>
        Promise.resolve(problemResponse(problemOf(error, observed), context.awsRequestId)),
    );
    addRoutes(router);
    return async (event, context) => {
        observed.logger.addContext(context);
        const started = performance.now();
        const answer = await router.resolve(event, context);
        allowOrigin(event, answer, origins);
        observe(
            observed,
            routes.get(event as object) ?? "none",
            answer.statusCode ?? 500,
            performance.now() - started,
        );
        return answer;
    };
}

type Answer = Awaited<ReturnType<Router["resolve"]>>;

/** Browsers show an answer to another origin's page only where it says so. */
function allowOrigin(event: unknown, answer: Answer, origins: readonly string[]): void {
    const headers = Object.entries((event as { headers?: Record<string, string | undefined> }).headers ?? {});
    const origin = headers.find(([name]) => name.toLowerCase() === "origin")?.[1];
    if (origin !== undefined && origins.includes(origin)) {
        answer.headers = {
            ...answer.headers,
            "access-control-allow-origin": origin,
            "access-control-expose-headers": "etag,location,retry-after",
            vary: "origin",
        };
    }
}

function observe({ logger, metrics, count }: Observation, route: string, status: number, took: number): void {
    const milliseconds = Math.round(took);
    count("Requests");
    if (status >= 500) {
        count("Faults");
    }
    metrics.addMetric("Latency", MetricUnit.Milliseconds, milliseconds);
    // The route and not the path: a path may hold what only its owner is to know.
    logger.info("answered", { route, status, milliseconds });
    metrics.publishStoredMetrics();
}

function problemOf(error: unknown, { logger }: Observation): Problem {
    if (error instanceof Problem) {
        return error;
    }
    if (error instanceof NotFoundError) {
        return new Problem(404, { code: "NotFound", detail: "There is nothing under this path." });
    }
    if (error instanceof ParameterValidationError || error instanceof URIError) {
        return badRequest("The path is not as described.");
    }
    if (isPassing(error)) {
        logger.warn("turned away", { error: errorForLog(error) });
        return unavailable("There is too much to do just now.");
    }
    logger.error("failed", { error: errorForLog(error) });
    return new Problem(500, {
        code: "Internal",
        detail: "Something went wrong that is not the request's fault.",
    });
}

/** An answer with a JSON body, which nobody keeps unless a header says otherwise. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Response {
    return new Response(JSON.stringify(value), {
        status,
        headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    });
}

/** An answer without a body. */
export function empty(headers: Record<string, string> = {}): Response {
    return new Response(null, { status: 204, headers: { "cache-control": "no-store", ...headers } });
}

type Claims = Readonly<Record<string, unknown>>;

/** What a REST API's Cognito authorizer and an HTTP API's JWT authorizer have found in the token. */
function claimsOf({ event }: Asked): Claims {
    const { authorizer } = event.requestContext as {
        authorizer?: { claims?: Claims; jwt?: { claims?: Claims } } | null;
    };
    return authorizer?.jwt?.claims ?? authorizer?.claims ?? {};
}

/** The caller's id where a token was sent. */
export function callerIfAny(asked: Asked): string | undefined {
    const { sub } = claimsOf(asked);
    return typeof sub === "string" && sub !== "" ? sub : undefined;
}

/** The caller's id. Without an authorizer before it a function answers nobody. */
export function callerOf(asked: Asked): string {
    const caller = callerIfAny(asked);
    if (caller === undefined) {
        throw new Problem(401, { code: "Unauthorized", detail: "A valid token is needed." });
    }
    return caller;
}

/** Whether the caller is in a group of the user pool. */
export function isInGroup(asked: Asked, group: string): boolean {
    const groups = claimsOf(asked)["cognito:groups"];
    // A REST API hands over "a,b", an HTTP API "[a b]", and neither name has these characters.
    const names = Array.isArray(groups)
        ? groups.map(String)
        : (typeof groups === "string" ? groups : "").split(/[\s,[\]]+/);
    return names.includes(group);
}

/** The version that a caller wants to change, from `If-Match`; undefined where any will do. */
export function expectedVersion({ req }: Asked): string | undefined {
    const header = req.headers.get("if-match")?.trim();
    return header === undefined || header === "*" ? undefined : header.replace(/^"(.*)"$/, "$1");
}
