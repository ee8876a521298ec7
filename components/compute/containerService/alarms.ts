import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmMetric, type AlarmQuery } from "../../operations";
import { ERROR_RATE_PERCENT, FEWEST_REQUESTS, LATENCY_SECONDS } from "../loadBalancerAlarms";
import { type ContainerServiceArgs } from "./args";
import { type ServiceTargets } from "./targets";

// Longer than a deployment takes to bring a task in, or to turn it back.
const PATIENCE_MINUTES = 15;

/** What the alarms of a service are made with. */
interface Watch {
    common: {
        region: string;
        topicArns: pulumi.Input<pulumi.Input<string>[]>;
        tags?: ContainerServiceArgs["tags"];
    };
    opts: pulumi.CustomResourceOptions;
}

function watch(args: ContainerServiceArgs, opts: pulumi.CustomResourceOptions): Watch | undefined {
    const { region, alarmTopicArns, tags } = args;
    return alarmTopicArns === undefined
        ? undefined
        : {
              common: { region, topicArns: alarmTopicArns, ...(tags === undefined ? {} : { tags }) },
              opts,
          };
}

/**
 * Makes the alarms on the requests that a balancer hands to the service, `<name>-alarm-<balancer>-5xx-rate` and
 * `<name>-alarm-<balancer>-latency-p99`, over both target groups where there are two.
 *
 * @returns Their names: they turn a deployment back.
 */
export function requestAlarms(
    name: string,
    args: ContainerServiceArgs,
    targets: readonly ServiceTargets[],
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
    const watched = watch(args, opts);
    if (watched === undefined) {
        return [];
    }
    return targets.flatMap((each) => {
        const requests = rows("requests", each, "RequestCount", "Sum");
        // Requests that reached no task are errors that the balancer counts for itself alone, except these.
        const errors = [
            ...rows("errors", each, "HTTPCode_Target_5XX_Count", "Sum"),
            ...rows("refused", each, "TargetConnectionErrorCount", "Sum"),
        ];
        const errorRate = alarm(
            `${name}-alarm-${each.key}-5xx-rate`,
            {
                ...watched.common,
                description: `${name}: more than ${ERROR_RATE_PERCENT} % of the requests from ${each.key} fail with 5xx`,
                queries: [
                    ...errors,
                    ...requests,
                    {
                        id: "rate",
                        label: "Failed requests (%)",
                        expression: `IF(${sum(requests)} > ${FEWEST_REQUESTS}, 100 * (${sum(errors)}) / (${sum(requests)}), 0)`,
                        returnData: true,
                    },
                ],
                comparison: "GreaterThanThreshold",
                threshold: ERROR_RATE_PERCENT,
                evaluationPeriods: 5,
                datapointsToAlarm: 3,
                missingData: "notBreaching",
            },
            watched.opts,
        );
        const latencies = rows("latency", each, "TargetResponseTime", "p99");
        const latency = alarm(
            `${name}-alarm-${each.key}-latency-p99`,
            {
                ...watched.common,
                description: `${name}: one request in a hundred from ${each.key} takes longer than ${LATENCY_SECONDS} s`,
                queries: [
                    ...latencies,
                    ...requests,
                    {
                        id: "slowest",
                        label: "Latency (s)",
                        expression: `IF(${sum(requests)} > ${FEWEST_REQUESTS}, MAX([${latencies.map(filled).join(", ")}]), 0)`,
                        returnData: true,
                    },
                ],
                comparison: "GreaterThanThreshold",
                threshold: LATENCY_SECONDS,
                evaluationPeriods: 5,
                datapointsToAlarm: 3,
                missingData: "notBreaching",
            },
            watched.opts,
        );
        return [errorRate.name, latency.name];
    });
}

/**
 * Makes the alarms on the tasks, once there are some: `<name>-alarm-cpu`, `<name>-alarm-memory`,
 * `<name>-alarm-missing-tasks` and, for each balancer, `<name>-alarm-<balancer>-unhealthy-tasks` and
 * `<name>-alarm-<balancer>-no-healthy-task`.
 *
 * @returns Their names.
 */
