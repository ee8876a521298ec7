import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const REST_API = "aws:apigateway/restApi:RestApi";
const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const RESOURCE = "aws:apigateway/resource:Resource";
const RESPONSE = "aws:apigateway/response:Response";
const API = "aws:apigatewayv2/api:Api";
const ROUTE = "aws:apigatewayv2/route:Route";

const FIXTURE: readonly FixtureResource[] = [
    { type: REST_API, name: "orders", inputs: { name: "orders", body: "{}" } },
    {
        type: DEPLOYMENT,
        name: "orders",
        inputs: { restApi: refTo(REST_API, "orders"), triggers: { definition: "1234" } },
    },
    { type: REST_API, name: "parts", inputs: { name: "parts" } },
    {
        type: RESOURCE,
        name: "parts",
        inputs: { restApi: refTo(REST_API, "parts"), parentId: "root", pathPart: "parts" },
    },
    { type: API, name: "wares", inputs: { protocolType: "HTTP" } },
    {
        type: ROUTE,
        name: "wares",
        inputs: { apiId: refTo(API, "wares"), routeKey: "GET /wares", authorizationType: "AWS_IAM" },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "apigateway-deployment-triggers",
        title: "left out",
        fixture: FIXTURE,
        change: (stack) => {
            stack.unset(stack.find(DEPLOYMENT, "orders"), "triggers");
        },
        decidedBy: "relations",
        message: "triggers is not given",
    },
    {
        rule: "apigateway-one-definition",
        title: "a path beside the body",
        fixture: FIXTURE,
        change: (stack) => {
            stack.set(stack.find(REST_API, "parts"), "body", "{}");
        },
        decidedBy: "relations",
        message: "beside it what the body should say: parts",
    },
    {
        rule: "apigateway-one-definition",
        title: "an answer of API Gateway's own beside the body",
        fixture: FIXTURE,
        change: (stack) => {
            stack.add({
                type: RESPONSE,
                name: "refused",
                inputs: { restApiId: refTo(REST_API, "orders"), responseType: "UNAUTHORIZED" },
            });
        },
        decidedBy: "relations",
        message: "beside it what the body should say: refused",
    },
    {
        rule: "apigateway-one-definition",
        title: "a route beside the body of an HTTP API",
        fixture: FIXTURE,
        change: (stack) => {
            stack.set(stack.find(API, "wares"), "body", "{}");
        },
        decidedBy: "relations",
        message: "beside it what the body should say: wares",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "apigateway-deployment-triggers",
        title: "an API of another stack",
        fixture: FIXTURE,
        change: (stack) => {
            stack.add({ type: DEPLOYMENT, name: "elsewhere", inputs: { restApi: "abc1234567" } });
        },
    },
];
