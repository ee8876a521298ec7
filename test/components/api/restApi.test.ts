import { expect } from "chai";
import {
    ApiTlsPolicy,
    RestApi,
    type RestApiArgs,
    UnauthorizedCacheControl,
} from "../../../components/api/restApi/restApi";
import { cachedOperations, mixedUp } from "../../support/components/apiCache";
import {
    DOCUMENT,
    PLAIN_DOCUMENT,
    POOL,
    REST,
    SHARED_REST,
    SIGNED_REST,
} from "../../support/components/apiArguments";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import {
    at,
    json,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../support/preview";
import { inTestAccount } from "../../support/surroundings";

const API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const DOMAIN = "aws:apigateway/domainName:DomainName";
const MAPPING = "aws:apigateway/basePathMapping:BasePathMapping";
const RULE = "aws:apigatewayv2/routingRule:RoutingRule";
const PERMISSION = "aws:lambda/permission:Permission";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const ORIGIN = "method.request.header.Origin";
const INTEGRATION = "x-amazon-apigateway-integration";

const document = (paths: string, rest = ""): string => `openapi: 3.0.3
info: { title: T, version: "1" }
paths:
${paths}
${rest}`;
const SMALL = document(`  /things:
    get:
      operationId: list
      security: []
      responses: { default: { description: all } }`);

const good: RestApiArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    document: SMALL,
    integrations: { things: { function: { functionName: "things", aliasName: "live" } } },
    kmsKeyArn: REST.kmsKeyArn,
};

const preview = (args: RestApiArgs = good) =>
    previewProgram(() => new RestApi("todos", args, inTestAccount()));
const problemsOf = (args: unknown) =>
    problemsOfProgram(() => new RestApi("todos", args as RestApiArgs, inTestAccount()));
const bodyOf = (run: ProgramPreview): unknown => json(one(run, API).inputs.body);
const methodOf = (run: ProgramPreview, path: string, method: string): unknown => {
    const paths = at(bodyOf(run), "paths") as Record<string, Record<string, unknown>>;
    return paths[path]?.[method];
};

