import { expect } from "chai";
import { createRequire } from "node:module";
import { isUnknownError, StackView } from "../../../../policies/framework";
import { undecidable } from "../../../../policies/framework/undecidable";
import { rule } from "../../../../policies/residency-and-cost/rules/cost-within-budget";
import { leastCost, mayCost, PRICED_TYPES } from "../../../../policies/residency-and-cost/shared/cost/least";
import { splitSize } from "../../../../policies/residency-and-cost/shared/sizes";
import { type Given, leastOf, member, notKnown } from "./members";

const sdk = createRequire(__filename)("@pulumi/policy") as { readonly UnknownValueError: new () => Error };

describe("The least that a resource costs", () => {
    it("takes what a program leaves to AWS as left out", () => {
        const unknown = (props: object, ...names: readonly string[]): Record<string, unknown> =>
            Object.defineProperties(
                { ...props },
                Object.fromEntries(names.map((name) => [name, { enumerable: true, get: notKnown }])),
            );
        const group = unknown({ minSize: 0 }, "mixedInstancesPolicy");
        expect(leastOf({ type: "aws:autoscaling/group:Group", props: group })).to.equal(0);
        const instance = { instanceClass: "db.t4g.small", allocatedStorage: 20 };
        expect(leastOf({ type: "aws:rds/instance:Instance", props: unknown(instance, "multiAz") })).to.equal(
            leastOf({ type: "aws:rds/instance:Instance", props: { ...instance, multiAz: false } }),
        );
        const server = unknown({ instanceType: "m7g.large" }, "rootBlockDevice");
        expect(leastOf({ type: "aws:ec2/instance:Instance", props: server })).to.equal(
            Math.round(0.0816 * 730 * 100) / 100,
        );
        const table = unknown({}, "readCapacity", "writeCapacity");
        expect(leastOf({ type: "aws:dynamodb/table:Table", props: table })).to.equal(0);
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

    const prices: readonly (readonly [string, Given, number])[] = [
        ["a NAT gateway", { type: "aws:ec2/natGateway:NatGateway", props: {} }, 32.85],
        [
            "one in Frankfurt",
            { type: "aws:ec2/natGateway:NatGateway", props: { region: "eu-central-1" } },
            // 730 × 0.052
            37.96,
        ],
        [
            "one in a region without prices as the cheapest one",
            { type: "aws:ec2/natGateway:NatGateway", props: { region: "af-south-1" } },
            32.85,
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
            // 4 × 730 × 0.0816, Spot at most as on demand, and 4 × 20 × 0.1 of gp2, which is AWS's default.
            246.27,
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
                props: {
                    engine: "postgres",
                    instanceClass: "db.t4g.medium",
                    storageType: "gp3",
                    allocatedStorage: 100,
                    multiAz: true,
                },
            },
            // 730 × 0.13 + 100 × 0.23
            117.9,
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
                props: { instanceClass: "db.t4g.small" },
                refers: {
                    replicateSourceDb: member({
                        type: "aws:rds/instance:Instance",
                        props: {
                            engine: "postgres",
                            instanceClass: "db.t4g.medium",
                            storageType: "gp3",
                            allocatedStorage: 100,
                        },
                    }),
                },
            },
            // 730 × 0.032 + 100 × 0.115
            34.86,
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
                                    engine: "valkey",
                                    nodeType: "cache.r7g.large",
                                    numNodeGroups: 2,
                                    replicasPerNodeGroup: 2,
                                },
                            }),
                        },
                    }),
                },
            },
            // 4 × 730 × 0.1752
            511.58,
        ],
        [
            "a cache of two shards with a replica each",
            {
                type: "aws:elasticache/replicationGroup:ReplicationGroup",
                props: {
                    engine: "valkey",
                    nodeType: "cache.r7g.large",
                    numNodeGroups: 2,
                    replicasPerNodeGroup: 1,
                },
            },
            // 4 × 730 × 0.1752
            511.58,
        ],
        [
            "a service on Fargate with Graviton",
            {
                type: "aws:ecs/service:Service",
                props: { desiredCount: 2, launchType: "FARGATE" },
                refers: {
                    taskDefinition: member({
                        type: "aws:ecs/taskDefinition:TaskDefinition",
                        props: { cpu: "1024", memory: "2048", runtimePlatform: { cpuArchitecture: "ARM64" } },
                    }),
                },
            },
            // 2 × 730 × (0.03238 + 2 × 0.00356)
            57.67,
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
            "a web ACL with three rules in a region without prices",
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
            // 2 × 730 × 0.178 + 3 × 730 × 0.135 + 2 × 100 × 0.135 of gp2
            582.53,
        ],
        [
            "a server",
            {
                type: "aws:ec2/instance:Instance",
                props: { instanceType: "t4g.small", rootBlockDevice: { volumeSize: 10 } },
            },
            // 730 × 0.0168 + 10 × 0.1
            13.26,
        ],
        ["a volume", { type: "aws:ebs/volume:Volume", props: { size: 100, type: "gp3" } }, 8],
        [
            "a subscription to Shield Advanced",
            { type: "aws:shield/subscription:Subscription", props: {} },
            3000,
        ],
        ["what is paid by use alone", { type: "aws:ec2/vpc:Vpc", props: {} }, 0],
    ];
    for (const [title, given, expected] of prices) {
        it(`prices ${title}`, () => {
            expect(leastOf(given)).to.equal(expected);
        });
    }

    it("needs no property of any priced type", () => {
        for (const type of PRICED_TYPES) {
            expect(leastOf({ type, props: {} }), type).to.be.at.least(0);
        }
    });

    it("says what has no price, and counts it with nothing that it made up", () => {
        const server = member({ type: "aws:ec2/instance:Instance", props: { instanceType: "x9z.xlarge" } });
        expect(leastCost(server, new StackView([server]))).to.deep.equal({
            usd: 0,
            elsewhere: [],
            unpriced: ["x9z.xlarge on demand: The table has no price of AmazonEC2 for it in any region."],
        });
    });

    it("says where the price of another region was taken", () => {
        const gateway = member({ type: "aws:ec2/natGateway:NatGateway", props: { region: "af-south-1" } });
        expect(leastCost(gateway, new StackView([gateway])).elsewhere).to.deep.equal(["af-south-1"]);
    });

    it("takes no type for free that it does not know", () => {
        expect(mayCost("aws:redshift/cluster:Cluster")).to.equal(true);
        expect(mayCost("aws:iam/role:Role")).to.equal(false);
        expect(mayCost("random:index/randomId:RandomId")).to.equal(false);
        const strange = member({ type: "aws:redshift/cluster:Cluster" });
        expect(leastCost(strange, new StackView([strange])).unpriced).to.deep.equal([
            "aws:redshift/cluster:Cluster: It is not known what this type costs.",
        ]);
    });
});

