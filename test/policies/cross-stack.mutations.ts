import { residencyAccepted, residencyMutants } from "./crossStackResidency.mutations";
import {
    type AcceptedStacks,
    type FixtureResource,
    type MutableStack,
    type StacksMutant,
} from "../support/policies/mutation";

const ROLE = "aws:iam/role:Role";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const CLUSTER = "aws:rds/cluster:Cluster";
const STACK_REFERENCE = "pulumi:pulumi:StackReference";

function refer(stack: MutableStack, to: string): void {
    stack.add({
        type: STACK_REFERENCE,
        name: `to-${to}`,
        inputs: { name: `organization/meridian/${to}` },
        outputs: {},
    });
}

function hourly(more: Readonly<Record<string, unknown>> = {}): FixtureResource {
    return {
        type: "aws:cloudwatch/eventRule:EventRule",
        name: "hourly",
        inputs: { name: "hourly", region: "us-east-1", scheduleExpression: "rate(1 hour)", ...more },
    };
}

export const mutants: readonly StacksMutant[] = [
    ...residencyMutants,
    {
        rule: "stacks-physical-names",
        title: "one dashboard name in two regions",
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            us.set(us.find(DASHBOARD), "dashboardName", "shop");
            eu.set(eu.find(DASHBOARD), "dashboardName", "shop");
        },
        message: 'has the dashboardName "shop", and so has shop-dashboard of the stack prod-',
    },
    {
        rule: "stacks-physical-names",
        title: "one role name in two regions",
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            us.set(us.find(ROLE), "name", "shop-web");
            eu.set(eu.find(ROLE), "name", "Shop-Web");
        },
        message: "it must be unique in the account, over all regions",
    },
    {
        rule: "stacks-physical-names",
        title: "members of the global database with one identifier",
        change: ({ "prod-us": us, "prod-global": global }) => {
            us.set(us.find(CLUSTER), "clusterIdentifier", "shop");
            global.set(global.find(CLUSTER), "clusterIdentifier", "shop");
        },
    },
    {
        rule: "stacks-physical-names",
        title: "an alias of two distributions",
        change: ({ "prod-us": us, "prod-global": global }) => {
            const type = "aws:cloudfront/distribution:Distribution";
            us.set(us.find(type), "aliases", ["us.shop.example.com", "shop.example.com"]);
            global.set(global.find(type), "aliases", ["shop.example.com"]);
        },
        message: "it must be unique in all of AWS",
    },
    {
        rule: "stacks-physical-names",
        title: "one topic name in the region that two stacks share",
        change: ({ "prod-us": us, "prod-global": global }) => {
            const type = "aws:sns/topic:Topic";
            us.set(us.find(type), "name", "alarms");
            us.set(us.find(type), "region", "us-east-1");
            global.set(global.find(type), "name", "alarms");
            global.set(global.find(type), "region", "us-east-1");
        },
        message: "in the account's region us-east-1",
    },
    {
        rule: "stacks-physical-names",
        title: "one rule name on the default bus of the region that two stacks share",
        change: ({ "prod-us": us, "prod-global": global }) => {
            us.add(hourly());
            global.add(hourly({ eventBusName: "default" }));
        },
        alsoFires: ["stacks-regional-symmetry"],
        message: "in the account's region us-east-1",
    },
    {
        rule: "stacks-physical-names",
        title: "one role name by roles of one account",
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            for (const [stack, role] of [
                [us, "us"],
                [eu, "eu"],
            ] as const) {
                const roleArn = `arn:aws:iam::111122223333:role/deploy-${role}`;
                const provider = stack.find("pulumi:providers:aws");
                stack.set(provider, "assumeRoles", JSON.stringify([{ roleArn }]));
                stack.set(stack.find(ROLE), "name", "shop-web");
            }
        },
        message: "it must be unique in the account, over all regions",
    },
    {
        rule: "stacks-singletons",
        title: "a second detector in the region that two stacks share",
        change: ({ "prod-global": global }) => {
            global.add({
                type: "aws:guardduty/detector:Detector",
                name: "second",
                inputs: { enable: true, region: "us-east-1" },
            });
        },
        message: "a region (here us-east-1) has one detector, and ",
    },
    {
        rule: "stacks-singletons",
        title: "a second password policy in the account",
        change: ({ "prod-eu": eu }) => {
            eu.add({
                type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
                name: "second",
                inputs: { minimumPasswordLength: 14 },
            });
        },
        message:
            "an account has one password policy, and shop-baseline-passwords of the stack prod-us is it.",
    },
    {
        rule: "stacks-singletons",
        title: "a second trail of all regions",
        change: ({ "prod-global": global }) => {
            global.add({
                type: "aws:cloudtrail/trail:Trail",
                name: "second",
                inputs: { isMultiRegionTrail: true, name: "second" },
            });
        },
    },
    {
        rule: "stacks-singletons",
        title: "global resources recorded in two regions",
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            for (const stack of [us, eu]) {
                const recorder = stack.find("aws:cfg/recorder:Recorder");
                stack.set(recorder, "recordingGroup.includeGlobalResourceTypes", true);
            }
        },
        message: "an account has one recorder that records global resources",
    },
    {
        rule: "stacks-references-acyclic",
        title: "a region that reads the global stack",
        change: ({ "prod-eu": eu }) => {
            refer(eu, "prod-global");
        },
        alsoFires: ["stacks-regional-symmetry"],
        message: "closes the circle ",
    },
    {
        rule: "stacks-references-acyclic",
        title: "a stack that reads itself",
        change: ({ "prod-global": global }) => {
            refer(global, "prod-global");
        },
        message: "closes the circle prod-global → prod-global.",
    },
    {
        rule: "stacks-regional-symmetry",
        title: "an alarm that one region lacks",
        change: ({ "prod-eu": eu }) => {
            eu.remove(eu.find("aws:cloudwatch/metricAlarm:MetricAlarm", /^shop-web-/));
        },
        decidedBy: "relations",
        message: /^has no aws:cloudwatch\/metricAlarm:MetricAlarm "shop-web-.*", which prod-us has\.$/,
    },
    {
        rule: "stacks-regional-symmetry",
        title: "a queue that only one region has",
        change: ({ "prod-eu": eu }) => {
            eu.add({ type: "aws:sqs/queue:Queue", name: "orders-eu", inputs: {} });
        },
        decidedBy: "relations",
        message: 'has no aws:sqs/queue:Queue "orders-<region>", which prod-eu has.',
    },
    {
        rule: "stacks-regional-symmetry",
        title: "a queue by the region's own name that only one region has",
        change: ({ "prod-eu": eu }) => {
            eu.add({ type: "aws:sqs/queue:Queue", name: "orders-eu-central-1", inputs: {} });
        },
        decidedBy: "relations",
        message: 'has no aws:sqs/queue:Queue "orders-<region>", which prod-eu has.',
    },
    {
        rule: "stacks-regional-symmetry",
        title: "a member of the database without its subnet group",
        change: ({ "prod-eu": eu }) => {
            eu.remove(eu.find("aws:rds/subnetGroup:SubnetGroup", "shop-db-subnets"));
        },
        decidedBy: "relations",
        message: 'has no aws:rds/subnetGroup:SubnetGroup "shop-db-subnets", which prod-us has.',
    },
];

