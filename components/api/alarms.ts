import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmMetric } from "../operations";
import { type TagsInput } from "../shared/tags";
import { type ApiAlarmThresholds } from "./args";

/** What the alarms of an API watch, and whom they tell. */
export interface ApiAlarmArgs {
    region: string;
    /** What all of its metrics are told apart by. */
    dimensions: Record<string, pulumi.Input<string>>;
    /** What the kind of API calls its errors. */
    metrics: { readonly serverErrors: string; readonly clientErrors: string };
    thresholds?: ApiAlarmThresholds;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

const NAMESPACE = "AWS/ApiGateway";
const PERIOD_SECONDS = 300;
// Of fewer requests in five minutes a single one would be some percent.
const REQUESTS_LEAST = 50;

/** Makes the alarms that every API has. */
export function createApiAlarms(name: string, args: ApiAlarmArgs, parent: pulumi.Resource): void {
    const { thresholds = {}, metrics } = args;
    share(name, "server-errors", args, parent, {
        metricName: metrics.serverErrors,
        percent: thresholds.serverErrorPercent ?? 1,
        label: "Requests that failed (%)",
        description:
            "The API fails its callers. Look at the access log for integrationStatus and refusal, then at the functions' and balancers' own alarms.",
    });
    share(name, "client-errors", args, parent, {
        metricName: metrics.clientErrors,
        percent: thresholds.clientErrorPercent ?? 40,
        label: "Requests that were refused (%)",
        description:
            "The API refuses far more requests than it should: a client that was rolled out broken, expired tokens, a limit that is too low, or somebody who tries keys. Look at the access log for refusal.",
    });
    slow(name, "latency", args, parent, {
        metricName: "Latency",
        milliseconds: thresholds.latencyMilliseconds ?? 3000,
        description: "One of 100 callers of the API waits too long. Look at the integrations' latency first.",
    });
    slow(name, "integration-latency", args, parent, {
        metricName: "IntegrationLatency",
        milliseconds: thresholds.integrationLatencyMilliseconds ?? 2500,
        description:
            "What is behind the API answers slowly. Look at the functions' durations and cold starts, and at the balancers' targets.",
    });
}

/** Makes the alarm that rings when a cache answers so little that it costs more than it is worth. */
export function createCacheAlarm(
    name: string,
    args: Omit<ApiAlarmArgs, "metrics" | "thresholds">,
    percent: number,
    parent: pulumi.Resource,
): void {
    const metric = (metricName: string): AlarmMetric => metricOf(args, metricName, "Sum");
    alarm(
        `${name}-cache-hits`,
        {
            ...common(args),
            description:
                "The API's cache answers hardly anything: its key has too much in it, its answers live too short, or it is empty after a change of its size. What is behind the API takes the load.",
            queries: [
                { id: "hits", metric: metric("CacheHitCount") },
                { id: "misses", metric: metric("CacheMissCount") },
                { id: "looked", expression: "FILL(hits, 0) + FILL(misses, 0)" },
                {
                    id: "share",
                    label: "Requests that the cache answered (%)",
                    expression: `IF(looked >= ${REQUESTS_LEAST}, 100 * FILL(hits, 0) / looked, 100)`,
                    returnData: true,
                },
            ],
            comparison: "LessThanThreshold",
            threshold: percent,
            evaluationPeriods: 6,
            missingData: "notBreaching",
        },
        { parent },
    );
}

function share(
    name: string,
    role: string,
    args: ApiAlarmArgs,
    parent: pulumi.Resource,
    {
        metricName,
        percent,
        label,
        description,
    }: Record<"metricName" | "label" | "description", string> & {
        percent: number;
    },
): void {
    alarm(
        `${name}-${role}`,
        {
            ...common(args),
            description,
            queries: [
                { id: "errors", metric: metricOf(args, metricName, "Sum") },
                { id: "requests", metric: metricOf(args, "Count", "Sum") },
                {
                    id: "share",
                    label,
                    expression: `IF(FILL(requests, 0) >= ${REQUESTS_LEAST}, 100 * FILL(errors, 0) / requests, 0)`,
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: percent,
            evaluationPeriods: 2,
            missingData: "notBreaching",
        },
        { parent },
    );
}

function slow(
    name: string,
    role: string,
    args: ApiAlarmArgs,
    parent: pulumi.Resource,
    {
        metricName,
        milliseconds,
        description,
    }: { metricName: string; milliseconds: number; description: string },
): void {
    alarm(
        `${name}-${role}`,
        {
            ...common(args),
            description,
            metric: metricOf(args, metricName, "p99"),
            comparison: "GreaterThanThreshold",
            threshold: milliseconds,
            evaluationPeriods: 3,
            // Without requests there is nobody who waits.
            missingData: "notBreaching",
        },
        { parent },
    );
}

function metricOf(
    { dimensions }: Pick<ApiAlarmArgs, "dimensions">,
    metricName: string,
    statistic: string,
): AlarmMetric {
    return { namespace: NAMESPACE, metricName, dimensions, statistic };
}

function common({ region, topicArns, tags }: Pick<ApiAlarmArgs, "region" | "topicArns" | "tags">) {
    return { region, topicArns, tags, period: PERIOD_SECONDS };
}
