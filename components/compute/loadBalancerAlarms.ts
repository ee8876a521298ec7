import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmMetric, sumOf } from "../operations";

/** What the alarms on a balancer's requests watch and whom they tell. */
export interface RequestAlarmArgs {
    region: string;
    /** No alarms are made when left out: an alarm that tells nobody is a cost. */
    topicArns?: pulumi.Input<pulumi.Input<string>[]>;
    loadBalancerArnSuffix: pulumi.Input<string>;
}

/** What the alarms of a balancer with one target group watch and whom they tell. */
export interface BalancerAlarmArgs extends RequestAlarmArgs {
    targetGroupArnSuffix: pulumi.Input<string>;
}

// Amazon Builders' Library, "Making operational excellence measurable" asks for thresholds where users notice: one
// page in twenty failing, or one in a hundred taking longer than people wait.
export const ERROR_RATE_PERCENT = 5;
export const LATENCY_SECONDS = 2;

// A rate over fewer requests a minute is noise: at night one failing crawler would be half of all.
export const FEWEST_REQUESTS = 20;

// Longer than an instance takes from its first failed check during boot to being healthy.
const UNHEALTHY_MINUTES = 10;

/**
 * Makes the alarms on an Application Load Balancer's requests: `<name>-5xx-rate`, `<name>-latency-p99` and
 * `<name>-rejected`.
 *
 * @returns The names of those that say that the software is bad, for an instance refresh to be undone by.
 */
export function applicationRequestAlarms(
    name: string,
    args: RequestAlarmArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
    if (args.topicArns === undefined) {
        return [];
    }
    const metric = (metricName: string, statistic: string): AlarmMetric => ({
        namespace: "AWS/ApplicationELB",
        metricName,
        dimensions: { LoadBalancer: args.loadBalancerArnSuffix },
        statistic,
    });
    alarm(
        `${name}-rejected`,
        {
            ...common(args),
            description: `${name}: the balancer turns connections away, because it cannot grow fast enough`,
            metric: metric("RejectedConnectionCount", "Sum"),
            comparison: "GreaterThanThreshold",
            threshold: 0,
            evaluationPeriods: 3,
            missingData: "notBreaching",
        },
        opts,
    );
    return requestAlarms(name, args, opts, {
        // The balancer's own errors, too: 502 and 504 are how it reports a dead or silent target.
        errors: [metric("HTTPCode_Target_5XX_Count", "Sum"), metric("HTTPCode_ELB_5XX_Count", "Sum")],
        requests: metric("RequestCount", "Sum"),
        latency: metric("TargetResponseTime", "p99"),
    });
}

/** What is counted over requests; a Network Load Balancer sees none, so nginx's log is counted there. */
export interface RequestMetrics {
    errors: AlarmMetric[];
    requests: AlarmMetric;
    /** In seconds, with a percentile for its statistic. */
    latency: AlarmMetric;
}

/**
 * Makes the alarms on the requests and connections of a Network Load Balancer with TLS: `<name>-5xx-rate`,
 * `<name>-latency-p99`, `<name>-tls-errors` and `<name>-rejected`.
 *
 * @returns The names of those that say that the software is bad, for an instance refresh to be undone by.
 */
export function networkRequestAlarms(
    name: string,
    args: RequestAlarmArgs & { requestMetrics: RequestMetrics },
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
    if (args.topicArns === undefined) {
        return [];
    }
    const metric = (metricName: string): AlarmMetric => ({
        namespace: "AWS/NetworkELB",
        metricName,
        dimensions: { LoadBalancer: args.loadBalancerArnSuffix },
        statistic: "Sum",
    });
    alarm(
        `${name}-tls-errors`,
        {
            ...common(args),
            description: `${name}: TLS handshakes fail, with clients (certificate, versions) or with instances (nginx)`,
            queries: sumOf("sum", "errors", [
                metric("ClientTLSNegotiationErrorCount"),
                metric("TargetTLSNegotiationErrorCount"),
            ]),
            comparison: "GreaterThanThreshold",
            threshold: 10,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
            missingData: "notBreaching",
        },
        opts,
    );
    alarm(
        `${name}-rejected`,
        {
            ...common(args),
            description: `${name}: the balancer turns connections away`,
            metric: metric("RejectedFlowCount"),
            comparison: "GreaterThanThreshold",
            threshold: 0,
            evaluationPeriods: 3,
            missingData: "notBreaching",
        },
        opts,
    );
    return requestAlarms(name, args, opts, args.requestMetrics);
}

