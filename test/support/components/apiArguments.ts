/** Documents and arguments of APIs, with everything in them that goes together. */
import * as components from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

/** A document with an open operation, personal ones, one for programs with keys, and one behind a balancer. */
export const DOCUMENT = `openapi: 3.0.3
info: { title: To-dos, version: 1.2.0, description: What is to be done }
security:
  - users: []
paths:
  /todos:
    get:
      operationId: listTodos
      summary: The caller's to-dos
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: Accept-Language, in: header, schema: { type: string } }
      responses:
        "200": { $ref: "#/components/responses/Todos" }
        4XX: { description: refused }
    post:
      operationId: addTodo
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/NewTodo" }
      responses:
        "201": { description: added }
  /todos/{todoId}:
    parameters:
      - { $ref: "#/components/parameters/TodoId" }
    get:
      operationId: getTodo
      responses:
        "200": { description: the to-do }
    delete:
      operationId: removeTodo
      responses:
        "204": { description: removed }
  /news:
    get:
      operationId: listNews
      security: []
      parameters:
        - { name: category, in: query, schema: { type: string } }
      responses:
        "200": { description: the news }
  /reports/{day}:
    get:
      operationId: getReport
      security:
        - programs: []
      parameters:
        - { name: day, in: path, required: true, schema: { type: string } }
      responses:
        "200": { description: the report }
  /orders/{orderId}/lines/{rest+}:
    get:
      operationId: getLines
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string } }
        - { name: rest, in: path, required: true, schema: { type: string } }
      responses:
        "200": { description: the lines }
components:
  parameters:
    TodoId: { name: todoId, in: path, required: true, description: Which one, schema: { type: string } }
  responses:
    Todos:
      description: the to-dos
      content:
        application/json:
          schema: { type: array, nullable: true, items: { $ref: "#/components/schemas/Todo" } }
  schemas:
    Todo:
      type: object
      properties: { id: { type: string, nullable: true } }
    NewTodo:
      type: object
      required: [title]
      additionalProperties: false
      properties:
        title: { type: string, minLength: 1, maxLength: 200, example: Milk }
        count: { type: integer, format: int32, minimum: 1, default: 1 }
        example: { type: string, description: a property by the name of a keyword }
        place: { $ref: "#/components/schemas/Place" }
    Place:
      type: object
      properties: { name: { type: string }, within: { $ref: "#/components/schemas/Place" } }
  securitySchemes:
    users: { type: http, scheme: bearer, bearerFormat: JWT }
    programs: { type: apiKey, in: header, name: x-api-key }
`;

/** The same without what HTTP APIs do not know. */
export const PLAIN_DOCUMENT = DOCUMENT.replace(
    "    programs: { type: apiKey, in: header, name: x-api-key }\n",
    "",
).replace("        - programs: []\n", "        - users: [reports/read, reports/all]\n");

