import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { alarm } from "../../operations";
import { asSetting } from "../../shared/replacement";
import { mapInput } from "../../shared/validation";
import { EDGE_REGION } from "./webAcl";
import { type TagsInput } from "../../shared/tags";

/** What the distribution's alarms watch. */
export interface EdgeAlarmsArgs {
    distribution: aws.cloudfront.Distribution;
    url: pulumi.Input<string>;
    webAclMetricName: pulumi.Input<string>;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    serverErrorPercent: number;
    originLatencyMilliseconds: number;
    blockedRequestsPerFiveMinutes: number;
    /** Whether there is an application whose latency can be watched. */
    dynamic: boolean;
    tags: TagsInput;
}

/** The dimensions of a distribution's metrics. */
export function ofDistribution(distribution: aws.cloudfront.Distribution) {
    return { DistributionId: distribution.id, Region: "Global" };
}

/**
 * Makes the distribution's alarms. CloudFront has its metrics in us-east-1 alone, and so are the alarms.
 *
 * @returns What turns the additional metrics on.
 */
export function makeAlarms(
    parent: pulumi.Resource,
    name: string,
    args: EdgeAlarmsArgs,
): aws.cloudfront.MonitoringSubscription {
    const dimensions = ofDistribution(args.distribution);
    const common = { region: EDGE_REGION, topicArns: args.topicArns, tags: args.tags };
    // Origin latency is one of the additional metrics, which are off unless asked for.
    const metrics = new aws.cloudfront.MonitoringSubscription(
        `${name}-metrics`,
        {
            distributionId: args.distribution.id,
            monitoringSubscription: {
                realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" },
            },
        },
        asSetting({ parent }),
    );

    alarm(
        `${name}-server-errors`,
        {
            ...common,
            description: mapInput(
                args.url,
                (url) =>
                    `More than ${args.serverErrorPercent} % of the requests to ${url} fail. Look at the origins: their health checks, then their own alarms.`,
            ),
            metric: {
                namespace: "AWS/CloudFront",
                metricName: "5xxErrorRate",
                dimensions,
                statistic: "Average",
            },
            comparison: "GreaterThanThreshold",
            threshold: args.serverErrorPercent,
            period: 60,
            evaluationPeriods: 5,
            // Any three of five minutes: a single bad minute is no outage.
            datapointsToAlarm: 3,
            // No viewers, no failures.
            missingData: "notBreaching",
        },
        { parent },
    );
    if (args.dynamic) {
        alarm(
            `${name}-origin-latency`,
            {
                ...common,
                description: mapInput(
                    args.url,
                    (url) =>
                        `The slowest hundredth of the requests to ${url} wait longer than ${args.originLatencyMilliseconds} ms for the origin. Look at the application, then at its database.`,
                ),
                metric: {
                    namespace: "AWS/CloudFront",
                    metricName: "OriginLatency",
                    dimensions,
                    statistic: "p99",
                },
                comparison: "GreaterThanThreshold",
                threshold: args.originLatencyMilliseconds,
                period: 60,
                evaluationPeriods: 10,
                datapointsToAlarm: 5,
                missingData: "notBreaching",
            },
            // Without the subscription the metric never gets a value.
            { parent, dependsOn: [metrics] },
        );
    }
    alarm(
        `${name}-blocked-requests`,
        {
            ...common,
            description: mapInput(
                args.url,
                (url) =>
                    `The web ACL of ${url} blocks more than ${args.blockedRequestsPerFiveMinutes} requests in five minutes: an attack, or a rule that shuts out customers. Look at the ACL's sampled requests.`,
            ),
            metric: {
                namespace: "AWS/WAFV2",
                metricName: "BlockedRequests",
                // No Region: the metrics of an ACL for CloudFront have none.
                dimensions: { WebACL: args.webAclMetricName, Rule: "ALL" },
                statistic: "Sum",
            },
            comparison: "GreaterThanThreshold",
            threshold: args.blockedRequestsPerFiveMinutes,
            period: 300,
            evaluationPeriods: 1,
            // AWS WAF reports nothing while nothing is blocked.
            missingData: "notBreaching",
        },
        { parent },
    );
    return metrics;
}
