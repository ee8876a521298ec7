/** Functions that take batches, and how they get new versions. */
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const QUEUE = "aws:sqs/queue:Queue";
const GROUP = "aws:codedeploy/deploymentGroup:DeploymentGroup";
const ACCOUNT = "111122223333";

const taker: readonly FixtureResource[] = [
    {
        type: QUEUE,
        name: "orders",
        inputs: { region: "us-east-1", sqsManagedSseEnabled: true, visibilityTimeoutSeconds: 180 },
    },
    {
        type: MAPPING,
        name: "orders-taker",
        inputs: {
            region: "us-east-1",
            functionName: "taker",
            eventSourceArn: refTo(QUEUE, "orders"),
            functionResponseTypes: ["ReportBatchItemFailures"],
        },
    },
];

const deployed: readonly FixtureResource[] = [
    {
        type: GROUP,
        name: "moves-alias",
        inputs: {
            region: "us-east-1",
            appName: "carts",
            deploymentGroupName: "carts",
            serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/deploys`,
            deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
            autoRollbackConfiguration: {
                enabled: true,
                events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
            },
            alarmConfiguration: { enabled: true, alarms: ["carts-errors"] },
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "lambda-partial-batches",
        title: "a batch that comes back whole",
        fixture: taker,
        change: (stack) => {
            stack.unset(stack.find(MAPPING), "functionResponseTypes");
        },
        message: "functionResponseTypes has no ReportBatchItemFailures",
        decidedBy: "relations",
    },
    {
        rule: "lambda-partial-batches",
        title: "a batch of a stream that comes back whole",
        fixture: taker,
        change: (stack) => {
            const mapping = stack.find(MAPPING);
            stack.set(mapping, "eventSourceArn", `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/clicks`);
            stack.set(mapping, "startingPosition", "LATEST");
            stack.set(mapping, "maximumRetryAttempts", 10);
            stack.set(mapping, "destinationConfig", {
                onFailure: { destinationArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:lost` },
            });
            stack.set(mapping, "functionResponseTypes", []);
        },
        message: "functionResponseTypes has no ReportBatchItemFailures",
    },
    {
        rule: "codedeploy-turns-back",
        title: "a deployment that stays as it failed",
        fixture: deployed,
        change: (stack) => {
            stack.set(stack.find(GROUP, "moves-alias"), "autoRollbackConfiguration.enabled", false);
        },
        message: "leaves a failed deployment as it is",
    },
    {
        rule: "codedeploy-turns-back",
        title: "an alarm that only stops it",
        fixture: deployed,
        change: (stack) => {
            stack.set(stack.find(GROUP, "moves-alias"), "autoRollbackConfiguration.events", [
                "DEPLOYMENT_FAILURE",
            ]);
        },
        message: "stops at an alarm and goes no way back",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "lambda-partial-batches",
        title: "a broker, which has other ways",
        fixture: taker,
        change: (stack) => {
            const mapping = stack.find(MAPPING);
            stack.set(mapping, "eventSourceArn", `arn:aws:kafka:us-east-1:${ACCOUNT}:cluster/orders/1`);
            stack.unset(mapping, "functionResponseTypes");
        },
    },
    {
        rule: "codedeploy-turns-back",
        title: "no alarms",
        fixture: deployed,
        change: (stack) => {
            const group = stack.find(GROUP, "moves-alias");
            stack.unset(group, "alarmConfiguration");
            stack.set(group, "autoRollbackConfiguration.events", ["DEPLOYMENT_FAILURE"]);
        },
    },
];