describe("the rule on the budget", () => {
    const config = { monthlyUsd: 100, monthlyUsdByStack: {} };
    const judge = (given: readonly Given[]): { readonly said: string[]; readonly undecided: string[] } => {
        const said: string[] = [];
        const view = new StackView(given.map(member));
        rule.checkStack(view, (reason) => said.push(reason), config);
        return { said, undecided: view.undecided.map(({ error }) => error.message) };
    };
    const server = (instanceType: string): Given => ({
        type: "aws:ec2/instance:Instance",
        name: instanceType,
        props: { instanceType },
    });

    it("is silent where all is priced and within", () => {
        expect(judge([server("t4g.small")])).to.deep.equal({ said: [], undecided: [] });
    });

    it("leaves open what has no price, rather than take it for free", () => {
        expect(judge([server("t4g.small"), server("x9z.metal")])).to.deep.equal({
            said: [],
            undecided: [
                "what it costs is not known: x9z.metal on demand: The table has no price of AmazonEC2 for it in any region",
            ],
        });
    });

    it("leaves open what a type costs that nobody knows", () => {
        const { undecided } = judge([{ type: "aws:redshift/cluster:Cluster" }]);
        expect(undecided).to.have.length(1);
    });

    it("fires where what is priced is above already, and says whose prices it took", () => {
        const gateways = ["a", "b", "c"].map((name) => ({
            type: "aws:ec2/natGateway:NatGateway",
            name,
            props: { region: "sa-east-1" },
        }));
        const addresses = ["d", "e"].map((name) => ({ type: "aws:ec2/eip:Eip", name }));
        expect(judge([...gateways, ...addresses, server("x9z.metal")])).to.deep.equal({
            said: [
                'costs about 106 USD by the month, and 100 is the most; the dearest are "a" (33), "b" (33) and "c" (33); ' +
                    "of sa-east-1 some prices are not known, and the least of other regions was taken.",
            ],
            undecided: [],
        });
    });

    it("is undecided by an error that the policy SDK takes for one about an unknown value", () => {
        expect(undecidable("why")).to.be.instanceOf(sdk.UnknownValueError);
        expect(isUnknownError(undecidable("why"))).to.equal(true);
    });
});