export function taskAlarms(
    name: string,
    args: ContainerServiceArgs,
    parts: { service: aws.ecs.Service; targets: readonly ServiceTargets[] },
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
    const watched = watch(args, { ...opts, dependsOn: [parts.service] });
    if (watched === undefined) {
        return [];
    }
    const dimensions = { ClusterName: args.clusterName, ServiceName: parts.service.name };
    const load = (role: string, metricName: string, threshold: number, what: string): pulumi.Output<string> =>
        alarm(
            `${name}-alarm-${role}`,
            {
                ...watched.common,
                description: `${name}: the tasks ${what}, and more tasks do not help or are not to be had`,
                metric: { namespace: "AWS/ECS", metricName, dimensions, statistic: "Average" },
                comparison: "GreaterThanThreshold",
                threshold,
                evaluationPeriods: PATIENCE_MINUTES,
                datapointsToAlarm: 10,
                missingData: "notBreaching",
            },
            watched.opts,
        ).name;
    const counted = (metricName: string): AlarmMetric => ({
        namespace: "ECS/ContainerInsights",
        metricName,
        dimensions,
        statistic: "Average",
    });
    const missing = alarm(
        `${name}-alarm-missing-tasks`,
        {
            ...watched.common,
            description: `${name}: fewer tasks run than are wanted; see the service's events. Or nobody counts them`,
            queries: [
                { id: "wanted", metric: counted("DesiredTaskCount") },
                { id: "running", metric: counted("RunningTaskCount") },
                { id: "missing", label: "Missing tasks", expression: "wanted - running", returnData: true },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 0,
            evaluationPeriods: PATIENCE_MINUTES,
            // Without Container Insights this alarm would be silent for good.
            missingData: "breaching",
        },
        watched.opts,
    );
    return [
        load("cpu", "CPUUtilization", 85, "have little CPU left"),
        load("memory", "MemoryUtilization", 90, "have little memory left, and those without any are ended"),
        missing.name,
        ...parts.targets.flatMap((each) => healthAlarms(name, each, watched)),
    ];
}

function healthAlarms(name: string, each: ServiceTargets, { common, opts }: Watch): pulumi.Output<string>[] {
    const unhealthy = rows("unhealthy", each, "UnHealthyHostCount", "Maximum");
    const healthy = rows("healthy", each, "HealthyHostCount", "Maximum");
    return [
        alarm(
            `${name}-alarm-${each.key}-unhealthy-tasks`,
            {
                ...common,
                description: `${name}: tasks fail the health check of ${each.key} and replacing them does not help; see the log`,
                queries: [
                    ...unhealthy,
                    { id: "all", label: "Unhealthy tasks", expression: sum(unhealthy), returnData: true },
                ],
                comparison: "GreaterThanThreshold",
                threshold: 0,
                evaluationPeriods: PATIENCE_MINUTES,
                missingData: "notBreaching",
            },
            opts,
        ).name,
        alarm(
            `${name}-alarm-${each.key}-no-healthy-task`,
            {
                ...common,
                description: `${name}: no task is healthy for ${each.key}; the service is down`,
                queries: [
                    ...healthy,
                    { id: "all", label: "Healthy tasks", expression: sum(healthy), returnData: true },
                ],
                comparison: "LessThanThreshold",
                threshold: 1,
                evaluationPeriods: 2,
                // A balancer without a single target reports nothing.
                missingData: "breaching",
            },
            opts,
        ).name,
    ];
}

/** A metric of a balancer's requests to the service, a row for each target group. */
function rows(
    id: string,
    { attachment, groups }: ServiceTargets,
    metricName: string,
    statistic: string,
): AlarmQuery[] {
    return groups
        .filter((group) => group !== undefined)
        .map((group, index) => ({
            id: `${id}${index}`,
            metric: {
                namespace: "AWS/ApplicationELB",
                metricName,
                dimensions: {
                    LoadBalancer: attachment.loadBalancerArnSuffix,
                    TargetGroup: group.arnSuffix,
                },
                statistic,
            },
        }));
}

/** A group that has no tasks at the moment reports nothing, which counts as nothing. */
function filled({ id }: AlarmQuery): string {
    return `FILL(${id}, 0)`;
}

function sum(queries: readonly AlarmQuery[]): string {
    return queries.map(filled).join(" + ");
}
