import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT } from "./documents";
import { setting, unsetting } from "./settings";

const REST_API = "aws:apigateway/restApi:RestApi";
const REST_STAGE = "aws:apigateway/stage:Stage";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const METHOD = "aws:apigateway/method:Method";
const REST_DOMAIN = "aws:apigateway/domainName:DomainName";
const RESOURCE = "aws:apigateway/resource:Resource";
const INTEGRATION = "aws:apigateway/integration:Integration";
const MAPPING = "aws:apigateway/basePathMapping:BasePathMapping";
const API = "aws:apigatewayv2/api:Api";
const ROUTE = "aws:apigatewayv2/route:Route";
const STAGE = "aws:apigatewayv2/stage:Stage";
const DOMAIN = "aws:apigatewayv2/domainName:DomainName";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

const LOGS = {
    destinationArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:api`,
    format: "$context.requestId",
};
const CERTIFICATE = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;

const REST: readonly FixtureResource[] = [
    { type: REST_API, name: "orders", inputs: { name: "orders", disableExecuteApiEndpoint: true } },
    {
        type: RESOURCE,
        name: "orders",
        inputs: {
            restApi: refTo(REST_API, "orders"),
            parentId: "root",
            pathPart: "orders",
        },
    },
    {
        type: RESOURCE,
        name: "mine",
        inputs: {
            restApi: refTo(REST_API, "orders"),
            parentId: refTo(RESOURCE, "orders"),
            pathPart: "mine",
        },
    },
    {
        type: METHOD,
        name: "orders",
        inputs: {
            restApi: refTo(REST_API, "orders"),
            httpMethod: "GET",
            authorization: "AWS_IAM",
            resourceId: refTo(RESOURCE, "mine"),
            requestParameters: { "method.request.header.Authorization": true },
        },
    },
    {
        type: INTEGRATION,
        name: "orders",
        inputs: {
            restApi: refTo(REST_API, "orders"),
            resourceId: refTo(RESOURCE, "mine"),
            httpMethod: "GET",
            type: "AWS_PROXY",
            cacheKeyParameters: ["method.request.header.Authorization"],
        },
    },
    {
        type: REST_STAGE,
        name: "orders",
        inputs: {
            restApi: refTo(REST_API, "orders"),
            stageName: "live",
            deployment: "d",
            accessLogSettings: LOGS,
            xrayTracingEnabled: true,
        },
    },
    {
        type: SETTINGS,
        name: "orders",
        inputs: {
            restApi: refTo(REST_API, "orders"),
            stageName: "live",
            methodPath: "*/*",
            settings: {
                loggingLevel: "ERROR",
                cachingEnabled: true,
                cacheDataEncrypted: true,
                throttlingRateLimit: 100,
            },
        },
    },
    {
        type: ASSOCIATION,
        name: "orders",
        inputs: {
            resourceArn: refTo(REST_STAGE, "orders"),
            webAclArn: refTo("aws:wafv2/webAcl:WebAcl", "shop-web-firewall-acl"),
        },
    },
    { type: REST_DOMAIN, name: "orders", inputs: { domainName: "a.example.com", securityPolicy: "TLS_1_2" } },
    {
        type: MAPPING,
        name: "orders",
        inputs: { domainName: "a.example.com", restApi: refTo(REST_API, "orders"), stageName: "live" },
    },
];

/** An operation of a definition. */
const operation = (security: readonly object[], cacheKeyParameters?: readonly string[]) => ({
    get: {
        security,
        "x-amazon-apigateway-integration": {
            type: "aws_proxy",
            ...(cacheKeyParameters === undefined ? {} : { cacheKeyParameters }),
        },
    },
});
const OWN = ["method.request.header.Authorization"];
const bodyWith = (mine: object, more: object = {}): string =>
    JSON.stringify({
        openapi: "3.0.3",
        paths: { "/orders/mine": mine, "/orders/all": operation([{ users: [] }]) },
        components: { securitySchemes: { users: { type: "apiKey", name: "Authorization", in: "header" } } },
        ...more,
    });
const BODY = bodyWith(operation([{ users: [] }], OWN));

/** The same by a definition, of which one method is kept. */
const DEFINED: readonly FixtureResource[] = [
    { type: REST_API, name: "defined", inputs: { name: "defined", body: BODY } },
    ...["*/*", "~1orders~1mine/GET"].map((methodPath, index) => ({
        type: SETTINGS,
        name: `defined-${index}`,
        inputs: {
            restApi: refTo(REST_API, "defined"),
            stageName: "live",
            methodPath,
            settings: {
                loggingLevel: "ERROR",
                cachingEnabled: index === 1,
                cacheDataEncrypted: true,
                throttlingRateLimit: 100,
            },
        },
    })),
];

const HTTP: readonly FixtureResource[] = [
    { type: API, name: "wares", inputs: { protocolType: "HTTP" } },
    {
        type: ROUTE,
        name: "wares",
        inputs: { apiId: refTo(API, "wares"), routeKey: "GET /wares", authorizationType: "JWT" },
    },
    {
        type: STAGE,
        name: "wares",
        inputs: {
            apiId: refTo(API, "wares"),
            accessLogSettings: LOGS,
            defaultRouteSettings: { throttlingRateLimit: 100 },
        },
    },
    {
        type: DOMAIN,
        name: "wares",
        inputs: {
            domainName: "b.example.com",
            domainNameConfiguration: {
                certificateArn: CERTIFICATE,
                endpointType: "REGIONAL",
                securityPolicy: "TLS_1_2",
            },
        },
    },
    { type: API, name: "chat", inputs: { protocolType: "WEBSOCKET" } },
    {
        type: ROUTE,
        name: "chat",
        inputs: { apiId: refTo(API, "chat"), routeKey: "$connect", authorizationType: "AWS_IAM" },
    },
    {
        type: STAGE,
        name: "chat",
        inputs: {
            apiId: refTo(API, "chat"),
            accessLogSettings: LOGS,
            defaultRouteSettings: { loggingLevel: "INFO", throttlingRateLimit: 100 },
        },
    },
];

const restStage = { type: REST_STAGE, name: "orders", fixture: REST };
const settings = { type: SETTINGS, name: "orders", fixture: REST };
const method = { type: METHOD, name: "orders", fixture: REST };
const route = { type: ROUTE, name: "wares", fixture: HTTP };
const stage = { type: STAGE, name: "wares", fixture: HTTP };
const chatStage = { type: STAGE, name: "chat", fixture: HTTP };

export const mutants: readonly Mutant[] = [
    setting(settings, "apigateway-execution-logging", "off", "settings.loggingLevel", "OFF"),
    setting(settings, "apigateway-execution-logging", "for one method alone", "methodPath", "orders/GET", {
        alsoFires: ["apigateway-throttling"],
    }),
    unsetting(chatStage, "apigateway-execution-logging", "a WebSocket", "defaultRouteSettings.loggingLevel"),
    {
        rule: "apigateway-execution-logging",
        title: "nothing said",
        fixture: REST,
        change: (stack) => {
            stack.remove(stack.find(SETTINGS));
        },
        alsoFires: ["apigateway-throttling"],
    },
    {
        rule: "apigateway-cache-key",
        title: "a personal operation without the caller's header",
        fixture: DEFINED,
        change: (stack) => {
            stack.set(stack.find(REST_API, "defined"), "body", bodyWith(operation([{ users: [] }])));
        },
        message: "GET /orders/mine is cached, and the key of its answers has no header authorization",
    },
    {
        rule: "apigateway-cache-key",
        title: "a key of something else",
        fixture: DEFINED,
        change: (stack) => {
            const other = operation([{ users: [] }], ["method.request.querystring.page"]);
            stack.set(stack.find(REST_API, "defined"), "body", bodyWith(other));
        },
    },
    {
        rule: "apigateway-cache-key",
        title: "another operation that is kept",
        fixture: DEFINED,
        change: (stack) => {
            stack.set(stack.find(SETTINGS, "defined-1"), "methodPath", "~1orders~1all/GET");
        },
        message: "GET /orders/all is cached",
    },
    {
        rule: "apigateway-cache-key",
        title: "all methods kept",
        fixture: DEFINED,
        change: (stack) => {
            stack.set(stack.find(SETTINGS, "defined-0"), "settings.cachingEnabled", true);
        },
        message: "GET /orders/all is cached",
    },
    setting(
        { type: INTEGRATION, name: "orders", fixture: REST },
        "apigateway-cache-key",
        "an integration of its own",
        "cacheKeyParameters",
        ["method.request.querystring.page"],
        { message: "GET /orders/mine is cached" },
    ),
    {
        rule: "apigateway-cache-key",
        title: "an integration of its own, by the path of its method",
        fixture: REST,
        change: (stack) => {
            stack.unset(stack.find(INTEGRATION, "orders"), "cacheKeyParameters");
            stack.set(stack.find(SETTINGS, "orders"), "methodPath", "orders/mine/GET");
        },
        alsoFires: ["apigateway-execution-logging", "apigateway-throttling"],
    },
    setting(
        settings,
        "apigateway-cache-control",
        "not asked for",
        "settings.requireAuthorizationForCacheControl",
        false,
    ),
    unsetting(settings, "apigateway-throttling", "a REST stage", "settings.throttlingRateLimit"),
    setting(settings, "apigateway-throttling", "the provider's none", "settings.throttlingRateLimit", -1),
    unsetting(stage, "apigateway-throttling", "an HTTP stage", "defaultRouteSettings"),
    setting(
        { type: REST_API, name: "orders", fixture: REST },
        "apigateway-second-door",
        "beside a name",
        "disableExecuteApiEndpoint",
        false,
    ),
    unsetting(
        { type: REST_API, name: "orders", fixture: REST },
        "apigateway-second-door",
        "left out",
        "disableExecuteApiEndpoint",
    ),
    {
        rule: "apigateway-method-authorization",
        title: "what a definition demands as a whole, which REST APIs pass over",
        fixture: DEFINED,
        change: (stack) => {
            const { get } = operation([], OWN);
            const mine = {
                get: { "x-amazon-apigateway-integration": get["x-amazon-apigateway-integration"] },
            };
            stack.set(stack.find(REST_API, "defined"), "body", bodyWith(mine, { security: [{ users: [] }] }));
        },
        message: "GET /orders/mine of its body has no security",
    },
    {
        rule: "apigateway-client-certificate",
        title: "none for a server",
        fixture: REST,
        change: (stack) => {
            stack.set(stack.find(INTEGRATION, "orders"), "type", "HTTP_PROXY");
        },
    },
    {
        rule: "apigateway-client-certificate",
        title: "none for a server of a definition",
        fixture: [
            ...DEFINED,
            {
                type: REST_STAGE,
                name: "defined",
                inputs: {
                    restApi: refTo(REST_API, "defined"),
                    stageName: "live",
                    deployment: "d",
                    accessLogSettings: LOGS,
                    xrayTracingEnabled: true,
                },
            },
            {
                type: ASSOCIATION,
                name: "defined",
                inputs: {
                    resourceArn: refTo(REST_STAGE, "defined"),
                    webAclArn: refTo("aws:wafv2/webAcl:WebAcl", "shop-web-firewall-acl"),
                },
            },
        ],
        change: (stack) => {
            const body = BODY.replace('"type":"aws_proxy"', '"type":"http_proxy"');
            stack.set(stack.find(REST_API, "defined"), "body", body);
        },
    },
    unsetting(restStage, "apigateway-tracing", "left out", "xrayTracingEnabled"),
    setting(restStage, "apigateway-tracing", "off", "xrayTracingEnabled", false),
    {
        rule: "apigateway-web-acl",
        title: "no association",
        fixture: REST,
        change: (stack) => {
            stack.remove(stack.find(ASSOCIATION, "orders"));
        },
        decidedBy: "relations",
        message: "is behind no web ACL",
    },
    unsetting(settings, "apigateway-cache-encryption", "left out", "settings.cacheDataEncrypted"),
    setting(route, "apigateway-route-authorization", "nobody asked", "authorizationType", "NONE", {
        message: 'authorizationType of route "GET /wares" is "NONE"',
    }),
    unsetting(route, "apigateway-route-authorization", "left out", "authorizationType"),
    {
        rule: "apigateway-route-authorization",
        title: "the default route of an HTTP API",
        fixture: HTTP,
        change: (stack) => {
            const found = stack.find(ROUTE, "wares");
            stack.set(found, "routeKey", "$default");
            stack.set(found, "authorizationType", "NONE");
        },
    },
    unsetting(
        { type: ROUTE, name: "chat", fixture: HTTP },
        "apigateway-route-authorization",
        "the opening of a WebSocket",
        "authorizationType",
    ),
    setting(
        { type: API, name: "wares", fixture: HTTP },
        "apigateway-route-authorization",
        "quick create",
        "target",
        "https://wares.example.com",
        { decidedBy: "relations", message: "target makes it without authorization" },
    ),
    setting(method, "apigateway-method-authorization", "nobody asked", "authorization", "NONE", {
        message: 'authorization of GET is "NONE"',
    }),
    unsetting(stage, "apigateway-access-logs", "an HTTP stage", "accessLogSettings", {
        decidedBy: "relations",
    }),
    unsetting(restStage, "apigateway-access-logs", "a REST stage", "accessLogSettings", {
        decidedBy: "relations",
    }),
    setting(
        { type: REST_DOMAIN, name: "orders", fixture: REST },
        "apigateway-domain-tls",
        "an old version",
        "securityPolicy",
        "TLS_1_0",
        { message: 'securityPolicy is "TLS_1_0"' },
    ),
    unsetting(
        { type: REST_DOMAIN, name: "orders", fixture: REST },
        "apigateway-domain-tls",
        "left out",
        "securityPolicy",
    ),
    setting(
        { type: DOMAIN, name: "wares", fixture: HTTP },
        "apigateway-domain-tls",
        "an HTTP API's",
        "domainNameConfiguration.securityPolicy",
        "TLS_1_0",
    ),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "apigateway-route-authorization",
        title: "later messages of a WebSocket",
        fixture: HTTP,
        change: (stack) => {
            for (const routeKey of ["$default", "$disconnect", "say"]) {
                stack.add({
                    type: ROUTE,
                    name: routeKey,
                    inputs: { apiId: refTo(API, "chat"), routeKey, authorizationType: "NONE" },
                });
            }
        },
    },
    {
        rule: "apigateway-route-authorization",
        title: "what browsers ask first",
        fixture: HTTP,
        change: (stack) => {
            stack.add({
                type: ROUTE,
                name: "options",
                inputs: { apiId: refTo(API, "wares"), routeKey: "OPTIONS /{proxy+}" },
            });
        },
    },
    {
        rule: "apigateway-method-authorization",
        title: "a key of the API",
        fixture: REST,
        change: (stack) => {
            const found = stack.find(METHOD);
            stack.set(found, "authorization", "NONE");
            stack.set(found, "apiKeyRequired", true);
        },
    },
    {
        rule: "apigateway-method-authorization",
        title: "what browsers ask first",
        fixture: REST,
        change: (stack) => {
            const found = stack.find(METHOD);
            stack.set(found, "authorization", "NONE");
            stack.set(found, "httpMethod", "OPTIONS");
        },
    },
    {
        rule: "apigateway-client-certificate",
        title: "one for a server",
        fixture: REST,
        change: (stack) => {
            stack.set(stack.find(INTEGRATION, "orders"), "type", "HTTP_PROXY");
            stack.set(stack.find(REST_STAGE, "orders"), "clientCertificateId", "abc123");
        },
    },
    {
        rule: "apigateway-cache-key",
        title: "an operation that is not kept",
        fixture: DEFINED,
        change: (stack) => {
            stack.set(stack.find(SETTINGS, "defined-1"), "settings.cachingEnabled", false);
        },
    },
    setting(
        settings,
        "apigateway-cache-control",
        "asked for",
        "settings.requireAuthorizationForCacheControl",
        true,
    ),
    setting(settings, "apigateway-cache-encryption", "no cache", "settings", { loggingLevel: "ERROR" }),
    unsetting(stage, "apigateway-execution-logging", "an HTTP stage", "accessLogSettings"),
    setting(
        { type: REST_DOMAIN, name: "orders", fixture: REST },
        "apigateway-domain-tls",
        "TLS 1.3",
        "securityPolicy",
        "SecurityPolicy_TLS13_1_3_2025_09",
    ),
];
