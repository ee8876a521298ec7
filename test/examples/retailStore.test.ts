import { expect } from "chai";

import { type RegisteredResource } from "../support/preview";
import { systemWith, told } from "../support/preview/losses";
import { ExampleSystem, isType, type Part } from "../support/systems/system";

const system = new ExampleSystem("retail-store");

const ONE_REGION = "prod";
const PRIMARY = "prod-us";
const SECOND = "prod-eu";
const STACKS = [ONE_REGION, PRIMARY, SECOND];

const SERVICES = ["products", "carts", "orders", "users", "search", "recommendations"];

const isTable = (name: string) =>
    isType("aws:dynamodb/table:Table", (inputs) => String(inputs["name"]).endsWith(`-${name}`));

const isService = (name: string) =>
    isType("aws:ecs/service:Service", (_, resource) => resource === `store-${name}-service`);

/** What is wherever the store is. */
const PARTS: readonly Part[] = [
    { part: "names in Route 53", is: isType("aws:route53/record:Record"), atLeast: 2 },
    {
        part: "store front on an Auto Scaling group",
        is: isType("aws:autoscaling/group:Group", (_, name) => name.startsWith("store-front-")),
    },
    {
        part: "back office on a second one",
        is: isType("aws:autoscaling/group:Group", (_, name) => name.startsWith("store-office-")),
    },
    {
        part: "a back office that is not open to the world",
        is: isType(
            "aws:lb/loadBalancer:LoadBalancer",
            ({ internal }, name) => internal === true && name.startsWith("store-office-"),
        ),
    },
    ...["products", "carts", "search", "recommendations"].map((name) => ({
        part: `service ${name}`,
        is: isService(name),
    })),
    {
        part: "one internal balancer of the services",
        is: isType(
            "aws:lb/loadBalancer:LoadBalancer",
            ({ internal }, name) => internal === true && name.startsWith("store-services-"),
        ),
    },
    {
        part: "session store and cache of the catalogue",
        is: isType("aws:elasticache/serverlessCache:ServerlessCache"),
        atLeast: 2,
    },
    { part: "search", is: isType("aws:opensearch/domain:Domain") },
    { part: "what fills the search", is: isType("aws:lambda/eventSourceMapping:EventSourceMapping") },
    {
        part: "three kinds of recommendation",
        is: isType("aws-native:personalize:Solution"),
        atLeast: 3,
    },
    { part: "three kinds of message", is: isType("aws:ses/template:Template"), atLeast: 3 },
    {
        part: "a queue that tells once a week to write recommendations",
        is: isType("aws:scheduler/schedule:Schedule", ({ target }) =>
            String((target as { arn?: unknown } | undefined)?.arn).includes(":store-mailings-queue"),
        ),
    },
    { part: "messages that wait", is: isType("aws:scheduler/scheduleGroup:ScheduleGroup") },
    {
        part: "log files of all services in S3",
        is: isType("aws:cloudwatch/logAccountPolicy:LogAccountPolicy"),
    },
    { part: "alarms", is: isType("aws:cloudwatch/metricAlarm:MetricAlarm"), atLeast: 30 },
];

/** What is in the primary region alone. */
const ONCE: readonly Part[] = [
    {
        part: "static, streaming and dynamic content by CloudFront",
        is: isType("aws:cloudfront/distribution:Distribution", ({ orderedCacheBehaviors }) => {
            const paths = (orderedCacheBehaviors as { pathPattern: string; targetOriginId: string }[])
                .filter(({ targetOriginId }) => targetOriginId === "static")
                .map(({ pathPattern }) => pathPattern);
            return ["/static/*", "/images/*", "/manuals/*", "/videos/*"].every((path) =>
                paths.includes(path),
            );
        }),
    },
    {
        part: "S3 for images, manuals and videos",
        is: isType("aws:s3/bucket:Bucket", (_, name) => name === "store-edge-static-bucket"),
    },
    {
        part: "clickstream from CloudFront to S3",
        is: isType("aws:cloudwatch/logDelivery:LogDelivery", (_, name) => name.startsWith("store-clicks-")),
    },
    { part: "a table of the clickstream", is: isType("aws:glue/catalogTable:CatalogTable") },
    { part: "product database", is: isTable("products") },
    { part: "session store of carts", is: isTable("carts") },
    { part: "customer reviews", is: isTable("reviews") },
    {
        part: "RDS in several zones",
        is: isType("aws:rds/instance:Instance", ({ multiAz }) => multiAz === true),
    },
    { part: "service orders", is: isService("orders") },
    { part: "service users", is: isService("users") },
];

/** What a policy allows, as `service:Action`. */
function actionsOf({ inputs }: RegisteredResource): string[] {
    const { Statement } = JSON.parse(String(inputs["policy"])) as {
        Statement: { Action: string | string[] }[];
    };
    return Statement.flatMap(({ Action }) => Action);
}

