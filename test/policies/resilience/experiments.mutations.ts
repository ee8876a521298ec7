/** Canaries, experiments with faults, and plans that move a region's work. */
import { CANARY, canaryFixture } from "../../support/policies/canaryFixture";
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const EXPERIMENT = "aws:fis/experimentTemplate:ExperimentTemplate";
const PLAN = "aws:arcregionswitch/plan:Plan";
const ACCOUNT = "111122223333";

const experiment: readonly FixtureResource[] = [
    {
        type: EXPERIMENT,
        name: "stops",
        inputs: {
            region: "us-east-1",
            description: "Stops instances",
            roleArn: `arn:aws:iam::${ACCOUNT}:role/faults`,
            actions: [
                {
                    name: "stop",
                    actionId: "aws:ec2:stop-instances",
                    target: { key: "Instances", value: "instances" },
                },
            ],
            targets: [
                {
                    name: "instances",
                    resourceType: "aws:ec2:instance",
                    resourceTags: [{ key: "stack", value: "prod-us" }],
                    filters: [{ path: "State.Name", values: ["running"] }],
                    selectionMode: "ALL",
                },
            ],
            stopConditions: [
                {
                    source: "aws:cloudwatch:alarm",
                    value: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:unbearable`,
                },
            ],
            logConfiguration: {
                logSchemaVersion: 2,
                cloudwatchLogsConfiguration: {
                    logGroupArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/faults:*`,
                },
            },
        },
    },
];

const canary: readonly FixtureResource[] = [
    canaryFixture(),
    {
        type: ALARM,
        name: "pages-failing",
        inputs: {
            region: "us-east-1",
            namespace: "CloudWatchSynthetics",
            metricName: "SuccessPercent",
            dimensions: { CanaryName: refTo(CANARY, "pages") },
            statistic: "Average",
            comparisonOperator: "LessThanThreshold",
            threshold: 100,
            period: 300,
            evaluationPeriods: 2,
            alarmActions: [`arn:aws:sns:us-east-1:${ACCOUNT}:alarms`],
        },
    },
];

const writer = {
    name: "writer",
    executionBlockType: "AuroraGlobalDatabase",
    globalAuroraConfigs: [
        {
            globalClusterIdentifier: "shop",
            databaseClusterArns: ["us-east-1", "eu-central-1"].map(
                (region) => `arn:aws:rds:${region}:${ACCOUNT}:cluster:shop`,
            ),
            behavior: "switchoverOnly",
            ungracefuls: [{ ungraceful: "failover" }],
        },
    ],
};

