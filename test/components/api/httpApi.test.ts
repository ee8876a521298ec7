import { expect } from "chai";
import { HttpApi, type HttpApiArgs } from "../../../components/api/httpApi/httpApi";
import { DOCUMENT, HTTP, PLAIN_DOCUMENT } from "../../support/components/apiArguments";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import {
    at,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../support/preview";
import { inTestAccount } from "../../support/surroundings";

const API = "aws:apigatewayv2/api:Api";
const STAGE = "aws:apigatewayv2/stage:Stage";
const ROUTE = "aws:apigatewayv2/route:Route";
const AUTHORIZER = "aws:apigatewayv2/authorizer:Authorizer";
const INTEGRATION = "aws:apigatewayv2/integration:Integration";
const DOMAIN = "aws:apigatewayv2/domainName:DomainName";
const MAPPING = "aws:apigatewayv2/apiMapping:ApiMapping";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const good: HttpApiArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    kmsKeyArn: HTTP.kmsKeyArn,
    document: PLAIN_DOCUMENT,
    integrations: { all: { function: { functionName: "todos", aliasName: "live" } } },
    authorizers: { users: { iam: true } },
};

const preview = (args: HttpApiArgs) => previewProgram(() => new HttpApi("todos", args, inTestAccount()));

describe("HttpApi", () => {
    let full: ProgramPreview;
    let small: ProgramPreview;
    before(async () => {
        full = await previewProgram(() => {
            const api = new HttpApi("todos", HTTP, inTestAccount());
            return { url: api.url, host: api.hostName };
        });
        small = await previewProgram(() => {
            const api = new HttpApi("todos", good, inTestAccount());
            return { url: api.url, permissions: api.invokePermissions };
        });
    });

    it("has a route for each operation, for whom the document says, with its scopes", () => {
        const authorizerId = one(full, AUTHORIZER).id;
        const jwt = { type: "JWT", authorizerId };
        const found = ofType(full, ROUTE).map(({ inputs }) => [
            inputs.routeKey,
            {
                type: inputs.authorizationType,
                ...(inputs.authorizerId === undefined ? {} : { authorizerId: inputs.authorizerId }),
                ...(inputs.authorizationScopes === undefined ? {} : { scopes: inputs.authorizationScopes }),
            },
        ]);
        expect(found).to.have.deep.members([
            ["GET /todos", jwt],
            ["POST /todos", jwt],
            ["GET /todos/{todoId}", jwt],
            ["DELETE /todos/{todoId}", jwt],
            ["GET /news", { type: "NONE" }],
            ["GET /reports/{day}", { ...jwt, scopes: ["reports/read", "reports/all"] }],
            ["GET /orders/{orderId}/lines/{rest+}", jwt],
        ]);
        expect(one(full, AUTHORIZER).inputs).to.deep.include({
            authorizerType: "JWT",
            identitySources: ["$request.header.Authorization"],
            jwtConfiguration: HTTP.authorizers?.users,
        });
        expect(new Set(ofType(small, ROUTE).map(({ inputs }) => inputs.authorizationType))).to.deep.equal(
            new Set(["AWS_IAM", "NONE"]),
        );
        expect(ofType(small, AUTHORIZER)).to.deep.equal([]);
    });

    it("sends each route to what answers it", () => {
        const targets = Object.fromEntries(
            ofType(full, ROUTE).map(({ inputs }) => [String(inputs.operationName), inputs.target]),
        );
        const idOf = (name: string): string => `integrations/${one(full, INTEGRATION, name).id}`;
        expect(targets).to.include({
            listTodos: idOf("todos-todos-integration"),
            getLines: idOf("todos-orders-integration"),
        });
        expect(one(full, INTEGRATION, "todos-todos-integration").inputs).to.deep.include({
            integrationType: "AWS_PROXY",
            integrationUri: `arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:function:todos:live`,
            payloadFormatVersion: "2.0",
            timeoutMilliseconds: 5000,
        });
        expect(one(full, INTEGRATION, "todos-orders-integration").inputs).to.deep.include({
            integrationType: "HTTP_PROXY",
            connectionType: "VPC_LINK",
            connectionId: one(full, "aws:apigatewayv2/vpcLink:VpcLink").id,
            tlsConfig: { serverNameToVerify: "orders.internal.example.com" },
            timeoutMilliseconds: 30_000,
        });
        expect(one(full, "aws:lambda/permission:Permission").inputs).to.deep.include({
            qualifier: "live",
            sourceArn: `${String(one(full, API).outputs.executionArn)}/*/*`,
        });
    });

    it("deploys by itself, once its routes are there, with limits and a log", () => {
        const { inputs, dependencies } = one(full, STAGE);
        expect(inputs).to.deep.include({
            name: "$default",
            autoDeploy: true,
            defaultRouteSettings: {
                throttlingRateLimit: 50,
                throttlingBurstLimit: 100,
                detailedMetricsEnabled: true,
            },
            routeSettings: [
                {
                    routeKey: "POST /todos",
                    throttlingRateLimit: 5,
                    throttlingBurstLimit: 10,
                    detailedMetricsEnabled: true,
                },
            ],
        });
        expect(dependencies.filter((urn) => urn.includes(ROUTE))).to.have.lengthOf(7);
        expect(JSON.parse(String(at(inputs, "accessLogSettings.format")))).to.include({
            route: "$context.routeKey",
        });
        expect(at(one(small, STAGE).inputs, "defaultRouteSettings.throttlingRateLimit")).to.equal(100);
    });

    it("has its own name alone, where it has one, and tells browsers who may call", () => {
        expect(one(full, API).inputs).to.deep.include({
            disableExecuteApiEndpoint: true,
            corsConfiguration: {
                allowOrigins: ["https://shop.example.com", "https://app.example.com"],
                allowMethods: ["GET", "POST", "DELETE"],
                allowHeaders: ["authorization", "content-type"],
                exposeHeaders: ["etag"],
                maxAge: 3600,
                allowCredentials: true,
            },
        });
        expect(at(one(full, DOMAIN).inputs, "domainNameConfiguration.securityPolicy")).to.equal("TLS_1_2");
        expect(one(full, MAPPING).inputs).to.deep.include({ apiMappingKey: "todos", stage: "$default" });
        expect(full.outputs).to.deep.equal({
            url: "https://api.shop.example.com/todos",
            host: "api.shop.example.com",
        });
        const records = ofType(full, "aws:route53/record:Record").filter(({ name }) =>
            name.includes("-record-a"),
        );
        expect(records.map(({ inputs }) => inputs.type)).to.have.members(["CNAME", "A", "AAAA"]);
        expect(one(small, API).inputs.disableExecuteApiEndpoint).to.equal(false);
        expect(small.outputs.url).to.equal(one(small, API).outputs.apiEndpoint);
        expect(small.outputs.permissions).to.have.nested.property("[0].actions[0]", "execute-api:Invoke");
    });

    it("rings on failures, refusals and slowness", () => {
        expect(ofType(full, ALARM).map(({ name }) => name)).to.have.members([
            "todos-server-errors",
            "todos-client-errors",
            "todos-latency",
            "todos-integration-latency",
        ]);
        expect(one(full, ALARM, "todos-latency").inputs.dimensions).to.deep.equal({
            ApiId: one(full, API).id,
            Stage: "$default",
        });
        expect(ofType(small, ALARM)).to.deep.equal([]);
    });

    describe("refuses", () => {
        const users = (authorizer: object) => ({ ...good, authorizers: { users: authorizer } });
        const things = good.integrations.all;
        const cases: [string, object, string[]][] = [
            ["nothing of good arguments", HTTP, []],
            ["keys of API Gateway's own", { ...good, document: DOCUMENT }, ["authorizers"]],
            [
                "an issuer without audiences",
                users({ issuer: "https://issuer.example.com" }),
                ['authorizers["users"]'],
            ],
            ["audiences without an issuer", users({ audiences: ["a"], iam: true }), ['authorizers["users"]']],
            [
                "tokens and signatures at once",
                users({ issuer: "https://issuer.example.com", audiences: ["a"], iam: true }),
                ['authorizers["users"]'],
            ],
            ["an authorizer of nothing", users({}), ['authorizers["users"]']],
            [
                "an issuer with a slash",
                users({ issuer: "https://issuer.example.com/", audiences: ["a"] }),
                ['authorizers["users"].issuer', 'authorizers["users"]'],
            ],
            [
                "a wait too long",
                { ...good, integrations: { all: { ...things, timeoutMilliseconds: 30_001 } } },
                ['integrations["all"].timeoutMilliseconds'],
            ],
            [
                "nothing of the longest wait",
                { ...good, integrations: { all: { ...things, timeoutMilliseconds: 30_000 } } },
                [],
            ],
            [
                "cookies of every origin",
                { ...good, cors: { allowOrigins: ["*"], allowCredentials: true } },
                ["cors.allowCredentials"],
            ],
            [
                "a rate of nothing",
                { ...good, throttling: { rateLimit: 0, burstLimit: 1 } },
                ["throttling.rateLimit"],
            ],
            [
                "a burst of nothing",
                { ...good, throttling: { rateLimit: 1, burstLimit: 0 } },
                ["throttling.burstLimit"],
            ],
            [
                "a base path with a slash at its end",
                { ...HTTP, domain: { ...HTTP.domain, basePath: "v1/" } },
                ["domain.basePath"],
            ],
        ];
        for (const [what, args, paths] of cases) {
            it(what, async () => {
                const problems = await problemsOfProgram(
                    () => new HttpApi("todos", args as HttpApiArgs, inTestAccount()),
                );
                expect(pathsOf(problems)).to.deep.equal(paths);
            });
        }
    });

    it("is made with scopes that differ, and nothing else of a route", async () => {
        const other = await preview({
            ...HTTP,
            document: PLAIN_DOCUMENT.replace("reports/all", "reports/some"),
        });
        const changed = ofType(other, ROUTE).filter(
            ({ inputs }, index) =>
                JSON.stringify(inputs) !== JSON.stringify(ofType(full, ROUTE)[index]?.inputs),
        );
        expect(changed.map(({ inputs }) => inputs.operationName)).to.deep.equal(["getReport"]);
    });
});
