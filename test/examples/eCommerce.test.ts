import { expect } from "chai";

import { only, type RegisteredResource } from "../support/preview";
import { systemWith, told } from "../support/preview/losses";
import { ExampleSystem, isType, type Part } from "../support/systems/system";

const system = new ExampleSystem("e-commerce");

const ONE_REGION = "prod";
const [FIRST, SECOND] = ["prod-us", "prod-eu"] as const;
const STACKS = [ONE_REGION, FIRST, SECOND];

const SERVICE = "aws:ecs/service:Service";
const FUNCTION = "aws:lambda/function:Function";
const ALIAS = "aws:lambda/alias:Alias";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const QUEUE = "aws:sqs/queue:Queue";
const RECORD = "aws:route53/record:Record";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const API = "aws:apigateway/restApi:RestApi";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const HANDLERS = ["catalogue", "cart", "sessions"];

const named = (pattern: RegExp) => (_: unknown, name: string) => pattern.test(name);

/** As the system is described; what each region has. */
const PARTS: readonly Part[] = [
    { part: "the dynamic front end on Fargate", is: isType(SERVICE, named(/^commerce-front-service$/)) },
    {
        part: "orders, payments and complex operations on Fargate",
        is: isType(SERVICE, named(/^commerce-(?:orders|payments|operations)-service$/)),
        atLeast: 3,
    },
    {
        part: "a balancer of the front end",
        is: isType(BALANCER, ({ internal }, name) => internal === false && name.includes("front")),
    },
    {
        part: "a balancer of the services",
        is: isType(BALANCER, ({ internal }, name) => internal === true && name.includes("services")),
    },
    { part: "API Gateway", is: isType(API) },
    {
        part: "a firewall of the API",
        is: isType("aws:wafv2/webAclAssociation:WebAclAssociation"),
        atLeast: 2,
    },
    {
        part: "catalogue, cart and sessions in functions",
        is: isType(FUNCTION, named(/^commerce-(?:catalogue|cart|sessions)-function$/)),
        atLeast: 3,
    },
    { part: "DAX", is: isType("aws:dax/cluster:Cluster") },
    {
        part: "queues between orders and payments",
        is: isType(QUEUE, named(/^commerce-payment-(?:requests|results)-queue$/)),
        atLeast: 2,
    },
    {
        part: "their dead-letter queues",
        is: isType(QUEUE, named(/^commerce-payment-(?:requests|results)-dead-letters$/)),
        atLeast: 2,
    },
    { part: "Aurora", is: isType("aws:rds/cluster:Cluster", ({ engine }) => engine === "aurora-postgresql") },
    { part: "alarms", is: isType("aws:cloudwatch/metricAlarm:MetricAlarm"), atLeast: 40 },
    { part: "logs", is: isType("aws:cloudwatch/logGroup:LogGroup"), atLeast: 10 },
    { part: "events", is: isType("aws:cloudwatch/eventRule:EventRule", named(/^commerce-/)), atLeast: 2 },
    {
        part: "X-Ray through OpenTelemetry from the functions",
        is: isType(
            FUNCTION,
            ({ layers, tracingConfig }) =>
                String(layers).includes("AWSOpenTelemetryDistroJs") &&
                (tracingConfig as { mode?: string } | undefined)?.mode === "Active",
        ),
        atLeast: 3,
    },
    {
        part: "X-Ray through OpenTelemetry from the tasks",
        is: isType(TASK, ({ containerDefinitions }) =>
            String(containerDefinitions).includes("aws-otel-collector"),
        ),
        atLeast: 4,
    },
    {
        part: "public subnets",
        is: isType("aws:ec2/subnet:Subnet", named(/edge/)),
        atLeast: 3,
    },
    {
        part: "private subnets",
        is: isType("aws:ec2/subnet:Subnet", named(/web|api|data|stores/)),
        atLeast: 12,
    },
    {
        part: "a role for each task",
        is: isType("aws:iam/role:Role", named(/^commerce-(?:front|orders|payments|operations)-task-role$/)),
        atLeast: 4,
    },
    {
        part: "a role for each function",
        is: isType("aws:iam/role:Role", named(/^commerce-(?:catalogue|cart|sessions)-function-role$/)),
        atLeast: 3,
    },
];

