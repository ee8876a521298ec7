/** Canaries, experiments with faults, plans that move a region's work, and what AWS Health says. */
import { CANARY, canaryFixture } from "../../support/policies/canaryFixture";
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const EXPERIMENT = "aws:fis/experimentTemplate:ExperimentTemplate";
const PLAN = "aws:arcregionswitch/plan:Plan";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const ACCOUNT = "111122223333";

const canary: readonly FixtureResource[] = [
    canaryFixture({
        runConfig: { timeoutInSeconds: 60, memoryInMb: 960 },
        successRetentionPeriod: 31,
    }),
];

const subnets = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `arn:aws:ec2:us-east-1:${ACCOUNT}:subnet/subnet-${index}`);

const experiment: readonly FixtureResource[] = [
    {
        type: EXPERIMENT,
        name: "cuts-off",
        inputs: {
            region: "us-east-1",
            description: "Cuts off",
            roleArn: `arn:aws:iam::${ACCOUNT}:role/faults`,
            actions: [
                {
                    name: "cut-off",
                    actionId: "aws:network:route-table-disrupt-cross-region-connectivity",
                    target: { key: "Subnets", value: "subnets" },
                },
                { name: "wait", actionId: "aws:fis:wait", startAfters: ["cut-off"] },
            ],
            targets: [
                {
                    name: "subnets",
                    resourceType: "aws:ec2:subnet",
                    resourceArns: subnets(5),
                    selectionMode: "ALL",
                },
            ],
            stopConditions: [
                {
                    source: "aws:cloudwatch:alarm",
                    value: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:unbearable`,
                },
            ],
        },
    },
];

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
            workflows: ["us-east-1", "eu-central-1"].map((workflowTargetRegion) => ({
                workflowTargetAction: "activate",
                workflowTargetRegion,
                steps: [
                    {
                        name: "both",
                        executionBlockType: "Parallel",
                        parallelConfigs: [
                            {
                                steps: [
                                    {
                                        name: "ask",
                                        executionBlockType: "ManualApproval",
                                        executionApprovalConfigs: [{ timeoutMinutes: 10 }],
                                    },
                                ],
                            },
                        ],
                    },
                ],
            })),
            associatedAlarms: [
                {
                    mapBlockKey: "lost",
                    resourceIdentifier: `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:lost`,
                    alarmType: "trigger",
                },
            ],
            triggers: [
                {
                    action: "activate",
                    targetRegion: "eu-central-1",
                    minDelayMinutesBetweenExecutions: 60,
                    conditions: [{ associatedAlarmName: "lost", condition: "red" }],
                },
            ],
        },
    },
];

const health = (...eventRegion: readonly string[]): string =>
    JSON.stringify({ source: ["aws.health"], detail: { eventRegion } });

const listener: readonly FixtureResource[] = [
    {
        type: RULE,
        name: "told",
        inputs: { region: "us-east-1", name: "told", eventPattern: health("us-east-1", "global") },
    },
];

/** A mutant of the one resource of a type that a fixture has. */
function changed(
    [rule, type, fixture]: readonly [string, string, readonly FixtureResource[]],
    title: string,
    values: Readonly<Record<string, unknown>>,
    message: string,
): Mutant {
    return { rule, title, fixture, change: change(type, fixture, values), message };
}

function fine(
    [rule, type, fixture]: readonly [string, string, readonly FixtureResource[]],
    title: string,
    values: Readonly<Record<string, unknown>>,
): Accepted {
    return { rule, title, fixture, change: change(type, fixture, values) };
}

function change(
    type: string,
    fixture: readonly FixtureResource[],
    values: Readonly<Record<string, unknown>>,
): Mutant["change"] {
    return (stack) => {
        const resource = stack.find(type, fixture[0]?.name ?? "");
        for (const [path, value] of Object.entries(values)) {
            stack.set(resource, path, value);
        }
    };
}

const OF_CANARY = ["synthetics-canary", CANARY, canary] as const;
const OF_EXPERIMENT = ["fis-experiment-template", EXPERIMENT, experiment] as const;
const OF_PLAN = ["region-switch-plan", PLAN, plan] as const;
const OF_HEALTH = ["events-health-region", RULE, listener] as const;

const STEP = "workflows[0].steps[0]";

export const mutants: readonly Mutant[] = [
    changed(
        OF_CANARY,
        "a runtime that has ended",
        { runtimeVersion: "syn-nodejs-puppeteer-7.0" },
        'has runtimeVersion "syn-nodejs-puppeteer-7.0"',
    ),
    changed(
        OF_CANARY,
        "an older one of the same kind",
        { runtimeVersion: "syn-python-selenium-4.1" },
        'has runtimeVersion "syn-python-selenium-4.1"',
    ),
    {
        ...changed(
            OF_CANARY,
            "one that has ended since",
            { runtimeVersion: "syn-nodejs-puppeteer-9.1" },
            'has runtimeVersion "syn-nodejs-puppeteer-9.1"',
        ),
        config: { alsoEnded: ["syn-nodejs-puppeteer-9.1"] },
    },
    changed(
        OF_CANARY,
        "two hours between two runs",
        { "schedule.expression": "rate(2 hours)" },
        'has schedule.expression "rate(2 hours)"',
    ),
    changed(
        OF_CANARY,
        "a schedule that is none",
        { "schedule.expression": "every 5 minutes" },
        'has schedule.expression "every 5 minutes"',
    ),
    changed(
        OF_CANARY,
        "a run that is not over when the next begins",
        { "runConfig.timeoutInSeconds": 301 },
        "has runConfig.timeoutInSeconds 301, and runs every 300 seconds",
    ),
    changed(
        OF_CANARY,
        "a run of a quarter of an hour",
        { "schedule.expression": "rate(1 hour)", "runConfig.timeoutInSeconds": 841 },
        "has runConfig.timeoutInSeconds 841; allowed: 3 to 840",
    ),
    changed(
        OF_CANARY,
        "memory by the hundred",
        { "runConfig.memoryInMb": 1000 },
        "has runConfig.memoryInMb 1000",
    ),
    changed(
        OF_CANARY,
        "two years of runs",
        { successRetentionPeriod: 730 },
        "has successRetentionPeriod 730; allowed: 1 to 455",
    ),
    changed(
        OF_CANARY,
        "a bucket with a period",
        { artifactS3Location: "s3://pages.example.com/artifacts" },
        'has the bucket "pages.example.com" in artifactS3Location',
    ),
    changed(
        OF_EXPERIMENT,
        "six subnets",
        { "targets[0].resourceArns": subnets(6) },
        'has a target "subnets" of 6 resourceArns; allowed: 5',
    ),
    changed(
        OF_EXPERIMENT,
        "subnets by their ARNs and by a tag",
        { "targets[0].resourceTags": [{ key: "stack", value: "prod-us" }] },
        'has a target "subnets" with resourceArns and resourceTags',
    ),
    changed(
        OF_EXPERIMENT,
        "subnets by their ARNs and by a network",
        { "targets[0].filters": [{ path: "VpcId", values: ["vpc-0a"] }] },
        'has a target "subnets" with resourceArns and filters',
    ),
    changed(
        OF_EXPERIMENT,
        "a selection that is none",
        { "targets[0].selectionMode": "COUNT(0)" },
        'has a target "subnets" with selectionMode "COUNT(0)"',
    ),
    changed(
        OF_EXPERIMENT,
        "an action on nothing",
        { "actions[0].target.value": "zones" },
        'has an action "cut-off" on "zones", which is no target',
    ),
    changed(
        OF_EXPERIMENT,
        "an action after none",
        { "actions[1].startAfters": ["cut"] },
        'has an action "wait" after "cut", which is no action',
    ),
    changed(
        OF_EXPERIMENT,
        "a stop by what is no alarm",
        { "stopConditions[0].source": "aws:cloudwatch:composite" },
        'has a stop condition of source "aws:cloudwatch:composite"',
    ),
    changed(
        OF_EXPERIMENT,
        "six alarms",
        {
            stopConditions: Array.from({ length: 6 }, (_, index) => ({
                source: "aws:cloudwatch:alarm",
                value: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:unbearable-${index}`,
            })),
        },
        "has 6 stopConditions; allowed: 5",
    ),
    changed(
        OF_PLAN,
        "three regions",
        {
            regions: ["us-east-1", "eu-central-1", "eu-west-1"],
            "workflows[0].workflowTargetRegion": undefined,
        },
        "has regions us-east-1, eu-central-1, eu-west-1; allowed: two",
    ),
    changed(
        OF_PLAN,
        "a primary region elsewhere",
        { primaryRegion: "eu-west-1" },
        "has primaryRegion eu-west-1; allowed: one of its regions",
    ),
    changed(
        OF_PLAN,
        "no way back",
        { "workflows[0].workflowTargetRegion": "eu-central-1" },
        "has no workflow that activates us-east-1",
    ),
    changed(
        OF_PLAN,
        "a step that does something else than it says",
        { [`${STEP}.parallelConfigs[0].steps[0].executionBlockType`]: "AuroraGlobalDatabase" },
        'has a step "ask" of AuroraGlobalDatabase without globalAuroraConfigs',
    ),
    changed(
        OF_PLAN,
        "a trigger by an alarm that only tells",
        { "associatedAlarms[0].alarmType": "applicationHealth" },
        'has a trigger by "lost", which is no alarm of the plan with alarmType trigger',
    ),
    changed(
        OF_PLAN,
        "a trigger for another region",
        { "triggers[0].targetRegion": "eu-west-1" },
        "has a trigger that targets eu-west-1; allowed: one of its regions",
    ),
    changed(
        OF_HEALTH,
        "a region whose events do not come there",
        { eventPattern: health("eu-central-1") },
        "is in us-east-1 and waits for events of eu-central-1",
    ),
];

