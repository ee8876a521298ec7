import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "yaml";

import { type RegisteredResource } from "../support/preview";
import { ExampleSystem, isType, type Part } from "../support/systems/system";

const system = new ExampleSystem("container-platform");

const ONE_REGION = "prod";
const TWO_REGIONS = ["prod-us", "prod-eu"];
/** One region, whose front end CloudFront alone reaches. */
const PRIVATE = "private";
const PUBLIC_STACKS = [ONE_REGION, ...TWO_REGIONS];
const STACKS = [...PUBLIC_STACKS, PRIVATE];

/** As the system is described. */
const PARTS: readonly Part[] = [
    { part: "front end and back end, a service each", is: isType("aws:ecs/service:Service"), atLeast: 2 },
    {
        part: "internal balancer",
        is: isType("aws:lb/loadBalancer:LoadBalancer", ({ internal }) => internal === true),
    },
    {
        part: "tasks without public addresses",
        is: isType(
            "aws:ecs/service:Service",
            ({ networkConfiguration }) =>
                (networkConfiguration as { assignPublicIp?: boolean } | undefined)?.assignPublicIp !== true,
        ),
        atLeast: 2,
    },
    { part: "certificates", is: isType("aws:acm/certificate:Certificate"), atLeast: 2 },
    { part: "image repositories", is: isType("aws:ecr/repository:Repository"), atLeast: 2 },
    { part: "alarms", is: isType("aws:cloudwatch/metricAlarm:MetricAlarm"), atLeast: 10 },
    { part: "a web ACL", is: isType("aws:wafv2/webAcl:WebAcl") },
];

const PUBLIC: Part = {
    part: "HTTPS balancer for everybody",
    is: isType("aws:lb/loadBalancer:LoadBalancer", ({ internal }) => internal === false),
};

const BEHIND_CLOUDFRONT: readonly Part[] = [
    { part: "a distribution", is: isType("aws:cloudfront/distribution:Distribution") },
    { part: "CloudFront's way into the network", is: isType("aws:cloudfront/vpcOrigin:VpcOrigin") },
    {
        part: "no balancer but internal ones",
        is: isType("aws:lb/loadBalancer:LoadBalancer", ({ internal }) => internal === true),
        atLeast: 2,
    },
];

const MONGODB: readonly Part[] = [
    { part: "a group of one instance per zone", is: isType("aws:autoscaling/group:Group"), atLeast: 3 },
    { part: "a data volume per zone", is: isType("aws:ebs/volume:Volume"), atLeast: 3 },
    { part: "an interface per zone", is: isType("aws:ec2/networkInterface:NetworkInterface"), atLeast: 3 },
    { part: "snapshots on a schedule", is: isType("aws:dlm/lifecyclePolicy:LifecyclePolicy") },
    {
        part: "a role for workflows",
        is: isType("aws:iam/role:Role", ({ assumeRolePolicy }) =>
            String(assumeRolePolicy).includes("token.actions.githubusercontent.com"),
        ),
    },
];

const DOCUMENT_DB: readonly Part[] = [
    { part: "a cluster of DocumentDB", is: isType("aws:docdb/cluster:Cluster") },
    { part: "an instance per zone", is: isType("aws:docdb/clusterInstance:ClusterInstance"), atLeast: 3 },
    { part: "a pipeline", is: isType("aws:codepipeline/pipeline:Pipeline") },
    { part: "builds and tests", is: isType("aws:codebuild/project:Project"), atLeast: 2 },
];

