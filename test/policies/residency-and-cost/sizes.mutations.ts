import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { database, domain, INTERNAL, setTags, TAGS } from "./costStack";

const CLUSTER = "aws:rds/cluster:Cluster";
const DOMAIN = "aws:opensearch/domain:Domain";
const FUNCTION = "aws:lambda/function:Function";
const GROUP = "aws:autoscaling/group:Group";
const INSTANCE = "aws:rds/instance:Instance";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const NAT = "aws:ec2/natGateway:NatGateway";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SERVICE = "aws:ecs/service:Service";
const SPOT = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
const SUBNET = "aws:ec2/subnet:Subnet";
const TARGET = "aws:appautoscaling/target:Target";
const VPC = "aws:ec2/vpc:Vpc";

const cache: FixtureResource = {
    type: REPLICATION_GROUP,
    name: "fixture-cache",
    inputs: { nodeType: "cache.t4g.small", numCacheClusters: 2, multiAzEnabled: false, tags: INTERNAL },
};
const nodes: FixtureResource = {
    type: NODE_GROUP,
    name: "fixture-nodes",
    inputs: { instanceTypes: ["m7g.large", "m8g.large"], scalingConfig: { maxSize: 3 } },
};
const target: FixtureResource = {
    type: TARGET,
    name: "fixture-target",
    inputs: { serviceNamespace: "ecs", maxCapacity: 10 },
};
const service: FixtureResource = { type: SERVICE, name: "fixture-service", inputs: { desiredCount: 2 } };

const multiAzCluster: FixtureResource = {
    type: CLUSTER,
    name: "fixture-cluster",
    inputs: {
        engine: "postgres",
        dbClusterInstanceClass: "db.m7g.large",
        allocatedStorage: 100,
        storageType: "gp3",
        tags: INTERNAL,
    },
};

/** A network of a development environment with one NAT gateway. */
const development: readonly FixtureResource[] = [
    { type: VPC, name: "fixture-network", inputs: { cidrBlock: "10.99.0.0/16" } },
    { type: SUBNET, name: "fixture-subnet", inputs: { vpcId: refTo(VPC, "fixture-network") } },
    natGateway("fixture-nat-1"),
];

function natGateway(name: string): FixtureResource {
    return {
        type: NAT,
        name,
        inputs: { subnetId: refTo(SUBNET, "fixture-subnet"), tags: { environment: "dev" } },
    };
}

function inDevelopment(resource: FixtureResource): FixtureResource {
    return {
        ...resource,
        inputs: { ...resource.inputs, tags: { ...INTERNAL, environment: "dev-1", schedule: "office-hours" } },
    };
}

