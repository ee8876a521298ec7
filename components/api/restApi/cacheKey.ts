import { type Refusal } from "../../shared/argumentTable";
import { type ApiDocument, type ApiOperation } from "../openApi/document";
import { isApiKeyScheme } from "../rules";

/** The header that authorizers read. */
export const AUTHORIZATION = "Authorization";
/** The header of API Gateway's own keys. */
export const API_KEY = "x-api-key";

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
 * What must be told apart for an answer to be right: the path, and who asks. API Gateway keeps an answer by the operation
 * alone, not by the path that was asked for, where no parameter is named.
 * Source: Amazon API Gateway Developer Guide, "Cache settings for REST APIs in API Gateway".
 */
function indispensableKeys(document: ApiDocument, operation: ApiOperation): string[] {
    return [
        ...operation.parameters
            .filter((each) => each.in === "path")
            .map(({ name }) => `method.request.path.${name}`),
        ...credentialHeaders(document, operation).map((name) => `method.request.header.${name}`),
    ];
}

/** Everything that an answer may depend on by the document. */
function allKeys(document: ApiDocument, operation: ApiOperation): string[] {
    const credentials = credentialHeaders(document, operation);
    return [
        ...indispensableKeys(document, operation),
        ...operation.parameters
            .filter((each) => each.in === "query")
            .map(({ name }) => `method.request.querystring.${name}`),
        ...operation.parameters
            .filter(
                (each) =>
                    each.in === "header" &&
                    !credentials.some((header) => header.toLowerCase() === each.name.toLowerCase()),
            )
            .map(({ name }) => `method.request.header.${name}`),
    ];
}

/** The parameters in an operation's cache key. */
export function cacheKeys(
    document: ApiDocument,
    operation: ApiOperation,
    given: readonly string[] | undefined,
): string[] {
    return given === undefined ? allKeys(document, operation) : [...given];
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
): Refusal[] {
    const known = allKeys(document, operation);
    return [
        ...given
            .filter((key) => !known.includes(key))
            .map((key) => ({ shown: key, allowed: `parameters of the operation: ${known.join(", ")}` })),
        ...indispensableKeys(document, operation)
            .filter((key) => !given.includes(key))
            .map((key) => ({
                shown: given,
                allowed: `a list with ${key}`,
                remedy: key.includes(".header.")
                    ? "Without it one user is given what was kept for another; leave the cache out if it cannot be"
                    : "Without it all values of the parameter have the same answer",
            })),
    ];
}
