import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { asSetting } from "../../shared/replacement";
import { type ContainerServiceArgs } from "./args";
import { type QueueBacklog } from "./scalingArgs";
import { type ServiceSettings } from "./settings";
import { type ServiceTargets } from "./targets";

type MetricSpecification =
    aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecification;

/**
 * Makes `<name>-scaling`, `<name>-scaling-cpu`, `<name>-scaling-memory`, `<name>-scaling-requests-<balancer>` and
 * `<name>-scaling-backlog`. Nothing where there is one size alone.
 */
export function serviceScaling(
    name: string,
    args: ContainerServiceArgs,
    settings: ServiceSettings,
    parts: { service: aws.ecs.Service; targets: readonly ServiceTargets[] },
    opts: pulumi.CustomResourceOptions,
): void {
    if (!settings.scales) {
        return;
    }
    const { scaling } = settings;
    const target = new aws.appautoscaling.Target(
        `${name}-scaling`,
        {
            region: args.region,
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: pulumi.interpolate`service/${args.clusterName}/${parts.service.name}`,
            minCapacity: scaling.minTasks,
            maxCapacity: scaling.maxTasks,
            tags: settings.tags,
        },
        asSetting(opts),
    );
    const track = (
        role: string,
        targetValue: number,
        metric: Partial<aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration>,
    ): void => {
        new aws.appautoscaling.Policy(
            `${name}-scaling-${role}`,
            {
                region: args.region,
                serviceNamespace: target.serviceNamespace,
                scalableDimension: target.scalableDimension,
                resourceId: target.resourceId,
                policyType: "TargetTrackingScaling",
                targetTrackingScalingPolicyConfiguration: {
                    ...metric,
                    targetValue,
                    // Out at once, in with patience: a task that was stopped too early has to be started again.
                    scaleOutCooldown: 60,
                    scaleInCooldown: 300,
                },
            },
            opts,
        );
    };
    track("cpu", scaling.cpuPercent, predefined("ECSServiceAverageCPUUtilization"));
    track("memory", scaling.memoryPercent, predefined("ECSServiceAverageMemoryUtilization"));
    const { requestsPerTarget, backlog } = scaling;
    if (requestsPerTarget !== undefined) {
        for (const each of parts.targets) {
            track(`requests-${each.key}`, requestsPerTarget, requestsOf(each));
        }
    }
    if (backlog !== undefined) {
        track("backlog", backlog.messagesPerTask, {
            customizedMetricSpecification: backlogPerTask(backlog, args.clusterName, parts.service.name),
        });
    }
}

function predefined(predefinedMetricType: string, resourceLabel?: pulumi.Input<string>) {
    return { predefinedMetricSpecification: { predefinedMetricType, resourceLabel } };
}

/**
 * The requests of a minute per task. With two groups, of which now one and now the other has the tasks, both are added
 * up: the metric that is predefined knows one (Amazon ECS Developer Guide, "Use a target metric to scale Amazon ECS
 * services").
 */
function requestsOf({ attachment, groups }: ServiceTargets) {
    const [first, other] = groups;
    const { loadBalancerArnSuffix } = attachment;
    if (other === undefined) {
        return predefined(
            "ALBRequestCountPerTarget",
            pulumi.interpolate`${loadBalancerArnSuffix}/${first.arnSuffix}`,
        );
    }
    const ids = [first, other].map((group, index) => ({ id: `requests${index}`, group }));
    const specification: MetricSpecification = {
        metrics: [
            ...ids.map(({ id, group }) => ({
                id,
                returnData: false,
                metricStat: {
                    metric: {
                        namespace: "AWS/ApplicationELB",
                        metricName: "RequestCountPerTarget",
                        dimensions: [{ name: "TargetGroup", value: group.arnSuffix }],
                    },
                    stat: "Sum",
                },
            })),
            {
                id: "requests",
                label: "Requests per task",
                expression: ids.map(({ id }) => `FILL(${id}, 0)`).join(" + "),
                returnData: true,
            },
        ],
    };
    return { customizedMetricSpecification: specification };
}

/** The messages that wait, for each task that runs. */
function backlogPerTask(
    { queueName }: QueueBacklog,
    clusterName: pulumi.Input<string>,
    serviceName: pulumi.Input<string>,
): MetricSpecification {
    return {
        metrics: [
            {
                id: "waiting",
                returnData: false,
                metricStat: {
                    metric: {
                        namespace: "AWS/SQS",
                        metricName: "ApproximateNumberOfMessagesVisible",
                        dimensions: [{ name: "QueueName", value: queueName }],
                    },
                    stat: "Average",
                },
            },
            {
                id: "running",
                returnData: false,
                metricStat: {
                    metric: {
                        namespace: "ECS/ContainerInsights",
                        metricName: "RunningTaskCount",
                        dimensions: [
                            { name: "ClusterName", value: clusterName },
                            { name: "ServiceName", value: serviceName },
                        ],
                    },
                    stat: "Average",
                },
            },
            {
                id: "backlog",
                label: "Waiting messages per task",
                // While none runs, all of them wait for the first one.
                expression: "waiting / IF(running > 0, running, 1)",
                returnData: true,
            },
        ],
    };
}
