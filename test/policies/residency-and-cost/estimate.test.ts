import { expect } from "chai";
import { type Member, StackView } from "../../../policies/framework";
import {
    instancePerHour,
    monthlyPrice,
    PRICED_TYPES,
} from "../../../policies/residency-and-cost/shared/estimate";
import { splitSize } from "../../../policies/residency-and-cost/shared/sizes";

const PROVIDER = {
    name: "aws",
    urn: "urn:provider",
    type: "pulumi:providers:aws",
    props: { region: "us-east-1" },
};

interface Given {
    readonly type: string;
    readonly props: Readonly<Record<string, unknown>>;
    readonly refers?: Readonly<Record<string, Member>>;
}

function member({ type, props, refers = {} }: Given): Member {
    const name = type.split(":").at(-1) ?? "";
    return {
        type,
        name,
        urn: `urn:pulumi:prod::p::${type}::${name}`,
        props,
        provider: PROVIDER,
        opts: { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] },
        dependencies: Object.values(refers),
        propertyDependencies: Object.fromEntries(
            Object.entries(refers).map(([key, other]) => [key, [other]]),
        ),
    };
}

function priceOf(given: Given): number | undefined {
    const resource = member(given);
    const price = monthlyPrice(new StackView([resource, ...resource.dependencies]), resource);
    return price === undefined ? undefined : Math.round(price * 100) / 100;
}

function notKnown(): never {
    throw Object.assign(new Error("not known during preview"), { unknownTypeSentinel: "x", props: [] });
}