/** What the first region's stack makes for both. */
const ONCE: readonly Part[] = [
    { part: "CloudFront", is: isType(DISTRIBUTION) },
    { part: "its firewall", is: isType("aws:wafv2/webAcl:WebAcl", ({ scope }) => scope === "CLOUDFRONT") },
    { part: "S3 for images, fonts and pages", is: isType("aws:s3/bucket:Bucket", named(/static/)) },
    { part: "health checks", is: isType("aws:route53/healthCheck:HealthCheck") },
    { part: "Cognito", is: isType("aws:cognito/userPool:UserPool") },
    {
        part: "tables of the functions",
        is: isType("aws:dynamodb/table:Table", named(/^commerce-table-/)),
        atLeast: 3,
    },
    {
        part: "tokens of third parties",
        is: isType("aws:secretsmanager/secret:Secret", named(/-token$/)),
        atLeast: 2,
    },
];

const ofType = (resources: readonly RegisteredResource[], type: string) =>
    resources.filter((resource) => resource.type === type);

interface Operation {
    readonly security: readonly Record<string, unknown>[];
    readonly "x-amazon-apigateway-integration": { readonly type: string; readonly uri: string };
}

/** The operations of the API by method and path. */
function operationsOf(resources: readonly RegisteredResource[]): Map<string, Operation> {
    const { paths } = JSON.parse(String(only(resources, API).inputs["body"])) as {
        paths: Record<string, Record<string, Operation>>;
    };
    return new Map(
        Object.entries(paths).flatMap(([path, methods]) =>
            Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
        ),
    );
}