export const accepted: readonly AcceptedStacks[] = [
    ...residencyAccepted,
    {
        rule: "stacks-physical-names",
        title: "one log group name in two regions",
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            const type = "aws:cloudwatch/logGroup:LogGroup";
            us.set(us.find(type, /^shop-web-/), "name", "/shop/web");
            eu.set(eu.find(type, /^shop-web-/), "name", "/shop/web");
        },
    },
    {
        rule: "stacks-physical-names",
        title: "a type that the configuration leaves out",
        config: { except: [DASHBOARD] },
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            us.set(us.find(DASHBOARD), "dashboardName", "shop");
            eu.set(eu.find(DASHBOARD), "dashboardName", "shop");
        },
    },
    {
        rule: "stacks-physical-names",
        title: "a schedule without a group",
        change: ({ "prod-us": us }) => {
            us.add({
                type: "aws:scheduler/schedule:Schedule",
                name: "nightly",
                inputs: {
                    name: "nightly",
                    flexibleTimeWindow: { mode: "OFF" },
                    region: "us-east-1",
                    scheduleExpression: "rate(1 day)",
                },
            });
        },
    },
    {
        rule: "stacks-physical-names",
        title: "one role name in two accounts",
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            const provider = eu.add({
                type: "pulumi:providers:aws",
                name: "audit",
                inputs: { region: "eu-central-1", allowedAccountIds: '["444455556666"]' },
            });
            us.set(us.find(ROLE), "name", "shop-web");
            eu.set(eu.find(ROLE), "name", "shop-web");
            eu.setProvider(eu.find(ROLE), provider);
        },
    },
    {
        rule: "stacks-singletons",
        title: "a detector in another account",
        change: ({ "prod-global": global }) => {
            const provider = global.add({
                type: "pulumi:providers:aws",
                name: "audit",
                inputs: { region: "us-east-1", allowedAccountIds: ["444455556666"] },
            });
            global.add({
                type: "aws:guardduty/detector:Detector",
                name: "audit",
                inputs: { enable: true },
                provider,
            });
        },
    },
    {
        rule: "stacks-singletons",
        title: "an analyzer of unused access beside the account's",
        change: ({ "prod-us": us }) => {
            us.add({
                type: "aws:accessanalyzer/analyzer:Analyzer",
                name: "unused",
                inputs: { type: "ACCOUNT_UNUSED_ACCESS" },
            });
        },
    },
    {
        rule: "stacks-references-acyclic",
        title: "a stack of another project",
        change: ({ "prod-us": us }) => {
            refer(us, "network");
        },
    },
    {
        rule: "stacks-regional-symmetry",
        title: "a region without a member of the database",
        change: ({ "prod-eu": eu }) => {
            // With all that it is made of.
            eu.remove(eu.find("meridian:index:AuroraGlobal", "shop-db"));
        },
    },
    {
        rule: "stacks-regional-symmetry",
        title: "what the configuration says one region owns",
        config: { except: ["* *-db-*", "* *-baseline-*", "aws:sqs/queue:Queue *"] },
        change: ({ "prod-eu": eu }) => {
            eu.add({ type: "aws:sqs/queue:Queue", name: "orders", inputs: {} });
        },
    },
];
