import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm, deadLetterAlarm, type AlarmMetric, type AlarmQuery } from "../../operations";
import { type ServerlessFunctionArgs } from "./args";
import { DEFAULTS } from "./table";

type Dimensions = Record<string, pulumi.Input<string>>;

const LATE_MILLISECONDS = 5 * 60 * 1000;
const ERROR_PERCENT = 1;
// So near to its timeout that calls will soon be ended.
const NEAR_TIMEOUT = 0.9;

/** Makes the alarms of a function, where somebody is told. */
export function createAlarms(
    name: string,
    args: ServerlessFunctionArgs,
    { called, failures }: { called: aws.lambda.Function; failures: aws.sqs.Queue },
    parent: pulumi.Resource,
): void {
    const { region, alarmTopicArns: topicArns, tags = {} } = args;
    if (topicArns === undefined) {
        return;
    }
    const dimensions = { FunctionName: called.name };
    const metric = (metricName: string, statistic: string) => lambdaMetric(dimensions, metricName, statistic);
    const place = { region, topicArns, tags };
    // Without calls there are no metrics, and nothing wrong.
    const common = { ...place, missingData: "notBreaching", comparison: "GreaterThanThreshold" } as const;
    alarm(
        `${name}-errors`,
        {
            ...common,
            description: `More than ${ERROR_PERCENT} % of the calls of ${name} fail. Its log says why.`,
            queries: errorRate(dimensions),
            threshold: ERROR_PERCENT,
            period: 300,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
        },
        { parent },
    );
    alarm(
        `${name}-throttles`,
        {
            ...common,
            description: `Calls of ${name} are turned away: more come at once than its reserved concurrency, or the account's, lets in.`,
            metric: metric("Throttles", "Sum"),
            threshold: 0,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
        },
        { parent },
    );
    const timeout = args.timeoutSeconds ?? DEFAULTS.timeoutSeconds;
    alarm(
        `${name}-slow`,
        {
            ...common,
            description: `Calls of ${name} take nearly the ${timeout} seconds after which they are ended. Look at what it waits for, and at its memory.`,
            metric: metric("Duration", "Maximum"),
            threshold: timeout * 1000 * NEAR_TIMEOUT,
            period: 300,
            evaluationPeriods: 3,
        },
        { parent },
    );
    if (args.streams !== undefined) {
        alarm(
            `${name}-late`,
            {
                ...common,
                description: `${name} is more than five minutes behind a stream. Look at its errors, and give it more calls at once for each shard.`,
                metric: metric("IteratorAge", "Maximum"),
                threshold: LATE_MILLISECONDS,
                evaluationPeriods: 3,
            },
            { parent },
        );
    }
    alarm(
        `${name}-lost`,
        {
            ...common,
            description: `What ${name} failed on could not be handed to its dead letters or destinations, and is lost. Look at its role, and at their policies and keys.`,
            queries: [
                { id: "letters", metric: metric("DeadLetterErrors", "Sum") },
                { id: "destinations", metric: metric("DestinationDeliveryFailures", "Sum") },
                {
                    id: "lost",
                    expression: "FILL(letters, 0) + FILL(destinations, 0)",
                    label: "Lost events",
                    returnData: true,
                },
            ],
            threshold: 0,
            period: 300,
        },
        { parent },
    );
    deadLetterAlarm(
        `${name}-given-up`,
        failures.name,
        {
            ...place,
            description: `${name} failed for good on what is now in its dead letters. Each says the cause; put it right, then send them again.`,
        },
        { parent },
    );
}

/** The alarm by which CodeDeploy turns a deployment back: `<name>-deployment-errors`. */
export function deploymentAlarm(
    name: string,
    args: ServerlessFunctionArgs,
    alias: aws.lambda.Alias,
    parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
    const { region, alarmTopicArns, tags = {} } = args;
    return alarm(
        `${name}-deployment-errors`,
        {
            ...{ region, tags },
            ...(alarmTopicArns === undefined ? {} : { topicArns: alarmTopicArns }),
            description: `Calls of the alias of ${name} fail. A deployment that is under way is turned back.`,
            queries: errorRate({
                FunctionName: alias.functionName,
                Resource: pulumi.interpolate`${alias.functionName}:${alias.name}`,
            }),
            comparison: "GreaterThanThreshold",
            threshold: ERROR_PERCENT,
            missingData: "notBreaching",
        },
        { parent },
    );
}

/** Failed calls in percent of all. */
function errorRate(dimensions: Dimensions): AlarmQuery[] {
    return [
        { id: "errors", metric: lambdaMetric(dimensions, "Errors", "Sum") },
        { id: "calls", metric: lambdaMetric(dimensions, "Invocations", "Sum") },
        {
            id: "rate",
            expression: "IF(calls > 0, 100 * errors / calls, 0)",
            label: "Failed calls in percent",
            returnData: true,
        },
    ];
}

function lambdaMetric(dimensions: Dimensions, metricName: string, statistic: string): AlarmMetric {
    return { namespace: "AWS/Lambda", ...{ metricName, dimensions, statistic } };
}