export const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/1234abcd`;
export const POOL = `arn:aws:cognito-idp:${TEST_REGION}:${TEST_ACCOUNT}:userpool/${TEST_REGION}_Abc123`;
const BALANCERS = `arn:aws:elasticloadbalancing:${TEST_REGION}:${TEST_ACCOUNT}`;
const common = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    kmsKeyArn: KEY,
    logRetentionDays: 90,
    alarmTopicArns: [`arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:oncall`],
    tags: { project: "shop" },
    network: { vpcId: "vpc-0a", subnetIds: ["subnet-0a", "subnet-0b"] },
    description: "To-dos of everybody",
};
const alarmThresholds: Required<components.ApiAlarmThresholds> = {
    serverErrorPercent: 2,
    clientErrorPercent: 50,
    latencyMilliseconds: 2000,
    integrationLatencyMilliseconds: 1500,
};
const todos = { functionName: "todos", aliasName: "live" };
const cors: Required<components.ApiCors> = {
    allowOrigins: ["https://shop.example.com", "https://app.example.com"],
    allowHeaders: ["authorization", "content-type"],
    exposeHeaders: ["etag"],
    maxAgeSeconds: 3600,
};

/** A REST API with a cache, keys, a name of its own and everything else. */
export const REST: components.RestApiArgs = {
    ...common,
    document: DOCUMENT,
    integrations: {
        todos: {
            function: todos,
            operations: ["/todos/*", "listNews", "getReport"],
            timeoutMilliseconds: 5000,
        },
        orders: {
            balancer: {
                loadBalancerArn: `${BALANCERS}:loadbalancer/app/orders/1234`,
                serverName: "orders.internal.example.com",
                port: 8443,
                pathPrefix: "/internal",
            },
        },
    },
    authorizers: { users: { userPoolArns: [POOL] } },
    stageName: "v1",
    throttling: { rateLimit: 50, burstLimit: 100 },
    cache: { sizeGb: 0.5, unauthorizedCacheControl: components.UnauthorizedCacheControl.SucceedWithHeader },
    operations: {
        listTodos: { cacheTtlSeconds: 60 },
        getTodo: {
            cacheTtlSeconds: 30,
            cacheKeyParameters: [
                "method.request.path.todoId",
                "method.request.header.Authorization",
                "method.request.header.Origin",
            ],
        },
        listNews: { cacheTtlSeconds: 3600 },
        addTodo: { throttling: { rateLimit: 5, burstLimit: 10 } },
    },
    cors,
    usagePlans: {
        partners: {
            keys: ["acme", "globex"],
            throttling: { rateLimit: 10, burstLimit: 20 },
            quota: { limit: 100_000, period: components.QuotaPeriod.Month },
        },
    },
    domain: {
        domainName: "api.shop.example.com",
        certificateArn: `arn:aws:acm:${TEST_REGION}:${TEST_ACCOUNT}:certificate/1`,
        hostedZoneId: "Z123",
        securityPolicy: components.ApiTlsPolicy.Tls13AndTls12,
        routeByRules: true,
    },
    route: { priority: 10, basePath: "v1", stripBasePath: true, header: { name: "x-version", value: "1*" } },
    resourcePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" },
        ],
    }),
    webAcl: {
        exposure: components.Exposure.Internet,
        rateLimitPerFiveMinutes: 1000,
        requiredHeader: { name: "x-origin", values: ["secret-1"] },
    },
    alarmThresholds: { ...alarmThresholds, cacheHitPercent: 20 },
};

/** A REST API for callers of IAM, behind a firewall that is there already, under a name that another API owns. */
export const SIGNED_REST: components.RestApiArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    kmsKeyArn: KEY,
    document: PLAIN_DOCUMENT,
    integrations: { all: { function: todos } },
    authorizers: { users: { iam: true } },
    webAclArn: `arn:aws:wafv2:${TEST_REGION}:${TEST_ACCOUNT}:regional/webacl/shared/1234`,
    route: { domainName: "api.shop.example.com", priority: 20, basePath: "v2" },
};

const { route: _, ...unrouted } = SIGNED_REST;

/** A REST API that shares a name with those of other regions. */
export const SHARED_REST: components.RestApiArgs = {
    ...unrouted,
    domain: {
        domainName: "api-eu.shop.example.com",
        alsoNamed: ["api.origin.shop.example.com"],
        hostedZoneId: "Z123",
        basePath: "v1",
    },
};
/** An HTTP API with a name of its own and everything else. */
export const HTTP: components.HttpApiArgs = {
    ...common,
    document: PLAIN_DOCUMENT,
    integrations: {
        todos: {
            function: todos,
            operations: ["/todos/*", "listNews", "getReport"],
            timeoutMilliseconds: 5000,
        },
        orders: {
            balancer: {
                listenerArn: `${BALANCERS}:listener/app/orders/1234/5678`,
                serverName: "orders.internal.example.com",
            },
        },
    },
    authorizers: {
        users: {
            issuer: `https://cognito-idp.${TEST_REGION}.amazonaws.com/${TEST_REGION}_Abc123`,
            audiences: ["client-1"],
        },
    },
    throttling: { rateLimit: 50, burstLimit: 100 },
    operations: { addTodo: { throttling: { rateLimit: 5, burstLimit: 10 } } },
    cors: { ...cors, allowCredentials: true },
    domain: {
        domainName: "api.shop.example.com",
        hostedZoneId: "Z123",
        basePath: "todos",
    },
    alarmThresholds,
};
