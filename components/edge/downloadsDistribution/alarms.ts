import type * as pulumi from "@pulumi/pulumi";

import { alarm } from "../../operations";
import { mapInput } from "../../shared/validation";
import { type EdgeAlarmsArgs, makeAlarms, ofDistribution } from "../distribution/alarms";
import { EDGE_REGION } from "../distribution/webAcl";

/** What the alarms watch, beside what those of every distribution do. */
export interface DownloadsAlarmsArgs extends Omit<EdgeAlarmsArgs, "dynamic"> {
    cacheHitPercent: number;
    clientErrorPercent: number;
    /** Name of the function that chooses the origin, where there is one. */
    functionName: pulumi.Input<string> | undefined;
}

// Below this a few cold files are the whole rate, and the origin does not feel them.
const FEWEST_REQUESTS_PER_MINUTE = 1000;

/** Makes the alarms, all in us-east-1. */
export function makeDownloadsAlarms(parent: pulumi.Resource, name: string, args: DownloadsAlarmsArgs): void {
    const metrics = makeAlarms(parent, name, { ...args, dynamic: true });
    const common = { region: EDGE_REGION, topicArns: args.topicArns, tags: args.tags };
    const dimensions = ofDistribution(args.distribution);
    const of = (metricName: string, statistic: string) => ({
        namespace: "AWS/CloudFront",
        metricName,
        dimensions,
        statistic,
    });

    alarm(
        `${name}-cache-hits`,
        {
            ...common,
            description: mapInput(
                args.url,
                (url) =>
                    `CloudFront answers less than ${args.cacheHitPercent} % of the requests to ${url} by itself, and the rest reaches the balancer. Look in the access logs for paths that no content fits, and for a version that is in no key.`,
            ),
            queries: [
                { id: "rate", metric: of("CacheHitRate", "Average") },
                { id: "requests", metric: of("Requests", "Sum") },
                {
                    id: "busy",
                    label: "Cache hits in percent, in minutes of many requests",
                    expression: `IF(FILL(requests, 0) > ${FEWEST_REQUESTS_PER_MINUTE}, rate)`,
                    returnData: true,
                },
            ],
            comparison: "LessThanThreshold",
            threshold: args.cacheHitPercent,
            evaluationPeriods: 15,
            // A version that has just come out is missed everywhere, for minutes.
            datapointsToAlarm: 15,
            missingData: "notBreaching",
        },
        // Without the subscription the metric never gets a value.
        { parent, dependsOn: [metrics] },
    );
    alarm(
        `${name}-client-errors`,
        {
            ...common,
            description: mapInput(
                args.url,
                (url) =>
                    `More than ${args.clientErrorPercent} % of the requests to ${url} are answered with 4xx: a manifest that names what is not there, signatures that are not good any more, or strangers.`,
            ),
            metric: of("4xxErrorRate", "Average"),
            comparison: "GreaterThanThreshold",
            threshold: args.clientErrorPercent,
            evaluationPeriods: 15,
            datapointsToAlarm: 10,
            missingData: "notBreaching",
        },
        { parent },
    );
    if (args.functionName !== undefined) {
        const ofFunction = { FunctionName: args.functionName, Region: "Global" };
        alarm(
            `${name}-function-errors`,
            {
                ...common,
                description: `The function that chooses the origin of ${name} fails, and its viewers get errors. Take it out of the distribution, or bring its last version back.`,
                queries: [
                    ...["FunctionExecutionErrors", "FunctionValidationErrors"].map((metricName, index) => ({
                        id: `errors${index}`,
                        metric: { ...of(metricName, "Sum"), dimensions: ofFunction },
                    })),
                    {
                        id: "errors",
                        label: "Failed runs",
                        expression: "FILL(errors0, 0) + FILL(errors1, 0)",
                        returnData: true,
                    },
                ],
                comparison: "GreaterThanThreshold",
                threshold: 0,
                evaluationPeriods: 5,
                datapointsToAlarm: 2,
                missingData: "notBreaching",
            },
            { parent },
        );
    }
}