describe("RestApi", () => {
    let full: ProgramPreview;
    let small: ProgramPreview;

    before(async () => {
        full = await previewProgram(() => {
            const api = new RestApi("todos", REST, inTestAccount());
            return {
                url: api.url,
                host: api.hostName,
                permissions: api.invokePermissions,
                keys: api.apiKeyIds,
            };
        });
        small = await previewProgram(() => {
            const api = new RestApi("todos", good, inTestAccount());
            return { url: api.url, host: api.hostName, originPath: api.originPath };
        });
    });

    describe("never gives one user what was kept for another", () => {
        const cachedPathsOf = (run: ProgramPreview): string[] =>
            ofType(run, SETTINGS)
                .filter(({ inputs }) => at(inputs, "settings.cachingEnabled") === true)
                .map(({ inputs }) => String(inputs.methodPath));
        const operationsOf = (run: ProgramPreview) =>
            cachedOperations(String(one(run, API).inputs.body), cachedPathsOf(run));

        it("in any cached operation of a definition", () => {
            const operations = operationsOf(full);
            expect(operations.map(({ method, path }) => `${method} ${path}`)).to.have.members([
                "get /todos",
                "get /todos/{todoId}",
                "get /news",
            ]);
            expect(operations.flatMap(mixedUp)).to.deep.equal([]);
        });

        it("which a key without the header, a header that is not required, or a path that is no key would do", () => {
            const [list, get] = operationsOf(full).filter(({ credentials }) => credentials.length > 0);
            const personal = [list, get].flatMap((each) => each ?? []);
            expect(personal).to.have.lengthOf(2);
            for (const operation of personal) {
                const without = {
                    ...operation,
                    keys: operation.keys.filter((key) => !key.endsWith("Authorization")),
                };
                expect(mixedUp(without), operation.path).to.not.deep.equal([]);
                const notChecked = { ...operation, isValidated: false };
                expect(mixedUp(notChecked), operation.path).to.not.deep.equal([]);
                const undeclared = {
                    ...operation,
                    parameters: operation.parameters.filter(({ name }) => name !== "Authorization"),
                };
                expect(mixedUp(undeclared), operation.path).to.not.deep.equal([]);
            }
            const byPath = personal.find(({ path }) => path.includes("{"));
            expect(
                byPath === undefined
                    ? []
                    : mixedUp({ ...byPath, keys: byPath.keys.filter((key) => !key.includes(".path.")) }),
            ).to.not.deep.equal([]);
        });

        it("and keeps nothing of a stage where no operation says so", () => {
            expect(cachedPathsOf(small)).to.deep.equal([]);
            expect(one(small, STAGE).inputs).to.not.have.any.keys("cacheClusterEnabled", "cacheClusterSize");
        });

        it("nor the answer of one page's origin to another", () => {
            expect(at(methodOf(full, "/news", "get"), `${INTEGRATION}.cacheKeyParameters`)).to.deep.equal([
                "method.request.header.Origin",
                "method.request.querystring.category",
            ]);
        });
    });

    it("adds to the document what API Gateway needs, and nothing that it does not know", () => {
        const body = bodyOf(full);
        expect(at(body, "openapi")).to.equal("3.0.3");
        expect(at(body, "info")).to.deep.equal({
            title: "To-dos",
            version: "1.2.0",
            description: "What is to be done",
        });
        // Todo is in answers alone.
        expect(at(body, "components.schemas")).to.deep.equal({
            NewTodo: {
                type: "object",
                required: ["title"],
                additionalProperties: false,
                properties: {
                    title: { type: "string", minLength: 1, maxLength: 200 },
                    count: { type: "integer", minimum: 1 },
                    example: { type: "string", description: "a property by the name of a keyword" },
                    place: { $ref: "#/components/schemas/Place" },
                },
            },
            Place: {
                type: "object",
                properties: { name: { type: "string" }, within: { $ref: "#/components/schemas/Place" } },
            },
        });
        const post = methodOf(full, "/todos", "post");
        expect(at(post, "requestBody")).to.deep.equal({
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/NewTodo" } } },
        });
        expect(at(post, "x-amazon-apigateway-request-validator")).to.equal("all");
        expect(at(methodOf(full, "/todos", "get"), "responses")).to.deep.equal({
            "200": { description: "the to-dos" },
        });
        expect(at(methodOf(small, "/things", "get"), "responses")).to.deep.equal({
            "200": { description: "What the integration answers" },
        });
    });

    it("asks each operation's callers for what the document says", () => {
        expect(at(methodOf(full, "/todos", "get"), "security")).to.deep.equal([{ users: [] }]);
        expect(at(methodOf(full, "/news", "get"), "security")).to.deep.equal([]);
        expect(at(methodOf(full, "/reports/{day}", "get"), "security")).to.deep.equal([{ programs: [] }]);
        expect(at(bodyOf(full), "components.securitySchemes")).to.deep.equal({
            users: {
                type: "apiKey",
                name: "Authorization",
                in: "header",
                "x-amazon-apigateway-authtype": "cognito_user_pools",
                "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [POOL] },
            },
            programs: { type: "apiKey", name: "x-api-key", in: "header" },
        });
    });

    it("calls functions by their alias, and lets API Gateway call them for its own stage alone", () => {
        const integration = at(methodOf(full, "/todos/{todoId}", "delete"), INTEGRATION);
        expect(integration).to.deep.equal({
            type: "aws_proxy",
            httpMethod: "POST",
            uri: `arn:aws:apigateway:${TEST_REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:function:todos:live/invocations`,
            passthroughBehavior: "when_no_match",
            timeoutInMillis: 5000,
        });
        const { inputs } = one(full, PERMISSION);
        expect(inputs).to.deep.include({
            function: "todos",
            qualifier: "live",
            principal: "apigateway.amazonaws.com",
            sourceAccount: TEST_ACCOUNT,
            sourceArn: `${String(one(full, API).outputs.executionArn)}/v1/*`,
        });
    });

    it("reaches a balancer in its network over TLS, and gives it the variables of the path", () => {
        expect(at(methodOf(full, "/orders/{orderId}/lines/{rest+}", "get"), INTEGRATION)).to.deep.equal({
            type: "http_proxy",
            httpMethod: "GET",
            uri: "https://orders.internal.example.com:8443/internal/orders/{orderId}/lines/{rest}",
            connectionType: "VPC_LINK",
            connectionId: one(full, "aws:apigatewayv2/vpcLink:VpcLink").id,
            integrationTarget: `arn:aws:elasticloadbalancing:${TEST_REGION}:${TEST_ACCOUNT}:loadbalancer/app/orders/1234`,
            requestParameters: {
                "integration.request.path.orderId": "method.request.path.orderId",
                "integration.request.path.rest": "method.request.path.rest",
            },
            passthroughBehavior: "when_no_match",
            timeoutInMillis: 29_000,
        });
    });

    it("answers by itself with problems, in JSON", () => {
        const responses = at(bodyOf(full), "x-amazon-apigateway-gateway-responses") as Record<
            string,
            unknown
        >;
        expect(Object.keys(responses)).to.include.members(["DEFAULT_4XX", "DEFAULT_5XX", "UNAUTHORIZED"]);
        for (const [type, response] of Object.entries(responses)) {
            const { responseTemplates, responseParameters } = response as {
                responseTemplates: Record<string, string>;
                responseParameters: Record<string, string>;
            };
            expect(responseParameters["gatewayresponse.header.Content-Type"]).to.equal(
                "'application/problem+json'",
            );
            const filled = (responseTemplates["application/json"] ?? "")
                .replace("$context.error.messageString", '"Say \\"please\\""')
                .replace("$context.requestId", "1-2");
            expect(JSON.parse(filled), type).to.include({
                title: 'Say "please"',
                instance: "urn:request:1-2",
            });
        }
        expect(at(responses, "UNAUTHORIZED.statusCode")).to.equal("401");
    });

    it("tells browsers which pages may call, by the one that asks", () => {
        const options = methodOf(full, "/todos", "options");
        const answer = at(options, `${INTEGRATION}.responses.default`) as Record<
            string,
            Record<string, string>
        >;
        expect(answer.responseParameters).to.include({
            "method.response.header.Access-Control-Allow-Origin": "'https://shop.example.com'",
            "method.response.header.Access-Control-Allow-Methods": "'GET,POST'",
            "method.response.header.Vary": "'Origin'",
        });
        expect(answer.responseTemplates?.["application/json"]).to.include(
            '$origin == "https://app.example.com"',
        );
        expect(methodOf(small, "/things", "options")).to.equal(undefined);
    });

    it("deploys whenever its definition or its policy changes", async () => {
        const hashOf = (run: ProgramPreview) => at(one(run, DEPLOYMENT).inputs, "triggers.definition");
        const other = await preview({ ...good, document: SMALL.replace("/things", "/stuff") });
        const guarded = await preview({ ...good, resourcePolicy: REST.resourcePolicy ?? "" });
        expect(new Set([hashOf(small), hashOf(other), hashOf(guarded)]).size).to.equal(3);
        expect(hashOf(await preview())).to.equal(hashOf(small));
    });

    it("sets limits, metrics, logs and the cache of each method, one after the other", () => {
        const settings = ofType(full, SETTINGS).map(({ inputs }) => [inputs.methodPath, inputs.settings]);
        const common = {
            metricsEnabled: true,
            loggingLevel: "ERROR",
            dataTraceEnabled: false,
            cacheDataEncrypted: true,
            requireAuthorizationForCacheControl: true,
            unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
            throttlingRateLimit: 50,
            throttlingBurstLimit: 100,
        };
        expect(settings).to.have.deep.members([
            ["*/*", { ...common, cachingEnabled: false }],
            ["~1todos/GET", { ...common, cachingEnabled: true, cacheTtlInSeconds: 60 }],
            ["~1todos~1{todoId}/GET", { ...common, cachingEnabled: true, cacheTtlInSeconds: 30 }],
            ["~1news/GET", { ...common, cachingEnabled: true, cacheTtlInSeconds: 3600 }],
            [
                "~1todos/POST",
                { ...common, cachingEnabled: false, throttlingRateLimit: 5, throttlingBurstLimit: 10 },
            ],
        ]);
        const before = ofType(full, SETTINGS).map(({ dependencies }) =>
            dependencies.filter((urn) => urn.includes(SETTINGS)),
        );
        expect(before.map(({ length }) => length).sort()).to.deep.equal([0, 1, 1, 1, 1]);
        expect(new Set(before.flat()).size).to.equal(4);
        expect(at(one(small, SETTINGS).inputs, "settings")).to.deep.equal({
            metricsEnabled: true,
            loggingLevel: "ERROR",
            dataTraceEnabled: false,
            throttlingRateLimit: 100,
            throttlingBurstLimit: 200,
            cachingEnabled: false,
        });
    });

    it("refuses requests to empty the cache where nothing else is said", async () => {
        const cached = await preview({
            ...good,
            cache: { sizeGb: 6.1 },
            operations: { list: { cacheTtlSeconds: 1 } },
        });
        expect(at(one(cached, SETTINGS, "todos-settings-list").inputs, "settings")).to.deep.include({
            unauthorizedCacheControlHeaderStrategy: UnauthorizedCacheControl.Fail,
            requireAuthorizationForCacheControl: true,
            cacheDataEncrypted: true,
        });
        expect(one(cached, STAGE).inputs).to.deep.include({
            cacheClusterEnabled: true,
            cacheClusterSize: "6.1",
        });
    });

    it("traces, and logs each request as a line of JSON, under a key", () => {
        const { inputs } = one(full, STAGE);
        expect(inputs.xrayTracingEnabled).to.equal(true);
        const line = JSON.parse(String(at(inputs, "accessLogSettings.format"))) as Record<string, string>;
        expect(line).to.include({ requestId: "$context.requestId", path: "$context.resourcePath" });
        // Neither the path as it was asked for nor anything that a caller wrote.
        expect(Object.values(line).join()).to.not.match(/context\.path\b|userAgent|claims|error\.message/);
        const groups = ofType(full, LOGS).map(({ inputs: group }) => [group.retentionInDays, group.kmsKeyId]);
        expect(groups).to.deep.equal([90, 90, 90].map((days) => [days, REST.kmsKeyArn]));
        expect(String(one(full, LOGS, "todos-execution-log").inputs.name)).to.equal(
            `API-Gateway-Execution-Logs_${one(full, API).id}/v1`,
        );
    });

    it("is behind a firewall of its own, or behind the one that was given", async () => {
        const stageArn = one(full, STAGE).outputs.arn;
        expect(one(full, ASSOCIATION).inputs.resourceArn).to.equal(stageArn);
        const signed = await preview(SIGNED_REST);
        expect(one(signed, ASSOCIATION).inputs).to.deep.include({
            webAclArn: SIGNED_REST.webAclArn,
            resourceArn: one(signed, STAGE).outputs.arn,
        });
        expect(at(bodyOf(signed), "components.securitySchemes.users")).to.include({
            "x-amazon-apigateway-authtype": "awsSigv4",
        });
        expect(one(signed, RULE).inputs).to.deep.include({
            domainName: "api.shop.example.com",
            priority: 20,
            conditions: [{ matchBasePaths: { anyOfs: ["v2"] } }],
        });
        expect(one(signed, API).inputs.disableExecuteApiEndpoint).to.equal(true);
    });

    it("has no other address than its own name, which speaks TLS 1.3", async () => {
        expect(small.outputs).to.deep.equal({
            url: `https://${one(small, API).id}.execute-api.${TEST_REGION}.amazonaws.com/live`,
            host: `${one(small, API).id}.execute-api.${TEST_REGION}.amazonaws.com`,
            originPath: "/live",
        });
        expect(one(small, API).inputs.disableExecuteApiEndpoint).to.equal(false);
        const named = await preview({
            ...good,
            domain: { domainName: "api.example.com", hostedZoneId: "Z1", basePath: "v1" },
        });
        expect(one(named, API).inputs.disableExecuteApiEndpoint).to.equal(true);
        expect(one(named, DOMAIN).inputs).to.deep.include({
            securityPolicy: ApiTlsPolicy.Tls13,
            endpointAccessMode: "STRICT",
            routingMode: "BASE_PATH_MAPPING_ONLY",
        });
        expect(one(named, MAPPING).inputs).to.deep.include({ basePath: "v1", stageName: "live" });
        const old = await preview({
            ...good,
            domain: { domainName: "api.example.com", hostedZoneId: "Z1", securityPolicy: ApiTlsPolicy.Tls12 },
        });
        expect(one(old, DOMAIN).inputs).to.not.have.property("endpointAccessMode");
    });

    it("shares a name with other regions' APIs, whose records are left to others", async () => {
        const run = await previewProgram(() => ({
            targets: new RestApi("todos", SHARED_REST, inTestAccount()).otherTargets,
        }));
        const names = ["api-eu.shop.example.com", "api.origin.shop.example.com"];
        expect(ofType(run, DOMAIN).map(({ inputs }) => inputs.domainName)).to.have.members(names);
        expect(
            ofType(run, MAPPING).map(({ inputs }) => [inputs.domainName, inputs.basePath]),
        ).to.have.deep.members(names.map((name) => [name, "v1"]));
        const certificate = one(run, "aws:acm/certificate:Certificate").inputs;
        expect([certificate.domainName, certificate.subjectAlternativeNames]).to.deep.equal([
            names[0],
            [names[1]],
        ]);
        const aliases = ofType(run, "aws:route53/record:Record").filter(
            ({ inputs }) => inputs.type !== "CNAME",
        );
        expect(new Set(aliases.map(({ inputs }) => inputs.name))).to.deep.equal(new Set([names[0]]));
        const other = one(run, DOMAIN, "todos-domain-api.origin.shop.example.com").outputs;
        expect(run.outputs.targets).to.deep.equal({
            "api.origin.shop.example.com": {
                domainName: other.regionalDomainName,
                zoneId: other.regionalZoneId,
            },
        });
        const problems = await problemsOf({
            ...SHARED_REST,
            domain: { ...SHARED_REST.domain, alsoNamed: ["api-eu.shop.example.com"] },
        });
        expect(pathsOf(problems)).to.deep.equal(["domain.alsoNamed"]);
    });

    it("shares a name by rules, and gives out what callers need", () => {
        expect(one(full, DOMAIN).inputs.routingMode).to.equal("ROUTING_RULE_ONLY");
        expect(one(full, RULE).inputs).to.deep.include({
            priority: 10,
            conditions: [
                { matchBasePaths: { anyOfs: ["v1"] } },
                { matchHeaders: { anyOf: { header: "x-version", valueGlob: "1*" } } },
            ],
        });
        expect(ofType(full, MAPPING)).to.deep.equal([]);
        expect(full.outputs.url).to.equal("https://api.shop.example.com");
        expect(full.outputs.permissions).to.deep.equal([
            {
                sid: "CallApis",
                actions: ["execute-api:Invoke"],
                resources: [`${String(one(full, API).outputs.executionArn)}/v1/*`],
            },
        ]);
        expect(Object.keys(full.outputs.keys as object)).to.deep.equal(["partners/acme", "partners/globex"]);
    });

    it("rings on failures, refusals, slowness and a cache that does not help", () => {
        const alarms = ofType(full, ALARM);
        expect(alarms.map(({ name, inputs }) => [name, inputs.threshold])).to.have.deep.members([
            ["todos-server-errors", 2],
            ["todos-client-errors", 50],
            ["todos-latency", 2000],
            ["todos-integration-latency", 1500],
            ["todos-cache-hits", 20],
        ]);
        expect(one(full, ALARM, "todos-latency").inputs).to.deep.include({
            metricName: "Latency",
            extendedStatistic: "p99",
            dimensions: { ApiName: one(full, API).inputs.name, Stage: "v1" },
        });
        expect(ofType(small, ALARM)).to.deep.equal([]);
    });

    describe("refuses", () => {
        const cached = (operations: object, more: object = {}) => ({ ...REST, operations, ...more });
        const cases: [string, object, string[]][] = [
            ["nothing of good arguments", REST, []],
            [
                "a personal operation whose key lacks the caller",
                cached({
                    listTodos: {
                        cacheTtlSeconds: 60,
                        cacheKeyParameters: ["method.request.querystring.limit", ORIGIN],
                    },
                }),
                ['operations["listTodos"].cacheKeyParameters'],
            ],
            [
                "a program's operation whose key lacks the program",
                cached({
                    getReport: {
                        cacheTtlSeconds: 60,
                        cacheKeyParameters: ["method.request.path.day", ORIGIN],
                    },
                }),
                ['operations["getReport"].cacheKeyParameters'],
            ],
            [
                "an operation whose key lacks its path",
                cached({
                    getTodo: {
                        cacheTtlSeconds: 60,
                        cacheKeyParameters: ["method.request.header.Authorization", ORIGIN],
                    },
                }),
                ['operations["getTodo"].cacheKeyParameters'],
            ],
            [
                "a key of something else",
                cached({
                    listNews: {
                        cacheTtlSeconds: 60,
                        cacheKeyParameters: ["method.request.querystring.page", ORIGIN],
                    },
                }),
                ['operations["listNews"].cacheKeyParameters'],
            ],
            [
                "a key without a cache",
                cached({ listNews: { cacheKeyParameters: ["method.request.querystring.category"] } }),
                ['operations["listNews"].cacheKeyParameters'],
            ],
            [
                "a cache of what changes something",
                cached({ addTodo: { cacheTtlSeconds: 60 } }),
                ['operations["addTodo"].cacheTtlSeconds'],
            ],
            [
                "a cache that is not there",
                { ...good, operations: { list: { cacheTtlSeconds: 60 } } },
                ['operations["list"].cacheTtlSeconds'],
            ],
            [
                "a cache of signed requests",
                {
                    ...SIGNED_REST,
                    cache: { sizeGb: 0.5 },
                    operations: { listTodos: { cacheTtlSeconds: 60 } },
                },
                ['operations["listTodos"].cacheTtlSeconds'],
            ],
            [
                "a second that is none",
                cached({ listNews: { cacheTtlSeconds: 0 } }),
                ['operations["listNews"].cacheTtlSeconds'],
            ],
            [
                "more than an hour",
                cached({ listNews: { cacheTtlSeconds: 3601 } }),
                ['operations["listNews"].cacheTtlSeconds'],
            ],
            [
                "an operation that is not there",
                cached({ nothing: { throttling: { rateLimit: 1, burstLimit: 1 } } }),
                ['operations["nothing"]'],
            ],
            ["a size that is not made", { ...REST, cache: { sizeGb: 1 } }, ["cache.sizeGb"]],
            [
                "a wait too short",
                {
                    ...good,
                    integrations: { things: { ...good.integrations.things, timeoutMilliseconds: 49 } },
                },
                ['integrations["things"].timeoutMilliseconds'],
            ],
            [
                "a wait too long",
                {
                    ...good,
                    integrations: { things: { ...good.integrations.things, timeoutMilliseconds: 29_001 } },
                },
                ['integrations["things"].timeoutMilliseconds'],
            ],
            [
                "nothing of both ends of a wait",
                {
                    ...good,
                    integrations: { things: { ...good.integrations.things, timeoutMilliseconds: 50 } },
                },
                [],
            ],
            [
                "an integration of nothing",
                { ...good, integrations: { things: {} } },
                ['integrations["things"]'],
            ],
            [
                "an operation without an answer",
                {
                    ...REST,
                    integrations: {
                        todos: { function: REST.integrations.todos?.function, operations: ["listTodos"] },
                    },
                    network: undefined,
                },
                ["integrations"],
            ],
            [
                "an answer without an operation",
                {
                    ...good,
                    integrations: {
                        ...good.integrations,
                        other: { function: { functionName: "x", aliasName: "y" }, operations: ["nothing"] },
                    },
                },
                ['integrations["other"].operations[0]'],
            ],
            [
                "two answers to one operation",
                {
                    ...good,
                    integrations: {
                        ...good.integrations,
                        other: { function: { functionName: "x", aliasName: "y" } },
                    },
                },
                ['integrations["other"]'],
            ],
            ["a balancer without a network", { ...REST, network: undefined }, ["network"]],
            ["a network without a balancer", { ...good, network: REST.network }, ["network"]],
            ["a scheme that nobody fulfils", { ...REST, authorizers: undefined }, ["authorizers"]],
            [
                "an authorizer that nobody asks for",
                { ...REST, authorizers: { ...REST.authorizers, others: { iam: true } } },
                ['authorizers["others"]'],
            ],
            [
                "an authorizer of two kinds",
                { ...REST, authorizers: { users: { userPoolArns: [POOL], iam: true } } },
                ['authorizers["users"]'],
            ],
            ["keys that nobody can have", { ...REST, usagePlans: undefined }, ["usagePlans"]],
            ["keys that nobody asks for", { ...good, usagePlans: REST.usagePlans }, ["usagePlans"]],
            [
                "a name without a certificate",
                { ...good, domain: { domainName: "api.example.com" } },
                ["domain"],
            ],
            ["a route of nobody's name", { ...good, route: { priority: 1 } }, ["route"]],
            [
                "a route beside a mapping",
                { ...REST, domain: { ...REST.domain, routeByRules: false } },
                ["route"],
            ],
            ["a shared name without a route", { ...REST, route: undefined }, ["route"]],
            ["two firewalls", { ...SIGNED_REST, webAcl: {} }, ["webAcl"]],
            [
                "every origin beside one",
                { ...good, cors: { allowOrigins: ["*", "https://a.example.com"] } },
                ["cors.allowOrigins"],
            ],
            [
                "an origin with a path",
                { ...good, cors: { allowOrigins: ["https://a.example.com/"] } },
                ["cors.allowOrigins[0]"],
            ],
        ];
        for (const [what, args, paths] of cases) {
            it(what, async () => {
                expect(pathsOf(await problemsOf(args))).to.deep.equal(paths);
            });
        }

        it("a list among the parameters of a cached operation, and a cookie", async () => {
            const of = (parameter: string) => ({
                ...good,
                cache: { sizeGb: 0.5 },
                operations: { list: { cacheTtlSeconds: 60 } },
                document: SMALL.replace("security: []", `security: []\n      parameters: [${parameter}]`),
            });
            expect(await problemsOf(of("{ name: tag, in: query, schema: { type: string } }"))).to.deep.equal(
                [],
            );
            expect(
                await problemsOf(
                    of("{ name: tag, in: query, schema: { type: array, items: { type: string } } }"),
                ),
            ).to.deep.equal([
                'operations["list"].cacheTtlSeconds is 60; allowed: nothing for an operation whose parameter tag is a list. A key holds its last value alone, so that other lists would have the same answer',
            ]);
            expect(
                pathsOf(await problemsOf(of("{ name: session, in: cookie, schema: { type: string } }"))),
            ).to.deep.equal(['operations["list"].cacheTtlSeconds']);
        });

        it("a personal key with words that say why", async () => {
            const [problem] = await problemsOf(
                cached({ listTodos: { cacheTtlSeconds: 60, cacheKeyParameters: [ORIGIN] } }),
            );
            expect(problem).to.equal(
                'operations["listTodos"].cacheKeyParameters is ["method.request.header.Origin"]; allowed: a list with method.request.header.Authorization. Without it one user is given what was kept for another; leave the cache out if it cannot be',
            );
        });
    });

    it("takes the same document as JSON", async () => {
        const asJson = JSON.stringify({
            openapi: "3.0.3",
            info: { title: "T", version: "1" },
            paths: {
                "/things": {
                    get: {
                        operationId: "list",
                        security: [],
                        responses: { default: { description: "all" } },
                    },
                },
            },
        });
        expect(one(await preview({ ...good, document: asJson }), API).inputs.body).to.equal(
            one(small, API).inputs.body,
        );
        expect(DOCUMENT).to.not.equal(PLAIN_DOCUMENT);
    });
});