export const mutants: readonly Mutant[] = [
    {
        rule: "instance-sizes-allowed",
        title: "an instance type of another family",
        change: (stack) => {
            stack.set(
                stack.find(GROUP),
                "mixedInstancesPolicy.launchTemplate.overrides[1].instanceType",
                "m5.large",
            );
        },
        message: 'overrides[1].instanceType "m5.large", whose family "m5" is none of t4g, c7g, c8g, m7g,',
    },
    {
        rule: "instance-sizes-allowed",
        title: "a database class that is too large",
        change: (stack) => {
            stack.set(stack.find(MEMBER), "instanceClass", "db.r8g.24xlarge");
        },
        message:
            'has instanceClass "db.r8g.24xlarge", whose size "24xlarge" is none of nano, micro, small, medium, large, xlarge, 2xlarge.',
    },
    {
        rule: "instance-sizes-allowed",
        title: "a search node of another family",
        fixture: [domain],
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "clusterConfig.dedicatedMasterType", "m5.large.search");
        },
        message: 'has clusterConfig.dedicatedMasterType "m5.large.search"',
    },
    {
        rule: "instance-sizes-allowed",
        title: "a cache node that is too large",
        fixture: [cache],
        change: (stack) => {
            stack.set(stack.find(REPLICATION_GROUP), "nodeType", "cache.r7g.4xlarge");
        },
    },
    {
        rule: "instance-sizes-allowed",
        title: "a Multi-AZ cluster whose instances are too large",
        fixture: [multiAzCluster],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "fixture-cluster"), "dbClusterInstanceClass", "db.r6gd.16xlarge");
        },
        message: 'has dbClusterInstanceClass "db.r6gd.16xlarge", whose family "r6gd" is none of t4g,',
    },
    {
        rule: "instance-sizes-allowed",
        title: "a Spot instance that is too large",
        fixture: [{ type: SPOT, name: "fixture-spot", inputs: { instanceType: "c7g.large" } }],
        change: (stack) => {
            stack.set(stack.find(SPOT), "instanceType", "c7g.16xlarge");
        },
        message: 'has instanceType "c7g.16xlarge", whose size "16xlarge" is none of nano,',
    },
    {
        rule: "instance-sizes-allowed",
        title: "one of several instance types of a node group",
        fixture: [nodes],
        change: (stack) => {
            stack.set(stack.find(NODE_GROUP), "instanceTypes[1]", "p5.48xlarge");
        },
        message: 'has instanceTypes[1] "p5.48xlarge"',
    },
    {
        rule: "capacity-ceilings",
        title: "a group that grows without end",
        change: (stack) => {
            stack.set(stack.find(GROUP), "maxSize", 500);
        },
        message: "has maxSize 500, and 24 is the most.",
    },
    {
        rule: "capacity-ceilings",
        title: "a function without a reservation",
        change: (stack) => {
            stack.unset(stack.find(FUNCTION), "reservedConcurrentExecutions");
        },
        message: "has no reservedConcurrentExecutions, and 100 is the most.",
    },
    {
        rule: "capacity-ceilings",
        title: "a function with a large reservation",
        change: (stack) => {
            stack.set(stack.find(FUNCTION), "reservedConcurrentExecutions", 900);
        },
    },
    {
        rule: "capacity-ceilings",
        title: "a database that grows to 256 units",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "serverlessv2ScalingConfiguration.maxCapacity", 256);
        },
        message: "has serverlessv2ScalingConfiguration.maxCapacity 256, and 64 is the most.",
    },
    {
        rule: "capacity-ceilings",
        title: "a scalable target above its ceiling",
        fixture: [target],
        change: (stack) => {
            stack.set(stack.find(TARGET), "maxCapacity", 1000);
        },
        message: "has maxCapacity 1000, and 50 is the most.",
    },
    {
        rule: "capacity-ceilings",
        title: "a service of many tasks",
        fixture: [service],
        change: (stack) => {
            stack.set(stack.find(SERVICE), "desiredCount", 51);
        },
    },
    {
        rule: "capacity-ceilings",
        title: "a search domain of many nodes",
        fixture: [domain],
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "clusterConfig.instanceCount", 40);
        },
        alsoFires: ["cost-within-budget"],
    },
    {
        rule: "capacity-ceilings",
        title: "a node group without a ceiling",
        fixture: [nodes],
        change: (stack) => {
            stack.unset(stack.find(NODE_GROUP), "scalingConfig.maxSize");
        },
        message: "has no scalingConfig.maxSize, and 24 is the most.",
    },
    {
        rule: "non-production-economical",
        title: "two NAT gateways in a development network",
        fixture: development,
        change: (stack) => {
            stack.add(natGateway("fixture-nat-2"));
        },
        message: "is one of 2 NAT gateways of its VPC, and 1 is the most.",
    },
    {
        rule: "non-production-economical",
        title: "a NAT gateway where there may be none",
        fixture: development.slice(0, 2),
        config: { natGatewaysPerVpc: 0 },
        change: (stack) => {
            stack.add(natGateway("fixture-nat-1"));
        },
        message: "is a NAT gateway of its VPC, and 0 is the most.",
    },
    {
        rule: "non-production-economical",
        title: "production's stack in a development environment",
        change: (stack) => {
            setTags(stack, { ...TAGS, environment: "dev" });
        },
        message: "is one of 3 NAT gateways of its VPC, and 1 is the most.",
    },
    {
        rule: "non-production-economical",
        title: "a development database with a standby",
        fixture: [inDevelopment(database)],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "multiAz", true);
        },
        message: "has multiAz true, which doubles its price.",
    },
    {
        rule: "non-production-economical",
        title: "a development cache with a standby",
        fixture: [inDevelopment(cache)],
        change: (stack) => {
            stack.set(stack.find(REPLICATION_GROUP), "multiAzEnabled", true);
        },
    },
    {
        rule: "non-production-economical",
        title: "a development search domain with a standby",
        fixture: [inDevelopment(domain)],
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "clusterConfig.multiAzWithStandbyEnabled", true);
        },
    },
    {
        rule: "non-production-economical",
        title: "a development database that runs at night",
        fixture: [inDevelopment(database)],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "tags.schedule");
        },
        message: "has no tag schedule, and runs at night.",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "instance-sizes-allowed",
        title: "a node of DAX, which has no Graviton",
        change: (stack) => {
            stack.add({
                type: "aws:dax/cluster:Cluster",
                name: "fixture-dax",
                inputs: { nodeType: "dax.t3.small" },
            });
        },
    },
    {
        rule: "capacity-ceilings",
        title: "a target of a service that is not judged",
        change: (stack) => {
            stack.add({ ...target, inputs: { serviceNamespace: "custom-resource", maxCapacity: 1_000_000 } });
        },
    },
    {
        rule: "non-production-economical",
        title: "one gateway in each of two development networks",
        fixture: development,
        change: (stack) => {
            stack.add({
                type: NAT,
                name: "fixture-nat-2",
                inputs: { subnetId: refTo(SUBNET, "shop-vpc-network-edge-1"), tags: { environment: "dev" } },
            });
        },
    },
];