export const accepted: readonly Accepted[] = [
    fine(OF_CANARY, "once", { "schedule.expression": "rate(0 minute)" }),
    fine(OF_CANARY, "a cron expression", { "schedule.expression": "cron(0 8 * * ? *)" }),
    fine(OF_CANARY, "an hour", { "schedule.expression": "rate(1 hour)" }),
    fine(OF_CANARY, "as long as between two runs", { "runConfig.timeoutInSeconds": 300 }),
    fine(OF_CANARY, "the most memory", { "runConfig.memoryInMb": 3008 }),
    fine(OF_CANARY, "a browser", { runtimeVersion: "syn-nodejs-playwright-8.0" }),
    fine(OF_EXPERIMENT, "no stop condition", { stopConditions: [{ source: "none" }] }),
    fine(OF_EXPERIMENT, "some of them", { "targets[0].selectionMode": "PERCENT(50)" }),
    fine(OF_EXPERIMENT, "empty lists beside the ARNs, and parameters", {
        "targets[0].resourceTags": [],
        "targets[0].parameters": { availabilityZoneIdentifier: "us-east-1a" },
    }),
    fine(OF_PLAN, "one workflow for either region", {
        workflows: [
            {
                workflowTargetAction: "activate",
                steps: [
                    { name: "ask", executionBlockType: "ManualApproval", executionApprovalConfigs: [{}] },
                ],
            },
        ],
    }),
    fine(OF_PLAN, "no primary region where both are active", {
        recoveryApproach: "activeActive",
        primaryRegion: undefined,
    }),
    fine(OF_HEALTH, "the backup region's", { eventPattern: health("us-west-2") }),
    fine(OF_HEALTH, "every region", { eventPattern: JSON.stringify({ source: ["aws.health"] }) }),
    fine(OF_HEALTH, "events of something else", {
        eventPattern: JSON.stringify({ source: ["shop"], detail: { eventRegion: ["eu-central-1"] } }),
    }),
];
