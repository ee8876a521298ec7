import { type Given } from "../../shared/argumentTable";
import { type ApiCors } from "../args";
import { type ApiDocument, type ApiOperation, askedSchemes, pathVariables } from "../openApi/document";
import { bodySchemas, modelNames, modelOf } from "../openApi/models";
import { isApiKeyScheme } from "../rules";
import { API_KEY, AUTHORIZATION, cacheKeys, credentialHeaders, isAmong, specialHeaders } from "./cacheKey";
import { gatewayResponses } from "./gatewayResponses";
import { preflight } from "./preflight";

/** What answers operations, as API Gateway addresses it. */
export interface ResolvedIntegration {
    readonly timeoutMilliseconds: number;
    /** The address by which it calls a function. */
    readonly functionUri?: string;
    readonly balancer?: {
        readonly loadBalancerArn: string;
        readonly connectionId: string;
        /** Scheme, host, port, and what is put before the paths. */
        readonly baseUrl: string;
    };
}

/** Who fulfils a security scheme. */
export interface ResolvedAuthorizer {
    readonly userPoolArns?: readonly string[];
}

/** What an API is made of beside its document. */
export interface BodySettings {
    /** By the names of integrations. */
    readonly integrations: Readonly<Record<string, ResolvedIntegration>>;
    /** Which of them answers an operation, by the operation's id. */
    readonly assigned: ReadonlyMap<string, string>;
    /** By the document's security schemes. */
    readonly authorizers: Readonly<Record<string, ResolvedAuthorizer>>;
    readonly operations: Readonly<
        Record<string, { readonly cacheTtlSeconds?: number; readonly cacheKeyParameters?: readonly string[] }>
    >;
    readonly cors?: ApiCors;
}

const VALIDATOR = "all";

/**
 * The document as API Gateway takes it: routes, models of the request bodies, who may call, what answers, and what API
 * Gateway answers by itself. What it does not know, or would not import, is left out.
 */
export function restApiBody(document: ApiDocument, settings: BodySettings): Record<string, unknown> {
    const { openapi, title, version, description } = document;
    return {
        openapi,
        info: { title, version, ...(description === undefined ? {} : { description }) },
        paths: paths(document, settings),
        components: {
            schemas: Object.fromEntries(
                modelNames(document).map((name) => [name, modelOf(document.schemas[name])]),
            ),
            securitySchemes: securitySchemes(document, settings),
        },
        "x-amazon-apigateway-request-validators": {
            [VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true },
        },
        "x-amazon-apigateway-gateway-responses": gatewayResponses(settings.cors),
    };
}

function paths(document: ApiDocument, settings: BodySettings): Record<string, unknown> {
    const byPath = new Map<string, Record<string, unknown>>();
    for (const operation of document.operations) {
        const item = byPath.get(operation.path) ?? {};
        item[operation.method] = methodOf(document, operation, settings);
        byPath.set(operation.path, item);
    }
    const { cors } = settings;
    if (cors !== undefined) {
        for (const item of byPath.values()) {
            item.options = preflight(cors, Object.keys(item));
        }
    }
    return Object.fromEntries(byPath);
}

function methodOf(document: ApiDocument, operation: ApiOperation, settings: BodySettings): Given {
    const keys = keysOf(document, operation, settings);
    const integration = settings.integrations[settings.assigned.get(operation.operationId) ?? ""];
    const content = bodySchemas(operation.requestBody?.content ?? {});
    const { summary, security } = operation;
    return {
        operationId: operation.operationId,
        ...(summary === undefined ? {} : { summary }),
        parameters: parametersOf(document, operation, keys, settings.cors),
        ...(content.length === 0
            ? {}
            : {
                  requestBody: {
                      required: operation.requestBody?.required === true,
                      content: Object.fromEntries(
                          content.map(([mediaType, schema]) => [mediaType, { schema: modelOf(schema) }]),
                      ),
                  },
              }),
        responses: responsesOf(operation),
        // API Gateway passes over what the document as a whole demands (its guide's "important notes").
        security: Object.keys(security).length === 0 ? [] : [security],
        "x-amazon-apigateway-request-validator": VALIDATOR,
        "x-amazon-apigateway-integration": {
            ...(integration === undefined ? {} : integrationOf(operation, integration)),
            ...(keys === undefined ? {} : { cacheKeyParameters: keys }),
        },
    };
}

