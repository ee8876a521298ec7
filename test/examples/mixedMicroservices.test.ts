import { expect } from "chai";

import { at, json, type RegisteredResource } from "../support/preview";
import { ExampleSystem, isType, type Part } from "../support/systems/system";

const system = new ExampleSystem("mixed-microservices");

const ONE_REGION = "prod";
const FIRST = "prod-us";
const SECOND = "prod-eu";
const STACKS = [ONE_REGION, FIRST, SECOND];

const SERVICE = "aws:ecs/service:Service";
const FUNCTION = "aws:lambda/function:Function";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const RECORD = "aws:route53/record:Record";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const REST_API = "aws:apigateway/restApi:RestApi";

const named = (type: string, part: string) => isType(type, (_, name) => name.startsWith(part));
const publicBalancer = (name: string) =>
    isType(BALANCER, ({ internal }, own) => internal === false && own.startsWith(name));

/** As the system is described: what is in every region. */
const EVERYWHERE: readonly Part[] = [
    { part: "(a) a balancer", is: publicBalancer("mixed-baskets") },
    { part: "(a) ECS", is: named(SERVICE, "mixed-baskets") },
    { part: "(b) API Gateway", is: isType(REST_API), atLeast: 2 },
    { part: "(b) functions", is: isType(FUNCTION), atLeast: 7 },
    { part: "(b) ElastiCache for Valkey", is: isType("aws:elasticache/serverlessCache:ServerlessCache") },
    { part: "(d) a balancer", is: publicBalancer("mixed-offers") },
    { part: "(d) ECS", is: named(SERVICE, "mixed-offers") },
    {
        part: "HTTP inside, over an internal balancer",
        is: isType(BALANCER, ({ internal }, name) => internal === true && name.startsWith("mixed-inside")),
    },
    { part: "two networks", is: isType("aws:ec2/vpc:Vpc"), atLeast: 2 },
    { part: "peering", is: isType("aws:ec2/vpcPeeringConnection:VpcPeeringConnection") },
    { part: "PrivateLink, provider", is: isType("aws:ec2/vpcEndpointService:VpcEndpointService") },
    { part: "PrivateLink, consumer", is: named("aws:ec2/vpcEndpoint:VpcEndpoint", "mixed-inside-link") },
    { part: "SNS", is: named("aws:sns/topicSubscription:TopicSubscription", "mixed-news-billing") },
    {
        part: "SQS with dead letters",
        is: isType("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy"),
        atLeast: 3,
    },
    { part: "EventBridge, with an archive", is: isType("aws:cloudwatch/eventArchive:EventArchive") },
    { part: "Step Functions", is: isType("aws:sfn/alias:Alias") },
    {
        part: "S3 triggers",
        is: isType("aws:s3/bucketNotification:BucketNotification", ({ eventbridge }) => eventbridge === true),
    },
    { part: "versions by routing rules", is: isType("aws:apigatewayv2/routingRule:RoutingRule"), atLeast: 2 },
    {
        part: "logs in one place",
        is: isType("aws:cloudwatch/logAccountPolicy:LogAccountPolicy"),
    },
    {
        part: "traces of the workflow",
        is: isType("aws:sfn/stateMachine:StateMachine", (inputs) =>
            Boolean(at(inputs, "tracingConfiguration.enabled")),
        ),
    },
    {
        part: "traces of the API",
        is: isType("aws:apigateway/stage:Stage", ({ xrayTracingEnabled }) => xrayTracingEnabled === true),
        atLeast: 2,
    },
    { part: "Route 53", is: isType(RECORD), atLeast: 4 },
];

/** What is where the data was founded, and orders are processed. */
const PRIMARY: readonly Part[] = [
    { part: "(a) DynamoDB", is: named("aws:dynamodb/table:Table", "mixed-table-baskets") },
    { part: "(c) a balancer", is: publicBalancer("mixed-desk") },
    {
        part: "(c) path rules",
        is: isType("aws:lb/listenerRule:ListenerRule", (inputs) =>
            /"\/(customers|invoices)\/\*"/.test(JSON.stringify(inputs["conditions"] ?? [])),
        ),
        atLeast: 4,
    },
    { part: "(c) ECS on an Auto Scaling group", is: isType("aws:autoscaling/group:Group") },
    {
        part: "(c) tasks on its instances",
        is: isType(
            SERVICE,
            ({ capacityProviderStrategies }, name) =>
                /mixed-(customers|invoices)/.test(name) && capacityProviderStrategies !== undefined,
        ),
        atLeast: 2,
    },
    { part: "(c) RDS", is: isType("aws:rds/instance:Instance", ({ multiAz }) => multiAz === true) },
    { part: "authentication", is: isType("aws:cognito/userPool:UserPool") },
    { part: "Kinesis", is: isType("aws:kinesis/stream:Stream") },
    {
        part: "a read model by a stream",
        is: isType("aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination"),
    },
    { part: "from queue and streams to functions", is: isType(MAPPING), atLeast: 3 },
];

async function inputsOf(stack: string, type: string, name: RegExp): Promise<RegisteredResource["inputs"][]> {
    const resources = await system.resources(stack);
    return resources.filter((one) => one.type === type && name.test(one.name)).map(({ inputs }) => inputs);
}