const named = (resources: readonly RegisteredResource[], type: string, name: string): RegisteredResource => {
    const found = resources.find((resource) => resource.type === type && resource.name === name);
    if (found === undefined) {
        throw new Error(`there is no ${type} ${name}`);
    }
    return found;
};

const withoutMatch = (rows: readonly string[], pattern: RegExp): string[] =>
    rows.filter((row) => !pattern.test(row));

describe("the retail store", () => {
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
        for (const stack of [ONE_REGION, PRIMARY]) {
            expect(await system.missing(stack, ONCE), stack).to.deep.equal([]);
        }
        expect(await system.missing(SECOND, ONCE)).to.have.members(ONCE.map(({ part }) => part));
    });

    it("lets through what its README says, and nothing else", async () => {
        const table = system.table("ways");
        for (const stack of [ONE_REGION, PRIMARY]) {
            expect(await system.ways(stack), stack).to.have.members(table);
        }
        expect(await system.ways(SECOND)).to.have.members(
            withoutMatch(table, /\bstore-(?:orders|users|db)\b/),
        );
    });

    it("opens the back office to private networks alone, and data to nobody outside", async () => {
        for (const stack of STACKS) {
            const ways = await system.ways(stack);
            const into = (to: string): string[] =>
                ways
                    .map((way) => way.split(" | "))
                    .flatMap(([from = "", target]) => (target === to ? [from] : []));
            expect(new Set(into("store-office-lb")), stack).to.deep.equal(new Set(["10.0.0.0/16"]));
            expect(into("store-office"), stack).to.deep.equal(["store-office-lb"]);
            expect(into("store-db"), stack).to.have.members(
                stack === SECOND ? [] : ["store-orders", "store-users"],
            );
            expect(
                ways.filter((way) => way.startsWith("internet")),
                stack,
            ).to.deep.equal([]);
        }
    });

    it("gives every role what its README says, and nothing else", async () => {
        const table = system.table("access");
        for (const stack of [ONE_REGION, PRIMARY]) {
            expect(await system.access(stack), stack).to.have.members(table);
        }
        // Tables are the first stack's, and their replicas none of this one's resources.
        expect(await system.access(SECOND)).to.have.members(
            withoutMatch(table, /\bstore-(?:orders|users-task|db|edge|clicks|table)\b/),
        );
    });

    it("gives each service its own permissions alone", async () => {
        const OF: Readonly<Record<string, readonly string[]>> = {
            products: ["dynamodb", "elasticache", "kms", "xray"],
            carts: ["dynamodb", "elasticache", "iam", "kms", "scheduler", "xray"],
            orders: ["rds-db", "xray"],
            users: ["elasticache", "rds-db", "ses", "xray"],
            search: ["es", "personalize", "ssm", "xray"],
            recommendations: ["kms", "personalize", "ses", "sqs", "ssm", "xray"],
        };
        for (const stack of STACKS) {
            const resources = await system.resources(stack);
            const running = SERVICES.filter((name) => resources.some(isService(name)));
            expect(running, stack).to.have.members(
                stack === SECOND ? ["products", "carts", "search", "recommendations"] : SERVICES,
            );
            for (const name of running) {
                const policy = named(
                    resources,
                    "aws:iam/rolePolicy:RolePolicy",
                    `store-${name}-task-permissions`,
                );
                const services = new Set(actionsOf(policy).map((action) => action.split(":")[0]));
                expect([...services].sort(), `${stack} ${name}`).to.deep.equal(OF[name]);
            }
        }
    });

    it("hands each path to its own service, as the path behind the service's name", async () => {
        const resources = await system.resources(ONE_REGION);
        const ports = new Set<unknown>();
        for (const name of SERVICES) {
            const rules = resources.filter(
                (resource) =>
                    resource.type === "aws:lb/listenerRule:ListenerRule" &&
                    resource.name.startsWith(`store-${name}-`),
            );
            expect(rules, name).to.have.length(1);
            const inputs = rules[0]?.inputs as unknown as {
                conditions: { pathPattern?: { values: string[] } }[];
                transforms: { urlRewriteConfig: { rewrite: { regex: string; replace: string } } }[];
            };
            expect(inputs.conditions.map(({ pathPattern }) => pathPattern?.values)).to.deep.equal([
                [`/${name}`, `/${name}/*`],
            ]);
            const { regex, replace } = inputs.transforms[0]?.urlRewriteConfig.rewrite ?? {
                regex: "",
                replace: "",
            };
            const rewritten = (path: string): string => path.replace(new RegExp(regex), replace);
            expect(
                [`/${name}`, `/${name}/`, `/${name}/7/a?b=c`, `/${name}?q=1`].map(rewritten),
            ).to.deep.equal(["/", "/", "/7/a?b=c", "/?q=1"]);
            const task = named(resources, "aws:ecs/taskDefinition:TaskDefinition", `store-${name}-task`);
            const containers = JSON.parse(String(task.inputs["containerDefinitions"])) as {
                name: string;
                environment?: { name: string; value: string }[];
            }[];
            ports.add(
                containers
                    .find((container) => container.name === "app")
                    ?.environment?.find((variable) => variable.name === "PORT")?.value,
            );
        }
        expect(ports.size).to.equal(SERVICES.length);
    });

    it("has the second region use the tables' replicas there, and know the same distribution", async () => {
        const first = await system.resources(PRIMARY);
        const second = await system.resources(SECOND);
        const policyOf = (resources: readonly RegisteredResource[]): string =>
            String(
                named(resources, "aws:iam/rolePolicy:RolePolicy", "store-products-task-permissions").inputs[
                    "policy"
                ],
            );
        const table = /arn:aws:dynamodb:([a-z0-9-]+):\d+:table\/([a-z-]+)/g;
        const tablesOf = (resources: readonly RegisteredResource[]) =>
            new Set([...policyOf(resources).matchAll(table)].map(([, region, name]) => `${region} ${name}`));
        expect(tablesOf(first)).to.deep.equal(
            new Set(["us-east-1 retail-store-prod-us-products", "us-east-1 retail-store-prod-us-reviews"]),
        );
        expect(tablesOf(second)).to.deep.equal(
            new Set([
                "eu-central-1 retail-store-prod-us-products",
                "eu-central-1 retail-store-prod-us-reviews",
            ]),
        );
        const headerOf = (resources: readonly RegisteredResource[]): unknown =>
            named(resources, "aws:lb/listenerRule:ListenerRule", "store-front-origin-rule").inputs[
                "conditions"
            ];
        expect(headerOf(second)).to.deep.equal(headerOf(first));
        expect(JSON.stringify(headerOf(first))).to.include("X-Store-Origin");
    });

    it("fetches from the first region while it is well, and from the second one while it is not", async () => {
        const resources = await system.resources(PRIMARY);
        const failover = resources
            .filter(
                ({ type, inputs }) =>
                    type === "aws:route53/record:Record" && inputs["setIdentifier"] !== undefined,
            )
            .map(({ inputs }) => [
                inputs["name"],
                (inputs["failoverRoutingPolicies"] as { type: string }[])[0]?.type,
                (inputs["records"] as string[])[0],
                inputs["healthCheckId"] === undefined,
            ]);
        const origin = "origin.store.example.org";
        expect(failover).to.have.deep.members([
            [origin, "PRIMARY", "origin-us-east-1.store.example.org", false],
            [origin, "SECONDARY", "origin-eu-central-1.store.example.org", false],
        ]);
        for (const [stack, host] of [
            [PRIMARY, "origin-us-east-1.store.example.org"],
            [SECOND, "origin-eu-central-1.store.example.org"],
        ] as const) {
            const own = await system.resources(stack);
            const certificate = named(
                own,
                "aws:acm/certificate:Certificate",
                "store-front-certificate-certificate",
            ).inputs;
            expect(named(own, "aws:route53/record:Record", "store-front-name").inputs["name"]).to.equal(host);
            expect([
                certificate["domainName"],
                ...(certificate["subjectAlternativeNames"] as string[]),
            ]).to.include.members([origin, host]);
        }
    });

    // As the README's "Two regions" says it.
    it("loses what its README says with the first region, and sends people to the second one", async () => {
        const { document } = await system.preview();
        const { requests, writes, data } = told(systemWith(document, "prod-eu"), {
            kind: "region",
            region: "us-east-1",
        });
        expect(requests[0]).to.equal(
            "store.example.org * go to front (eu-central-1); 30 s until the check fails, then up to 60 s in resolvers",
        );
        expect(writes).to.include.members([
            "table-products (us-east-1): table-products (eu-central-1)",
            "table-carts (us-east-1): table-carts (eu-central-1)",
            "table-reviews (us-east-1): table-reviews (eu-central-1)",
            "db (us-east-1): db (eu-central-1) once it is promoted",
        ]);
        expect(data).to.include.members([
            "table-carts (us-east-1): asynchronous: not bounded (table-carts (eu-central-1)) [consistencyMode EVENTUAL (Amazon DynamoDB Developer Guide, global tables)]",
            "sessions (us-east-1): all that is in it: no copy is outside of the region [no replication, and no backup copied, in these stacks]",
        ]);
    });

    it("sends the database's backups to the second region", async () => {
        const replication = (await system.resources(PRIMARY)).find(
            isType("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"),
        );
        expect(replication?.inputs["region"]).to.equal("eu-central-1");
        expect((await system.resources(ONE_REGION)).some((each) => each.type === replication?.type)).to.equal(
            false,
        );
    });

    it("is watched from outside, and tried out, as its README says", async () => {
        expect(await system.recovery()).to.deep.equal(system.table("recovery"));
    });
});

describe("what the retail store costs", () => {
    it("is known of every type of resource, or why it is not", async () => {
        expect(await system.typesOfUnknownCost()).to.deep.equal([]);
    });
});