describe("the container platform", () => {
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
        for (const stack of PUBLIC_STACKS) {
            expect(await system.missing(stack, [PUBLIC]), stack).to.deep.equal([]);
        }
        expect(await system.missing(PRIVATE, BEHIND_CLOUDFRONT)).to.deep.equal([]);
        expect(await system.missing(ONE_REGION, MONGODB)).to.deep.equal([]);
        for (const stack of TWO_REGIONS) {
            expect(await system.missing(stack, DOCUMENT_DB), stack).to.deep.equal([]);
        }
    });

    it("lets through the chain from viewers to the database, as its README says, and nothing else", async () => {
        expect(await system.ways(ONE_REGION)).to.have.members(system.table("ways"));
        for (const stack of TWO_REGIONS) {
            expect(await system.ways(stack), stack).to.have.members(system.table("ways with DocumentDB"));
        }
    });

    it("lets nobody but CloudFront in where the front end is private, and leads people's name there", async () => {
        const resources = await system.resources(PRIVATE);
        expect(await system.missing(PRIVATE, [PUBLIC])).to.deep.equal([PUBLIC.part]);
        expect(await system.ways(PRIVATE)).to.have.members(system.table("ways behind CloudFront"));
        const of = (type: string): RegisteredResource[] =>
            resources.filter((resource) => resource.type === type);
        const [origin] = of("aws:cloudfront/vpcOrigin:VpcOrigin");
        const [distribution] = of("aws:cloudfront/distribution:Distribution");
        const front = of("aws:lb/loadBalancer:LoadBalancer").find(
            ({ name }) => name === "platform-front-lb-alb",
        );
        expect(origin?.inputs["vpcOriginEndpointConfig"]).to.deep.include({
            arn: front?.outputs["arn"],
            originProtocolPolicy: "https-only",
        });
        const dynamic = (distribution?.inputs["origins"] as { originId: string }[]).find(
            ({ originId }) => originId === "dynamic",
        );
        expect(dynamic).to.deep.include({
            domainName: "origin.app.example.net",
            vpcOriginConfig: { vpcOriginId: origin?.id, originReadTimeout: 30, originKeepaliveTimeout: 30 },
        });
        expect(dynamic).not.to.have.property("customOriginConfig");
        const leading = of("aws:route53/record:Record")
            .filter(({ inputs }) => inputs["name"] === "app.example.net" && inputs["aliases"] !== undefined)
            .map(({ inputs }) => (inputs["aliases"] as { name: string }[])[0]?.name);
        expect(leading).to.deep.equal(Array(2).fill(distribution?.outputs["domainName"]));
    });

    it("gives every role what its README says, and nothing else", async () => {
        expect(await system.access(ONE_REGION)).to.have.members(system.table("access"));
        expect(await system.access("prod-us")).to.have.members(system.table("access with DocumentDB"));
        expect(
            (await system.access(PRIVATE)).filter((row) => row.startsWith("platform-edge-")),
        ).to.have.members(system.table("access behind CloudFront"));
    });

    it("has the second region follow the first one's database, and fail over to it by name", async () => {
        const clusters = (resources: readonly RegisteredResource[]) =>
            resources.filter(({ type }) => type === "aws:docdb/cluster:Cluster");
        const [us] = clusters(await system.resources("prod-us"));
        const [eu] = clusters(await system.resources("prod-eu"));
        expect(eu?.inputs["globalClusterIdentifier"]).to.be.a("string").and.to.not.equal("");
        expect(us?.inputs).to.have.property("masterUsername");
        expect(eu?.inputs).to.not.have.property("masterUsername");
        const failover = (await system.resources("prod-eu"))
            .filter(
                ({ type, inputs }) =>
                    type === "aws:route53/record:Record" && inputs["setIdentifier"] !== undefined,
            )
            .map(({ inputs }) => [
                (inputs["failoverRoutingPolicies"] as { type: string }[])[0]?.type,
                (inputs["aliases"] as { name: string }[])[0]?.name,
            ]);
        expect(failover).to.have.deep.members([
            ["PRIMARY", "us.app.example.org"],
            ["SECONDARY", "eu.app.example.org"],
        ]);
    });

    it("leaves to a pipeline the revisions that it deploys", async () => {
        for (const stack of STACKS) {
            for (const service of (await system.resources(stack)).filter(
                ({ type }) => type === "aws:ecs/service:Service",
            )) {
                expect(service.ignoreChanges, service.name).to.include("taskDefinition");
            }
        }
    });

    it("has a test stage and a workflow that are read as what they are", () => {
        const read = (name: string): Record<string, unknown> =>
            yaml.parse(readFileSync(join(system.folder, "delivery", name), "utf8")) as Record<
                string,
                unknown
            >;
        expect(read("buildspec-test.yml")["version"]).to.equal(0.2);
        const jobs = read("deploy.yml")["jobs"] as Record<string, { needs?: string; environment?: string }>;
        expect([jobs["deploy"]?.needs, jobs["deploy"]?.environment]).to.deep.equal(["test", "production"]);
    });

    it("is watched from outside, and tried out, as its README says", async () => {
        expect(await system.recovery()).to.deep.equal(system.table("recovery"));
    });
});

describe("what the container platform costs", () => {
    it("is known of every type of resource, or why it is not", async () => {
        expect(await system.typesOfUnknownCost()).to.deep.equal([]);
    });
});