describe("mixed microservices", () => {
    it("are previewed without a warning for one region and for two", async () => {
        expect(await system.messages()).to.deep.equal([]);
        for (const stack of STACKS) {
            expect(await system.resources(stack), stack).not.to.have.length(0);
        }
    });

    it("have every part that their description names", async () => {
        for (const stack of STACKS) {
            expect(await system.missing(stack, EVERYWHERE), stack).to.deep.equal([]);
        }
        for (const stack of [ONE_REGION, FIRST]) {
            expect(await system.missing(stack, PRIMARY), stack).to.deep.equal([]);
        }
    });

    it("let through what their README says, and nothing else", async () => {
        for (const stack of [ONE_REGION, FIRST]) {
            expect(await system.ways(stack), stack).to.have.members(system.table("ways"));
        }
        expect(await system.ways(SECOND)).to.have.members(system.table("ways in the second region"));
    });

    it("give every role what their README says, and nothing else", async () => {
        for (const stack of [ONE_REGION, FIRST]) {
            expect(await system.access(stack), stack).to.have.members([
                ...system.table("access"),
                ...(stack === FIRST ? system.table("access in two regions") : []),
            ]);
        }
        expect(await system.access(SECOND)).to.have.members(system.table("access in the second region"));
    });

    it("ask for a token wherever a document does, and let everybody call three operations", async () => {
        const open: string[] = [];
        for (const { body } of await inputsOf(ONE_REGION, REST_API, /./)) {
            const paths = at(json(body), "paths") as Record<string, Record<string, { security?: object[] }>>;
            for (const [path, operations] of Object.entries(paths)) {
                for (const [method, operation] of Object.entries(operations)) {
                    if (
                        method !== "parameters" &&
                        method !== "options" &&
                        (operation.security ?? []).length === 0
                    ) {
                        open.push(`${method} ${path}`);
                    }
                }
            }
        }
        expect(open).to.have.members([
            "get /products",
            "get /products/{productId}",
            "post /shipments/{shipmentId}/events",
        ]);
    });

    it("lead what begins with /v1 to the first version's API, and everything else to the current one", async () => {
        const rules = await inputsOf(ONE_REGION, "aws:apigatewayv2/routingRule:RoutingRule", /./);
        const asked = rules
            .sort((a, b) => Number(a["priority"]) - Number(b["priority"]))
            .map(({ conditions = [] }) => JSON.stringify(conditions));
        expect(asked).to.have.lengthOf(2);
        expect(asked[0]).to.contain('"v1"');
        expect(asked[1]).to.not.contain('"v1"');
        const bodies = await inputsOf(ONE_REGION, REST_API, /mixed-api-v1/);
        const paths = Object.keys(at(json(bodies[0]?.["body"]), "paths") as object);
        expect(paths.length).to.be.greaterThan(1);
        expect(paths.filter((path) => !path.startsWith("/v1/"))).to.deep.equal([]);
    });

    it("let catalogue write the cache, and offers read it and no more", async () => {
        const users = await inputsOf(ONE_REGION, "aws:elasticache/user:User", /mixed-cache/);
        const strings = users.map(({ accessString }) => String(accessString));
        const writing = strings.filter((text) => /\+@write|\+@all/.test(text));
        expect(writing).to.deep.equal(
            strings.filter((text) => text.includes("~catalogue:*") && text.includes("+@write")),
        );
        expect(
            strings.filter((text) => text.includes("~catalogue:*") && !text.includes("+@write")),
        ).to.have.lengthOf(1);
    });

    it("process orders in one region, and hand the other one's events on to its archive", async () => {
        const processing = /mixed-(orders-outbox|order-intake|read-model)-function$/;
        expect(await inputsOf(FIRST, FUNCTION, processing)).to.have.lengthOf(3);
        expect(await inputsOf(SECOND, FUNCTION, processing)).to.deep.equal([]);
        const [abroad] = await inputsOf(SECOND, TARGET, /mixed-bus-abroad/);
        expect(abroad?.["arn"]).to.equal("arn:aws:events:us-east-1:111122223333:event-bus/mixed-prod");
        const [bus] = await inputsOf(FIRST, "aws:cloudwatch/eventBus:EventBus", /./);
        expect(bus?.["name"]).to.equal("mixed-prod");
        expect(await inputsOf(FIRST, TARGET, /mixed-bus-abroad/)).to.deep.equal([]);
        for (const stack of STACKS) {
            const region = stack === SECOND ? "eu-central-1" : "us-east-1";
            for (const { eventPattern } of await inputsOf(
                stack,
                "aws:cloudwatch/eventRule:EventRule",
                /^mixed-bus/,
            )) {
                // What was handed on is for the archive alone.
                expect(at(json(eventPattern), "region")).to.deep.equal([region]);
            }
        }
    });

    it("fail over to the second region by name, the desk excepted", async () => {
        const pairs = async (stack: string) =>
            (await inputsOf(stack, RECORD, /./))
                .filter(({ setIdentifier }) => setIdentifier !== undefined)
                .map(({ name, setIdentifier }) => `${String(name)} ${String(setIdentifier)}`);
        const of = (entry: string) =>
            ["primary", "secondary"].map((role) => `${entry}.mixed.example.org ${role}`);
        expect(await pairs(FIRST)).to.have.members([...of("baskets"), ...of("offers")]);
        expect(await pairs(SECOND)).to.have.members(of("api"));
        expect(await pairs(ONE_REGION)).to.deep.equal([]);
        const desk = (await inputsOf(SECOND, RECORD, /./)).filter(({ name }) =>
            String(name).startsWith("desk"),
        );
        expect(desk).to.deep.equal([]);
    });

    it("are watched from outside, and tried out, as their README says", async () => {
        expect(await system.recovery()).to.deep.equal(system.table("recovery"));
    });
});

describe("what mixed microservices costs", () => {
    it("is known of every type of resource, or why it is not", async () => {
        expect(await system.typesOfUnknownCost()).to.deep.equal([]);
    });
});