/** Makes metrics of nginx's log: `<name>-requests`, `<name>-errors` and `<name>-seconds`. */
export function requestMetricsOfLog(
    name: string,
    args: { region: string; accessLog: aws.cloudwatch.LogGroup },
    opts: pulumi.CustomResourceOptions,
): RequestMetrics {
    // The group's name is unique in account and region, and so then are the metrics.
    const namespace = pulumi.interpolate`Meridian/${args.accessLog.name}`;
    const filter = (role: string, metricName: string, pattern: string, value: string, unit: string): void => {
        new aws.cloudwatch.LogMetricFilter(
            `${name}-${role}`,
            {
                region: args.region,
                logGroupName: args.accessLog.name,
                pattern,
                metricTransformation: { namespace, name: metricName, value, unit },
            },
            opts,
        );
    };
    filter("requests", "Requests", "{ $.status = * }", "1", "Count");
    filter("errors", "Errors", "{ $.status >= 500 }", "1", "Count");
    filter("seconds", "Seconds", "{ $.seconds = * }", "$.seconds", "Seconds");
    return {
        errors: [{ namespace, metricName: "Errors", statistic: "Sum" }],
        requests: { namespace, metricName: "Requests", statistic: "Sum" },
        latency: { namespace, metricName: "Seconds", statistic: "p99" },
    };
}

/** Makes the alarms on the health of a balancer's targets: `<name>-unhealthy-hosts` and `<name>-no-healthy-host`. */
export function targetHealthAlarms(
    name: string,
    namespace: "AWS/ApplicationELB" | "AWS/NetworkELB",
    args: BalancerAlarmArgs,
    opts: pulumi.CustomResourceOptions,
): void {
    if (args.topicArns === undefined) {
        return;
    }
    const dimensions = { LoadBalancer: args.loadBalancerArnSuffix, TargetGroup: args.targetGroupArnSuffix };
    alarm(
        `${name}-unhealthy-hosts`,
        {
            ...common(args),
            description: `${name}: instances fail their health check and replacing them does not help; see the container's log`,
            metric: { namespace, metricName: "UnHealthyHostCount", dimensions, statistic: "Maximum" },
            comparison: "GreaterThanThreshold",
            threshold: 0,
            evaluationPeriods: UNHEALTHY_MINUTES,
            missingData: "notBreaching",
        },
        opts,
    );
    alarm(
        `${name}-no-healthy-host`,
        {
            ...common(args),
            description: `${name}: no instance is healthy; the tier is down in this region`,
            metric: { namespace, metricName: "HealthyHostCount", dimensions, statistic: "Maximum" },
            comparison: "LessThanThreshold",
            threshold: 1,
            evaluationPeriods: 2,
            // A balancer without a single target reports nothing.
            missingData: "breaching",
        },
        opts,
    );
}

function requestAlarms(
    name: string,
    args: RequestAlarmArgs,
    opts: pulumi.CustomResourceOptions,
    metrics: RequestMetrics,
): pulumi.Output<string>[] {
    const errorRate = alarm(
        `${name}-5xx-rate`,
        {
            ...common(args),
            description: `${name}: more than ${ERROR_RATE_PERCENT} % of requests fail with 5xx`,
            queries: [
                ...metrics.errors.map((metric, index) => ({ id: `errors${index}`, metric })),
                { id: "requests", metric: metrics.requests },
                {
                    id: "rate",
                    label: "Failed requests (%)",
                    expression: `IF(FILL(requests, 0) > ${FEWEST_REQUESTS}, 100 * (${metrics.errors.map((_, index) => `FILL(errors${index}, 0)`).join(" + ")}) / requests, 0)`,
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: ERROR_RATE_PERCENT,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
            missingData: "notBreaching",
        },
        opts,
    );
    const latency = alarm(
        `${name}-latency-p99`,
        {
            ...common(args),
            description: `${name}: one request in a hundred takes longer than ${LATENCY_SECONDS} s`,
            metric: metrics.latency,
            comparison: "GreaterThanThreshold",
            threshold: LATENCY_SECONDS,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
            missingData: "notBreaching",
        },
        opts,
    );
    return [errorRate.name, latency.name];
}

function common({ region, topicArns }: RequestAlarmArgs): Pick<RequestAlarmArgs, "region" | "topicArns"> {
    return { region, topicArns };
}