const plan: readonly FixtureResource[] = [
    {
        type: PLAN,
        name: "switch",
        inputs: {
            name: "switch",
            executionRole: `arn:aws:iam::${ACCOUNT}:role/switch`,
            recoveryApproach: "activePassive",
            regions: ["us-east-1", "eu-central-1"],
            primaryRegion: "us-east-1",
            workflows: [
                {
                    workflowTargetAction: "activate",
                    steps: [
                        {
                            name: "both",
                            executionBlockType: "Parallel",
                            parallelConfigs: [{ steps: [writer] }],
                        },
                    ],
                },
            ],
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "fis-stop-alarm",
        title: "an experiment that nothing ends",
        fixture: experiment,
        change: (stack) => {
            stack.set(stack.find(EXPERIMENT), "stopConditions", [{ source: "none" }]);
        },
        message: "goes on whatever it does to viewers",
    },
    {
        rule: "fis-experiment-log",
        title: "an experiment that leaves no record",
        fixture: experiment,
        change: (stack) => {
            stack.unset(stack.find(EXPERIMENT), "logConfiguration");
        },
        message: "leaves no record of what it did",
        decidedBy: "structure",
    },
    {
        rule: "fis-targets-bounded",
        title: "all running instances of the account",
        fixture: experiment,
        change: (stack) => {
            stack.unset(stack.find(EXPERIMENT), "targets[0].resourceTags");
        },
        message: 'has a target "instances" of every aws:ec2:instance in the account',
        decidedBy: "structure",
    },
    {
        rule: "fis-targets-bounded",
        title: "all instances of a zone",
        fixture: experiment,
        change: (stack) => {
            const template = stack.find(EXPERIMENT);
            stack.set(template, "targets[0].resourceTags", []);
            stack.set(template, "targets[0].filters[0]", {
                path: "Placement.AvailabilityZone",
                values: ["us-east-1a"],
            });
        },
        message: 'has a target "instances" of every aws:ec2:instance in the account',
        decidedBy: "structure",
    },
    {
        rule: "fis-targets-bounded",
        title: "all subnets of a zone",
        fixture: experiment,
        change: (stack) => {
            stack.set(stack.find(EXPERIMENT), "targets[0]", {
                name: "subnets",
                resourceType: "aws:ec2:subnet",
                parameters: { availabilityZoneIdentifier: "us-east-1a" },
                selectionMode: "ALL",
            });
        },
        message: 'has a target "subnets" of every aws:ec2:subnet in the account',
        decidedBy: "structure",
    },
    {
        rule: "canary-watched",
        title: "a canary that fails quietly",
        fixture: canary,
        change: (stack) => {
            stack.set(stack.find(ALARM, "pages-failing"), "dimensions", { CanaryName: "other" });
        },
        message: "fails without anybody being told",
        decidedBy: "relations",
    },
    {
        rule: "canary-watched",
        title: "a canary that was never started",
        fixture: canary,
        change: (stack) => {
            stack.unset(stack.find(CANARY, "pages"), "startCanary");
        },
        message: "does not run: startCanary is not true",
        decidedBy: "relations",
    },
    {
        rule: "region-switch-keeps-data",
        title: "a failover where a switchover would do",
        fixture: plan,
        change: (stack) => {
            stack.set(
                stack.find(PLAN),
                "workflows[0].steps[0].parallelConfigs[0].steps[0].globalAuroraConfigs[0].behavior",
                "failover",
            );
        },
        message: 'loses data in every execution: the step "writer" has behavior failover',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "fis-stop-alarm",
        title: "an alarm beside another condition",
        fixture: experiment,
        change: (stack) => {
            stack.set(stack.find(EXPERIMENT), "stopConditions[1]", { source: "none" });
        },
    },
    {
        rule: "fis-experiment-log",
        title: "a log in S3",
        fixture: experiment,
        change: (stack) => {
            stack.set(stack.find(EXPERIMENT), "logConfiguration", {
                logSchemaVersion: 2,
                s3Configuration: { bucketName: "faults" },
            });
        },
    },
    {
        rule: "fis-targets-bounded",
        title: "all instances of a network",
        fixture: experiment,
        change: (stack) => {
            const template = stack.find(EXPERIMENT);
            stack.unset(template, "targets[0].resourceTags");
            stack.set(template, "targets[0].filters[1]", { path: "VpcId", values: ["vpc-0a"] });
        },
    },
    {
        rule: "canary-watched",
        title: "an alarm over several of its metrics",
        fixture: canary,
        change: (stack) => {
            const alarm = stack.find(ALARM, "pages-failing");
            for (const property of ["namespace", "metricName", "dimensions", "statistic", "period"]) {
                stack.unset(alarm, property);
            }
            stack.set(alarm, "metricQueries", [
                {
                    id: "succeeded",
                    returnData: true,
                    metric: {
                        namespace: "CloudWatchSynthetics",
                        metricName: "SuccessPercent",
                        dimensions: { CanaryName: "pages" },
                        stat: "Average",
                        period: 300,
                    },
                },
            ]);
            stack.relate(alarm, "metricQueries", stack.find(CANARY, "pages"));
        },
    },
    {
        rule: "region-switch-keeps-data",
        title: "a plan without a database",
        fixture: plan,
        change: (stack) => {
            stack.set(stack.find(PLAN), "workflows[0].steps", [
                { name: "ask", executionBlockType: "ManualApproval", executionApprovalConfigs: [{}] },
            ]);
        },
    },
];
