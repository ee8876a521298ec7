import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { database, INTERNAL, setTags, TAGS } from "./costStack";

const BUCKET = "aws:s3/bucket:Bucket";
const BUDGET = "aws:budgets/budget:Budget";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const CLUSTER = "aws:rds/cluster:Cluster";
const GLOBAL_CACHE = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";
const GROUP = "aws:autoscaling/group:Group";
const INSTANCE = "aws:rds/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const TOPIC = "aws:sns/topic:Topic";

/** A replica, which has the storage of its source. */
const replica: FixtureResource = {
    type: INSTANCE,
    name: "fixture-replica",
    inputs: {
        instanceClass: "db.t4g.small",
        replicateSourceDb: refTo(INSTANCE, "fixture-database"),
        tags: INTERNAL,
    },
};

export const mutants: readonly Mutant[] = [
    {
        rule: "cost-within-budget",
        title: "a database that never gets smaller than 32 units",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "serverlessv2ScalingConfiguration.minCapacity", 32);
        },
        message:
            /^[\s\S]*costs about \d+ USD by the month, and 2500 is the most; the dearest are "shop-db-instance-1" \(2803\)/,
    },
    {
        rule: "cost-within-budget",
        title: "a stack with a budget of its own",
        // Which of the network's subnets something is in is known once they are there.
        assumed: true,
        stack: "prod-eu",
        config: { monthlyUsdByStack: { "prod-e*": 480 } },
        change: (stack) => {
            stack.set(stack.find(GROUP), "minSize", 10);
        },
        message: "and 480 is the most",
    },
    {
        rule: "cost-within-budget",
        title: "a large database whose replica is as large",
        fixture: [database, { ...replica, inputs: { ...replica.inputs, storageType: "gp3" } }],
        change: (stack) => {
            stack.set(stack.find(INSTANCE, "fixture-database"), "allocatedStorage", 9000);
        },
        message: /"fixture-replica" \(1\d{3}\)/,
    },
    {
        rule: "cost-within-budget",
        title: "a subscription to Shield Advanced",
        stack: "prod-global",
        change: (stack) => {
            stack.add({
                type: "aws:shield/subscription:Subscription",
                name: "fixture-shield",
                inputs: { autoRenew: "ENABLED" },
            });
        },
        message: '"fixture-shield" (3000)',
        decidedBy: "relations",
    },
    {
        rule: "budget-exists",
        title: "a global stack without a budget",
        stack: "prod-global",
        change: (stack) => {
            for (const each of stack.all(BUDGET)) {
                stack.remove(each);
            }
        },
        message: "has no budget.",
    },
    {
        rule: "budget-exists",
        title: "a budget without a limit",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(BUDGET), "limitAmount");
        },
        message: "has no limitAmount above 0.",
    },
    {
        rule: "budget-exists",
        title: "a budget that tells nobody",
        stack: "prod-global",
        change: (stack) => {
            const budget = stack.find(BUDGET);
            const notifications = budget.inputs["notifications"] as readonly object[];
            notifications.forEach((_, index) => {
                stack.unset(budget, `notifications[${index}].subscriberSnsTopicArns`);
            });
        },
        message: "has no notification that reaches anybody.",
    },
    {
        rule: "cost-tags",
        title: "a provider without an owner",
        change: (stack) => {
            setTags(stack, { ...TAGS, owner: "" });
        },
        config: { values: { owner: "shop" } },
        message: "has no tag owner.",
    },
    {
        rule: "cost-tags",
        title: "a group without tags of its own",
        change: (stack) => {
            stack.set(stack.find(GROUP), "tags", []);
        },
        config: { values: { project: "never taken, because the provider says more" } },
        message: "has no tags project, environment, stack, owner and cost-center.",
    },
    {
        rule: "cost-tags",
        title: "a group that keeps a tag to itself",
        change: (stack) => {
            stack.set(stack.find(GROUP), "tags[0].propagateAtLaunch", false);
        },
        message: "does not hand the tag project on to its instances.",
    },
    {
        rule: "cost-tags",
        title: "a template that gives volumes no tags",
        change: (stack) => {
            stack.unset(stack.find(TEMPLATE), "tagSpecifications[1]");
        },
        message:
            "gives volumes no tags project, environment, stack, owner and cost-center by its tagSpecifications.",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cost-within-budget",
        title: "what takes its size from another resource",
        fixture: [
            database,
            replica,
            {
                type: "aws:rds/snapshot:Snapshot",
                name: "fixture-snapshot",
                inputs: { dbInstanceIdentifier: refTo(INSTANCE, "fixture-database") },
            },
            {
                type: INSTANCE,
                name: "fixture-restored",
                inputs: {
                    instanceClass: "db.t4g.small",
                    snapshotIdentifier: refTo("aws:rds/snapshot:Snapshot", "fixture-snapshot"),
                },
            },
            { type: CACHE, name: "fixture-primary", inputs: { nodeType: "cache.t4g.small" } },
            {
                type: GLOBAL_CACHE,
                name: "fixture-datastore",
                inputs: { primaryReplicationGroupId: refTo(CACHE, "fixture-primary") },
            },
            {
                type: CACHE,
                name: "fixture-secondary",
                inputs: { globalReplicationGroupId: refTo(GLOBAL_CACHE, "fixture-datastore") },
            },
            {
                type: "aws:elasticache/cluster:Cluster",
                name: "fixture-node",
                inputs: { replicationGroupId: refTo(CACHE, "fixture-primary") },
            },
            {
                type: "aws:ec2/instance:Instance",
                name: "fixture-server",
                inputs: {
                    instanceType: "t4g.small",
                    launchTemplate: { id: refTo(TEMPLATE, "shop-web-fleet-template") },
                },
            },
            {
                type: "aws:ebs/volume:Volume",
                name: "fixture-volume",
                inputs: { snapshotId: "snap-00000000000000000", size: 10 },
            },
            {
                type: "aws:ec2/vpcEndpoint:VpcEndpoint",
                name: "fixture-endpoint",
                inputs: { vpcEndpointType: "Interface" },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(INSTANCE, "fixture-database"), "allocatedStorage", 100);
        },
    },
    {
        rule: "budget-exists",
        title: "a region's stack without a budget",
        change: (stack) => {
            stack.remove(stack.find(TOPIC));
        },
    },
    {
        rule: "cost-tags",
        title: "tags on the resource instead of the provider",
        change: (stack) => {
            stack.set(stack.find(BUCKET), "tags", TAGS);
        },
    },
];
