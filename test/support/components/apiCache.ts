/**
 * A model of API Gateway's response cache, run over a rendered definition.
 *
 * What it believes: an answer is kept under the operation (method and path as the definition has it, with its braces) and the
 * values of the integration's `cacheKeyParameters`, and under nothing else: neither the caller that an authorizer found, nor a
 * value in the path that is no key, nor another header. A request that lacks a required parameter is refused before.
 *
 * Sources: Amazon API Gateway Developer Guide, "Cache settings for REST APIs in API Gateway" (parameters form keys where they
 * are chosen; the default is none) and "Request validation for REST APIs in API Gateway";
 * dianaionita/serverless-api-gateway-caching, issue 87 (what an authorizer says cannot be part of a key, a header can).
 */
export interface CachedOperation {
    readonly method: string;
    readonly path: string;
    readonly parameters: readonly { name: string; in: string; required?: boolean }[];
    /** The headers that say who calls; none where anybody may. */
    readonly credentials: readonly string[];
    readonly keys: readonly string[];
    readonly isValidated: boolean;
}

/** A request to an operation: who sends it, and the values of its parameters. */
export interface CachedRequest {
    readonly user: string;
    readonly values: Readonly<Record<string, string>>;
    /** Without credentials an authorizer refuses it, and so does the check of parameters where the header is one. */
    readonly headers: Readonly<Record<string, string>>;
}

interface Definition {
    paths: Record<string, Record<string, Method>>;
    components: { securitySchemes?: Record<string, { name: string; in: string }> };
    "x-amazon-apigateway-request-validators"?: Record<string, { validateRequestParameters?: boolean }>;
}

interface Method {
    parameters?: { name: string; in: string; required?: boolean }[];
    security?: Record<string, unknown>[];
    "x-amazon-apigateway-request-validator"?: string;
    "x-amazon-apigateway-integration": { cacheKeyParameters?: string[] };
}

/** The operations of a definition whose answers are kept by the settings of its stage: `<path with ~1>/<METHOD>`. */
export function cachedOperations(body: string, cachedPaths: readonly string[]): CachedOperation[] {
    const definition = JSON.parse(body) as Definition;
    const schemes = definition.components.securitySchemes ?? {};
    return Object.entries(definition.paths).flatMap(([path, methods]) =>
        Object.entries(methods)
            .filter(([method]) =>
                cachedPaths.includes(`${path.replaceAll("/", "~1")}/${method.toUpperCase()}`),
            )
            .map(([method, each]) => ({
                method,
                path,
                parameters: each.parameters ?? [],
                credentials: [
                    ...new Set(
                        (each.security ?? []).flatMap(Object.keys).map((name) => schemes[name]?.name ?? name),
                    ),
                ],
                keys: each["x-amazon-apigateway-integration"].cacheKeyParameters ?? [],
                isValidated:
                    definition["x-amazon-apigateway-request-validators"]?.[
                        each["x-amazon-apigateway-request-validator"] ?? ""
                    ]?.validateRequestParameters === true,
            })),
    );
}

/** Under what an answer is kept; undefined where the request does not come as far as the cache. */
function keyOf(operation: CachedOperation, request: CachedRequest): string | undefined {
    const valueOf = (place: string, name: string): string | undefined =>
        place === "header" ? (request.headers[name] ?? request.values[name]) : request.values[name];
    const missing = operation.parameters.some(
        (each) => each.required === true && valueOf(each.in, each.name) === undefined,
    );
    if (operation.isValidated && missing) {
        return undefined;
    }
    const parts = operation.keys.map((key) => {
        const [, , place = "", ...rest] = key.split(".");
        const name = rest.join(".");
        // A key that is no parameter of the method has no value.
        const isDeclared = operation.parameters.some(
            (each) => each.name === name && (each.in === "query" ? "querystring" : each.in) === place,
        );
        return isDeclared ? (valueOf(place, name) ?? "") : "";
    });
    return JSON.stringify([operation.method, operation.path, ...parts]);
}

/** What the right answer depends on: who asks, where the operation is personal, and every parameter. */
function answerTo(operation: CachedOperation, { user, values }: CachedRequest): string {
    return JSON.stringify([operation.credentials.length === 0 ? "anybody" : user, values]);
}

/** Requests of two users with two values of each parameter, in all combinations, with and without credentials. */
function requestsTo(operation: CachedOperation): CachedRequest[] {
    const names = operation.parameters
        .filter(({ name }) => !operation.credentials.includes(name))
        .map(({ name }) => name);
    const values = names.reduce<Record<string, string>[]>(
        (all, name) => all.flatMap((one) => ["1", "2"].map((value) => ({ ...one, [name]: value }))),
        [{}],
    );
    return ["ada", "grace"].flatMap((user) =>
        values.flatMap((each) => [
            {
                user,
                values: each,
                headers: Object.fromEntries(operation.credentials.map((name) => [name, `token of ${user}`])),
            },
            // Somebody whose header is spelt otherwise, in case that an authorizer takes it and a key does not.
            {
                user,
                values: each,
                headers: Object.fromEntries(
                    operation.credentials.map((name) => [name.toLowerCase(), `token of ${user}`]),
                ),
            },
        ]),
    );
}

/** Pairs of requests that are given the same kept answer and should not be, in words. */
export function mixedUp(operation: CachedOperation): string[] {
    const kept = new Map<string, CachedRequest>();
    return requestsTo(operation).flatMap((request) => {
        const key = keyOf(operation, request);
        if (key === undefined) {
            return [];
        }
        const first = kept.get(key);
        if (first === undefined) {
            kept.set(key, request);
            return [];
        }
        return answerTo(operation, first) === answerTo(operation, request)
            ? []
            : [
                  `${operation.method} ${operation.path}: ${request.user} is given what was kept for ${first.user}`,
              ];
    });
}
