import { type Refusal } from "../../shared/argumentTable";
import { type ApiCors } from "../args";
import { type ApiDocument, type ApiOperation, type ApiParameter } from "../openApi/document";
import { isApiKeyScheme } from "../rules";

/** The header that authorizers read. */
export const AUTHORIZATION = "Authorization";
/** The header of API Gateway's own keys. */
export const API_KEY = "x-api-key";
/** The header by which an integration says which page may read its answer, where several may. */
export const ORIGIN = "Origin";

/**
 * The headers with a caller's credentials that an operation asks for. What an authorizer makes of them cannot be part of a
 * cache key, so the headers themselves must be.
 */
export function credentialHeaders(document: ApiDocument, { security }: ApiOperation): string[] {
    return [
        ...new Set(
            Object.keys(security).map((name) => (isApiKeyScheme(document, name) ? API_KEY : AUTHORIZATION)),
        ),
    ];
}

/**
 * What must be told apart for an answer to be right: the path, who asks, and which page may read it. API Gateway keeps an
 * answer by the operation alone, not by the path that was asked for, where no parameter is named.
 * Source: Amazon API Gateway Developer Guide, "Cache settings for REST APIs in API Gateway".
 */
function indispensableKeys(
    document: ApiDocument,
    operation: ApiOperation,
    cors: ApiCors | undefined,
): string[] {
    return [
        ...operation.parameters
            .filter((each) => each.in === "path")
            .map(({ name }) => `method.request.path.${name}`),
        ...specialHeaders(document, operation, cors).map((name) => `method.request.header.${name}`),
    ];
}

/** Everything that an answer may depend on by the document, and by the pages that may read it. */
function allKeys(document: ApiDocument, operation: ApiOperation, cors: ApiCors | undefined): string[] {
    const special = specialHeaders(document, operation, cors);
    return [
        ...indispensableKeys(document, operation, cors),
        ...operation.parameters
            .filter((each) => each.in === "query")
            .map(({ name }) => `method.request.querystring.${name}`),
        ...operation.parameters
            .filter((each) => each.in === "header" && !isAmong(special, each))
            .map(({ name }) => `method.request.header.${name}`),
    ];
}

/** The headers that are part of a key by themselves, whether the document declares them or not. */
export function specialHeaders(
    document: ApiDocument,
    operation: ApiOperation,
    cors: ApiCors | undefined,
): string[] {
    const several = (cors?.allowOrigins ?? []).length > 1;
    return [...credentialHeaders(document, operation), ...(several ? [ORIGIN] : [])];
}

/** Whether a parameter is one of some headers, whatever is the case of its letters. */
export function isAmong(
    headers: readonly string[],
    { in: place, name }: Pick<ApiParameter, "in" | "name">,
): boolean {
    return place === "header" && headers.some((header) => header.toLowerCase() === name.toLowerCase());
}

/** The parameters in an operation's cache key. */
export function cacheKeys(
    document: ApiDocument,
    operation: ApiOperation,
    { cacheKeyParameters: given }: { readonly cacheKeyParameters?: readonly string[] },
    cors: ApiCors | undefined,
): string[] {
    return given === undefined ? allKeys(document, operation, cors) : [...given];
}

/** Why an operation may not be cached at all, whatever its key. */
export function uncacheable(operation: ApiOperation, isSigned: boolean): Refusal | undefined {
    if (operation.method !== "get") {
        return { allowed: "nothing for an operation that is not a GET: it would not be carried out" };
    }
    if (isSigned) {
        return {
            allowed: "nothing for an operation whose callers sign with IAM",
            remedy: "Each signature is another one, so that a safe key never hits; leave the cache out",
        };
    }
    const inCookie = operation.parameters.find((each) => each.in === "cookie");
    if (inCookie !== undefined) {
        return { allowed: `nothing for an operation with the cookie ${inCookie.name}: no key can hold it` };
    }
    const several = operation.parameters.find((each) => each.isList);
    return several === undefined
        ? undefined
        : {
              allowed: `nothing for an operation whose parameter ${several.name} is a list`,
              remedy: "A key holds its last value alone, so that other lists would have the same answer",
          };
}

/** What is wrong with the parameters that somebody chose. */
export function keyProblems(
    document: ApiDocument,
    operation: ApiOperation,
    given: readonly string[],
    cors: ApiCors | undefined,
): Refusal[] {
    const known = allKeys(document, operation, cors);
    return [
        ...given
            .filter((key) => !known.includes(key))
            .map((key) => ({ shown: key, allowed: `parameters of the operation: ${known.join(", ")}` })),
        ...indispensableKeys(document, operation, cors)
            .filter((key) => !given.includes(key))
            .map((key) => ({
                shown: given,
                allowed: `a list with ${key}`,
                remedy: key.includes(".path.")
                    ? "Without it all values of the parameter have the same answer"
                    : key.endsWith(`.${ORIGIN}`)
                      ? "Without it a page may not read what was kept for another origin's"
                      : "Without it one user is given what was kept for another; leave the cache out if it cannot be",
            })),
    ];
}