/**
 * The answers, without their schemas: integrations answer by themselves, and no model of an answer is ever looked at. API
 * Gateway knows no groups of statuses.
 */
function responsesOf({ responses }: ApiOperation): Record<string, unknown> {
    const single = Object.entries(responses).filter(([status]) => /^\d{3}$/.test(status));
    return Object.fromEntries(
        (single.length === 0 ? [["200", "What the integration answers"] as const] : single).map(
            ([status, description]) => [status, { description }],
        ),
    );
}

/** The parameters in the cache key of an operation; undefined where its answers are not kept. */
function keysOf(
    document: ApiDocument,
    operation: ApiOperation,
    { operations, cors }: BodySettings,
): string[] | undefined {
    const own = operations[operation.operationId];
    return own?.cacheTtlSeconds === undefined ? undefined : cacheKeys(document, operation, own, cors);
}

function parametersOf(
    document: ApiDocument,
    operation: ApiOperation,
    keys: readonly string[] | undefined,
    cors: ApiCors | undefined,
): Given[] {
    const declared = operation.parameters
        // Cookies are no parameters to API Gateway; they reach the integration in their header.
        .filter((each) => each.in !== "cookie")
        .map(({ name, in: place, required, description }) => ({
            name,
            in: place,
            required,
            ...(description === undefined ? {} : { description }),
            schema: { type: "string" },
        }));
    if (keys === undefined) {
        return declared;
    }
    const credentials = credentialHeaders(document, operation);
    const special = specialHeaders(document, operation, cors);
    return [
        ...declared.filter((each) => !isAmong(special, each)),
        ...special.map((name) => ({
            name,
            in: "header",
            // Credentials are required, so that no request without the header comes as far as the cache: it is looked for
            // by the same name as the part of the key, whatever is the case of its letters.
            required: credentials.includes(name),
            schema: { type: "string" },
        })),
    ];
}

function integrationOf(operation: ApiOperation, integration: ResolvedIntegration): Given {
    const { functionUri, balancer, timeoutMilliseconds: timeoutInMillis } = integration;
    if (balancer === undefined) {
        return {
            type: "aws_proxy",
            httpMethod: "POST",
            uri: functionUri,
            passthroughBehavior: "when_no_match",
            timeoutInMillis,
        };
    }
    const variables = pathVariables(operation.path);
    return {
        type: "http_proxy",
        httpMethod: operation.method.toUpperCase(),
        // With https API Gateway verifies the name in it against the listener's certificate.
        uri: `${balancer.baseUrl}${operation.path.replaceAll("+}", "}")}`,
        connectionType: "VPC_LINK",
        connectionId: balancer.connectionId,
        integrationTarget: balancer.loadBalancerArn,
        ...(variables.length === 0
            ? {}
            : {
                  requestParameters: Object.fromEntries(
                      variables.map((name) => [
                          `integration.request.path.${name}`,
                          `method.request.path.${name}`,
                      ]),
                  ),
              }),
        passthroughBehavior: "when_no_match",
        timeoutInMillis,
    };
}

/** To API Gateway every scheme is a key in a header, and an extension says what becomes of it. */
function securitySchemes(document: ApiDocument, { authorizers }: BodySettings): Record<string, unknown> {
    return Object.fromEntries(
        [...askedSchemes(document)].map((name) => {
            if (isApiKeyScheme(document, name)) {
                return [name, { type: "apiKey", name: API_KEY, in: "header" }];
            }
            const providerARNs = authorizers[name]?.userPoolArns;
            const scheme = { type: "apiKey", name: AUTHORIZATION, in: "header" };
            return [
                name,
                providerARNs === undefined
                    ? { ...scheme, "x-amazon-apigateway-authtype": "awsSigv4" }
                    : {
                          ...scheme,
                          "x-amazon-apigateway-authtype": "cognito_user_pools",
                          "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs },
                      },
            ];
        }),
    );
}