describe("the e-commerce shop", () => {
    it("is previewed without a warning for one region and for two", async () => {
        expect(await system.messages()).to.deep.equal([]);
        for (const stack of STACKS) {
            expect(await system.resources(stack), stack).not.to.have.length(0);
        }
    });

    it("has every part that its description names", async () => {
        for (const stack of STACKS) {
            expect(await system.missing(stack, PARTS), stack).to.deep.equal([]);
        }
        for (const stack of [ONE_REGION, FIRST]) {
            expect(await system.missing(stack, ONCE), stack).to.deep.equal([]);
        }
    });

    it("lets through what its README says, and nothing else", async () => {
        for (const stack of STACKS) {
            expect(await system.ways(stack), stack).to.have.members(system.table("ways"));
        }
    });

    it("gives every role what its README says, and nothing else", async () => {
        for (const stack of [ONE_REGION, FIRST]) {
            expect(await system.access(stack), stack).to.have.members(system.table("access"));
        }
        expect(await system.access(SECOND)).to.have.members(system.table("access in the second region"));
    });

    it("has the distribution ask S3, the front end and the API, each for its own paths", async () => {
        const { inputs } = only(await system.resources(FIRST), DISTRIBUTION);
        const origins = new Map(
            (inputs["origins"] as { originId: string; domainName: string }[]).map((origin) => [
                origin.originId,
                origin.domainName,
            ]),
        );
        expect(origins.get("dynamic")).to.equal("origin.shop.example.org");
        expect(origins.get("path-api")).to.equal("api.shop.example.org");
        const behaviours = inputs["orderedCacheBehaviors"] as {
            pathPattern: string;
            targetOriginId: string;
        }[];
        expect(
            behaviours.map(({ pathPattern, targetOriginId }) => `${pathPattern} ${targetOriginId}`),
        ).to.deep.equal([
            "/maintenance/* static",
            "/api/* path-api",
            "/images/* static",
            "/fonts/* static",
            "/pages/* static",
        ]);
    });

    it("routes by path to the alias of the function whose path it is, and to the services' balancer", async () => {
        for (const stack of STACKS) {
            const resources = await system.resources(stack);
            const operations = operationsOf(resources);
            const uriOf = (operation: string) => {
                const found = operations.get(operation);
                expect(found, operation).to.not.equal(undefined);
                return String(found?.["x-amazon-apigateway-integration"].uri);
            };
            const aliasOf = (name: string) =>
                String(only(resources, ALIAS, new RegExp(`^commerce-${name}-alias$`)).outputs["arn"]);
            expect(uriOf("get /products")).to.contain(aliasOf("catalogue"));
            expect(uriOf("post /cart/items")).to.contain(aliasOf("cart"));
            expect(uriOf("post /sessions")).to.contain(aliasOf("sessions"));
            const host =
                stack === ONE_REGION
                    ? "services.shop.example.com"
                    : /^services-[a-z0-9-]+\.shop\.example\.org$/;
            for (const operation of ["post /orders", "get /payments/{orderId}", "post /operations/returns"]) {
                const { hostname } = new URL(uriOf(operation).replace(/[{}]/g, ""));
                expect(hostname).to.match(typeof host === "string" ? new RegExp(`^${host}$`) : host);
            }
        }
    });

    it("asks for a token wherever something is somebody's own, and may be called elsewhere by all", async () => {
        const open = [...operationsOf(await system.resources(FIRST))]
            .filter(([, { security }]) => security.length === 0)
            .map(([operation]) => operation);
        expect(open).to.have.members([
            "get /products",
            "get /products/{productId}",
            "post /sessions",
            "get /sessions/current",
            "put /sessions/current",
            "delete /sessions/current",
            "post /sessions/current/rotation",
        ]);
    });

    it("runs the real handlers, which know their tables, and the catalogue DAX", async () => {
        const resources = await system.resources(ONE_REGION);
        for (const name of HANDLERS) {
            const { inputs } = only(resources, FUNCTION, new RegExp(`^commerce-${name}-function$`));
            const { variables } = inputs["environment"] as { variables: Record<string, string> };
            expect(variables["BASE_PATH"]).to.equal("/api");
            const tables = Object.keys(variables).filter((variable) => variable.endsWith("_TABLE"));
            expect(tables, name).to.have.length(1);
            const made = ofType(resources, "aws:dynamodb/table:Table").map(({ outputs }) => outputs["name"]);
            expect(made).to.include(variables[tables[0] ?? ""]);
            expect("DAX_ENDPOINT" in variables, name).to.equal(name === "catalogue");
        }
    });

    it("has the API take the first region's tokens in both", async () => {
        const pool = only(await system.resources(FIRST), "aws:cognito/userPool:UserPool").outputs["arn"];
        for (const stack of [FIRST, SECOND]) {
            expect(String(only(await system.resources(stack), API).inputs["body"]), stack).to.contain(
                String(pool),
            );
        }
    });

    it("tells each service of its own token alone", async () => {
        const resources = await system.resources(ONE_REGION);
        const told = (name: string) =>
            String(
                only(resources, TASK, new RegExp(`^commerce-${name}-task$`)).inputs["containerDefinitions"],
            );
        expect(told("payments")).to.contain("PAYMENT_PROVIDER_TOKEN").and.not.contain("CARRIER_TOKEN");
        expect(told("operations")).to.contain("CARRIER_TOKEN").and.not.contain("PAYMENT_PROVIDER_TOKEN");
        for (const other of ["orders", "front"]) {
            expect(told(other)).to.not.contain("_TOKEN");
        }
    });

    it("leads both names to the first region while it is well, and to the second one while it is not", async () => {
        const resources = await system.resources(FIRST);
        const pairs = ofType(resources, RECORD)
            .filter(({ inputs }) => inputs["setIdentifier"] !== undefined)
            .map(({ inputs }) => [
                inputs["name"],
                (inputs["failoverRoutingPolicies"] as { type: string }[])[0]?.type,
                (inputs["records"] as string[])[0],
                inputs["healthCheckId"],
            ]);
        const [primary, secondary] = ["us-east-1", "eu-central-1"].map(
            (region) =>
                ofType(resources, "aws:route53/healthCheck:HealthCheck").find(
                    ({ inputs }) => inputs["fqdn"] === `origin-${region}.shop.example.org`,
                )?.id,
        );
        expect(pairs).to.have.deep.members([
            ["origin.shop.example.org", "PRIMARY", "origin-us-east-1.shop.example.org", primary],
            ["origin.shop.example.org", "SECONDARY", "origin-eu-central-1.shop.example.org", secondary],
            ["api.shop.example.org", "PRIMARY", "api-us-east-1.shop.example.org", primary],
            ["api.shop.example.org", "SECONDARY", "api-eu-central-1.shop.example.org", secondary],
        ]);
        // What the names lead to is each region's own stack's.
        for (const [stack, region] of [
            [FIRST, "us-east-1"],
            [SECOND, "eu-central-1"],
        ] as const) {
            const names = ofType(await system.resources(stack), RECORD).map(({ inputs }) => inputs["name"]);
            expect(names, stack).to.include.members([
                `origin-${region}.shop.example.org`,
                `api-${region}.shop.example.org`,
            ]);
        }
    });

    // As the README's "Two regions" says it.
    it("loses its users with the first region, and writes orders once the database is promoted", async () => {
        const { document } = await system.preview();
        const { requests, writes } = told(systemWith(document, "prod-eu"), {
            kind: "region",
            region: "us-east-1",
        });
        expect(requests).to.include.members([
            "shop.example.org * go to front-lb (eu-central-1); 30 s until the check fails, then up to 60 s in resolvers",
            "shop.example.org /api/* go to api (eu-central-1); 30 s until the check fails, then up to 60 s in resolvers",
            "users (us-east-1) fail",
        ]);
        expect(writes).to.include.members([
            "table-carts (us-east-1): table-carts (eu-central-1)",
            "db (us-east-1): db-eu-central-1 (eu-central-1) once it is promoted",
            "payment-requests (us-east-1): nobody",
            "users (us-east-1): nobody",
        ]);
    });

    it("has the second region follow the first one's database, tables, tokens and header", async () => {
        const [first, second] = [await system.resources(FIRST), await system.resources(SECOND)];
        const global = only(second, "aws:rds/globalCluster:GlobalCluster");
        expect(global.inputs["region"]).to.equal("us-east-1");
        expect(global.inputs["sourceDbClusterIdentifier"]).to.equal(
            only(first, "aws:rds/cluster:Cluster").outputs["arn"],
        );
        const follower = only(second, "aws:rds/cluster:Cluster");
        expect(follower.inputs["region"]).to.equal("eu-central-1");
        expect(follower.inputs["globalClusterIdentifier"]).to.equal(global.id);
        expect(ofType(second, "aws:dynamodb/table:Table")).to.deep.equal([]);
        const { inputs } = only(second, FUNCTION, /^commerce-cart-function$/);
        const { variables } = inputs["environment"] as { variables: Record<string, string> };
        const carts = only(first, "aws:dynamodb/table:Table", /carts/);
        expect(variables["CARTS_TABLE"]).to.equal(carts.outputs["name"]);
        expect(
            (carts.inputs["replicas"] as { regionName: string }[]).map(({ regionName }) => regionName),
        ).to.deep.equal(["eu-central-1"]);
        const payments = String(
            only(second, TASK, /^commerce-payments-task$/).inputs["containerDefinitions"],
        );
        expect(payments).to.match(
            /arn:aws:secretsmanager:eu-central-1:\d+:secret:e-commerce-prod-us\/payment-provider/,
        );
    });

    it("is watched from outside, and tried out, as its README says", async () => {
        expect(await system.recovery()).to.deep.equal(system.table("recovery"));
    });
});

describe("what the e-commerce shop costs", () => {
    it("is known of every type of resource, or why it is not", async () => {
        expect(await system.typesOfUnknownCost()).to.deep.equal([]);
    });
});