describe("The estimate of costs", () => {
    it("knows instances by family and size", () => {
        expect(instancePerHour("m7g.large")).to.equal(0.0816);
        expect(instancePerHour("t4g.small")).to.be.closeTo(0.0168, 1e-9);
        expect(instancePerHour("r7g.4xlarge")).to.be.closeTo(0.8568, 1e-9);
        expect(instancePerHour("x9z.xlarge")).to.equal(0.26);
    });

    it("takes what a program leaves to AWS as left out", () => {
        const unknown = (props: object, ...names: readonly string[]): Record<string, unknown> =>
            Object.defineProperties(
                { ...props },
                Object.fromEntries(names.map((name) => [name, { enumerable: true, get: notKnown }])),
            );
        const group = unknown({ minSize: 0 }, "mixedInstancesPolicy");
        expect(priceOf({ type: "aws:autoscaling/group:Group", props: group })).to.equal(0);
        const instance = { instanceClass: "db.t4g.small", allocatedStorage: 20 };
        expect(priceOf({ type: "aws:rds/instance:Instance", props: unknown(instance, "multiAz") })).to.equal(
            priceOf({ type: "aws:rds/instance:Instance", props: { ...instance, multiAz: false } }),
        );
        const server = unknown({ instanceType: "m7g.large" }, "rootBlockDevice");
        expect(priceOf({ type: "aws:ec2/instance:Instance", props: server })).to.equal(
            Math.round(0.0816 * 730 * 100) / 100,
        );
        const table = unknown({}, "readCapacity", "writeCapacity");
        expect(priceOf({ type: "aws:dynamodb/table:Table", props: table })).to.equal(0);
    });

    it("tells family and size of managed instances", () => {
        expect(
            ["db.r7g.large", "cache.t4g.micro", "r7g.large.search", "db.serverless", "dax.t3.small"].map(
                splitSize,
            ),
        ).to.deep.equal([
            { family: "r7g", size: "large" },
            { family: "t4g", size: "micro" },
            { family: "r7g", size: "large" },
            { family: "serverless", size: "" },
            { family: "t3", size: "small" },
        ]);
    });

    const prices: readonly (readonly [string, Given, number | undefined])[] = [
        ["a NAT gateway", { type: "aws:ec2/natGateway:NatGateway", props: {} }, 32.85],
        [
            "one in Frankfurt",
            { type: "aws:ec2/natGateway:NatGateway", props: { region: "eu-central-1" } },
            38.43,
        ],
        [
            "one in a region without a factor",
            { type: "aws:ec2/natGateway:NatGateway", props: { region: "af-south-1" } },
            41.06,
        ],
        [
            "an interface endpoint in three zones",
            {
                type: "aws:ec2/vpcEndpoint:VpcEndpoint",
                props: { vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] },
            },
            21.9,
        ],
        ["a gateway endpoint", { type: "aws:ec2/vpcEndpoint:VpcEndpoint", props: {} }, 0],
        [
            "a serverless instance by its cluster's least",
            {
                type: "aws:rds/clusterInstance:ClusterInstance",
                props: { instanceClass: "db.serverless" },
                refers: {
                    clusterIdentifier: member({
                        type: "aws:rds/cluster:Cluster",
                        props: { serverlessv2ScalingConfiguration: { minCapacity: 8 } },
                    }),
                },
            },
            700.8,
        ],
        [
            "a group with two instances on demand and two of Spot",
            {
                type: "aws:autoscaling/group:Group",
                props: {
                    minSize: 4,
                    mixedInstancesPolicy: {
                        instancesDistribution: {
                            onDemandBaseCapacity: 2,
                            onDemandPercentageAboveBaseCapacity: 0,
                        },
                        launchTemplate: { overrides: [{ instanceType: "m7g.large" }] },
                    },
                },
                refers: {
                    mixedInstancesPolicy: member({
                        type: "aws:ec2/launchTemplate:LaunchTemplate",
                        props: { blockDeviceMappings: [{ ebs: { volumeSize: 20 } }] },
                    }),
                },
            },
            // 2 and 2 × 0.4 of 0.0816 an hour, and 4 volumes of 20 GiB.
            173.19,
        ],
        [
            "a group by its launch template, on demand",
            {
                type: "aws:autoscaling/group:Group",
                props: { minSize: 1, desiredCapacity: 2 },
                refers: {
                    launchTemplate: member({
                        type: "aws:ec2/launchTemplate:LaunchTemplate",
                        props: { instanceType: "t4g.small" },
                    }),
                },
            },
            24.53,
        ],
        [
            "a database with a standby",
            {
                type: "aws:rds/instance:Instance",
                props: { instanceClass: "db.m7g.large", allocatedStorage: 100, multiAz: true },
            },
            273.19,
        ],
        [
            "a cluster over three zones, each with its storage",
            {
                type: "aws:rds/cluster:Cluster",
                props: { engine: "postgres", dbClusterInstanceClass: "db.m7g.large", allocatedStorage: 100 },
            },
            409.78,
        ],
        [
            "a cluster of Aurora, whose instances are priced",
            { type: "aws:rds/cluster:Cluster", props: { engine: "aurora-postgresql" } },
            0,
        ],
        [
            "a replica, which has its source's storage",
            {
                type: "aws:rds/instance:Instance",
                props: { instanceClass: "db.m7g.large" },
                refers: {
                    replicateSourceDb: member({
                        type: "aws:rds/instance:Instance",
                        props: { instanceClass: "db.m7g.4xlarge", allocatedStorage: 100 },
                    }),
                },
            },
            136.59,
        ],
        [
            "a cache in a global datastore, which is as large as the first one",
            {
                type: "aws:elasticache/replicationGroup:ReplicationGroup",
                props: { replicasPerNodeGroup: 1 },
                refers: {
                    globalReplicationGroupId: member({
                        type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
                        props: {},
                        refers: {
                            primaryReplicationGroupId: member({
                                type: "aws:elasticache/replicationGroup:ReplicationGroup",
                                props: {
                                    nodeType: "cache.r7g.large",
                                    numNodeGroups: 2,
                                    replicasPerNodeGroup: 2,
                                },
                            }),
                        },
                    }),
                },
            },
            625.46,
        ],
        [
            "a cache of two shards with a replica each",
            {
                type: "aws:elasticache/replicationGroup:ReplicationGroup",
                props: { nodeType: "cache.r7g.large", numNodeGroups: 2, replicasPerNodeGroup: 1 },
            },
            625.46,
        ],
        [
            "a service on Fargate with Graviton",
            {
                type: "aws:ecs/service:Service",
                props: { desiredCount: 2 },
                refers: {
                    taskDefinition: member({
                        type: "aws:ecs/taskDefinition:TaskDefinition",
                        props: { cpu: "1024", memory: "2048", runtimePlatform: { cpuArchitecture: "ARM64" } },
                    }),
                },
            },
            57.66,
        ],
        [
            "a service on EC2",
            { type: "aws:ecs/service:Service", props: { desiredCount: 2, launchType: "EC2" } },
            0,
        ],
        [
            "a table with provisioned capacity",
            { type: "aws:dynamodb/table:Table", props: { readCapacity: 100, writeCapacity: 100 } },
            56.94,
        ],
        [
            "a table by request",
            { type: "aws:dynamodb/table:Table", props: { billingMode: "PAY_PER_REQUEST" } },
            0,
        ],
        [
            "a health check over HTTPS every ten seconds that measures latency",
            {
                type: "aws:route53/healthCheck:HealthCheck",
                props: { type: "HTTPS", requestInterval: 10, measureLatency: true },
            },
            6.75,
        ],
        [
            "a web ACL with three rules, anywhere",
            { type: "aws:wafv2/webAcl:WebAcl", props: { region: "sa-east-1", rules: [{}, {}, {}] } },
            8,
        ],
        [
            "a secret with a replica",
            { type: "aws:secretsmanager/secret:Secret", props: { replicas: [{}] } },
            0.8,
        ],
        [
            "a search domain with masters",
            {
                type: "aws:opensearch/domain:Domain",
                props: {
                    clusterConfig: {
                        instanceType: "r7g.large.search",
                        instanceCount: 2,
                        dedicatedMasterEnabled: true,
                        dedicatedMasterType: "m7g.large.search",
                    },
                    ebsOptions: { volumeSize: 100 },
                },
            },
            585.62,
        ],
        [
            "a server",
            {
                type: "aws:ec2/instance:Instance",
                props: { instanceType: "t4g.small", rootBlockDevice: { volumeSize: 10 } },
            },
            13.06,
        ],
        ["a volume", { type: "aws:ebs/volume:Volume", props: { size: 100 } }, 8],
        [
            "a subscription to Shield Advanced",
            { type: "aws:shield/subscription:Subscription", props: {} },
            3000,
        ],
        ["what has no price", { type: "aws:ec2/vpc:Vpc", props: {} }, undefined],
    ];
    for (const [title, given, expected] of prices) {
        it(`prices ${title}`, () => {
            expect(priceOf(given)).to.equal(expected);
        });
    }

    it("needs no property of any priced type", () => {
        for (const type of PRICED_TYPES) {
            expect(priceOf({ type, props: {} }), type).to.be.at.least(0);
        }
    });
});
