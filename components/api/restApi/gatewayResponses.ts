import { type ApiCors } from "../args";

/** What API Gateway answers by itself, with the status that it has where nobody says another. */
const STATUSES: Readonly<Record<string, number>> = {
    ACCESS_DENIED: 403,
    API_CONFIGURATION_ERROR: 500,
    AUTHORIZER_CONFIGURATION_ERROR: 500,
    AUTHORIZER_FAILURE: 500,
    BAD_REQUEST_BODY: 400,
    BAD_REQUEST_PARAMETERS: 400,
    EXPIRED_TOKEN: 403,
    INTEGRATION_FAILURE: 504,
    INTEGRATION_TIMEOUT: 504,
    INVALID_API_KEY: 403,
    INVALID_SIGNATURE: 403,
    MISSING_AUTHENTICATION_TOKEN: 403,
    QUOTA_EXCEEDED: 429,
    REQUEST_TOO_LARGE: 413,
    RESOURCE_NOT_FOUND: 404,
    THROTTLED: 429,
    UNAUTHORIZED: 401,
    UNSUPPORTED_MEDIA_TYPE: 415,
    WAF_FILTERED: 403,
};

/** Those of which there are several, so that no status can be told. */
const DEFAULTS = ["DEFAULT_4XX", "DEFAULT_5XX"];

/**
 * The answers that API Gateway makes by itself, as problem+json (RFC 9457). Their templates know variables alone and no
 * functions, and of these only the message is quoted as JSON has it.
 * Source: Amazon API Gateway Developer Guide, "Gateway responses for REST APIs in API Gateway".
 */
export function gatewayResponses(cors: ApiCors | undefined): Record<string, unknown> {
    const parameters = {
        "gatewayresponse.header.Content-Type": "'application/problem+json'",
        "gatewayresponse.header.Cache-Control": "'no-store'",
        ...(cors === undefined
            ? {}
            : { "gatewayresponse.header.Access-Control-Allow-Origin": `'${errorOrigin(cors)}'` }),
    };
    const response = (status?: number) => ({
        ...(status === undefined ? {} : { statusCode: String(status) }),
        responseParameters: parameters,
        responseTemplates: { "application/json": problem(status) },
    });
    return Object.fromEntries([
        ...Object.entries(STATUSES).map(([type, status]) => [type, response(status)] as const),
        ...DEFAULTS.map((type) => [type, response()] as const),
    ]);
}

/** The template, which is JSON once the variables are put in. */
function problem(status: number | undefined): string {
    const members = [
        '"type":"about:blank"',
        '"title":$context.error.messageString',
        ...(status === undefined ? [] : [`"status":${status}`]),
        '"instance":"urn:request:$context.requestId"',
    ];
    return `{${members.join(",")}}`;
}

/** An error says nothing of a user's, and no variable knows which of several origins asked. */
function errorOrigin({ allowOrigins }: ApiCors): string {
    const [only = "*", ...others] = allowOrigins;
    return others.length === 0 ? only : "*";
}
