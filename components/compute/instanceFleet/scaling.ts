import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { launchSource } from "../launchSource";
import { type ResolvedCapacity } from "../tier/capacity";
import { DRAIN_HOOK } from "../userData/userData";
import { type TagsInput } from "../../shared/tags";
import { mapInput } from "../../shared/validation";

/** What the Auto Scaling group is made for. */
export interface ScalingArgs {
    region: string;
    capacity: ResolvedCapacity;
    template: aws.ec2.LaunchTemplate;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** ARN of the target group, known once a listener forwards to it. */
    targetGroupArn: pulumi.Input<string>;
    /** Label of the balancer and its target group, for scaling on requests. Not on requests when left out. */
    requestsLabel?: pulumi.Input<string>;
    /** Alarms that undo an instance refresh. */
    rollbackAlarmNames: pulumi.Input<string>[];
    /** What the role must be allowed before the first instance starts. */
    permissions: pulumi.Resource[];
    role: aws.iam.Role;
    tags: TagsInput;
}

// From launch to answering: boot, packages, image. Measured load of a younger instance says nothing.
const WARM_UP_SECONDS = 180;
const GRACE_SECONDS = 300;

// New instances before old ones go, and never more than half as many again.
const HEALTHY_PERCENTAGES = { minHealthyPercentage: 100, maxHealthyPercentage: 150 };

const DAY = 86_400;

/** Makes `<name>-group`, `<name>-drain-hook`, `<name>-drain-permission`, `<name>-cpu` and `<name>-requests`. */
export function scaling(
    name: string,
    args: ScalingArgs,
    opts: pulumi.CustomResourceOptions,
): aws.autoscaling.Group {
    const group = autoScalingGroup(name, args, opts);
    drain(name, args, group, opts);
    track(`${name}-cpu`, args, group, opts, args.capacity.targetCpuPercent, {
        predefinedMetricType: "ASGAverageCPUUtilization",
    });
    if (args.requestsLabel !== undefined) {
        track(`${name}-requests`, args, group, opts, args.capacity.targetRequestsPerInstance, {
            predefinedMetricType: "ALBRequestCountPerTarget",
            resourceLabel: args.requestsLabel,
        });
    }
    return group;
}

function autoScalingGroup(
    name: string,
    args: ScalingArgs,
    opts: pulumi.CustomResourceOptions,
): aws.autoscaling.Group {
    const { capacity, template } = args;
    return new aws.autoscaling.Group(
        `${name}-group`,
        {
            region: args.region,
            minSize: capacity.minSize,
            maxSize: capacity.maxSize,
            // No desiredCapacity: it belongs to the scaling policies, and every update would set it back.
            vpcZoneIdentifiers: args.subnetIds,
            mixedInstancesPolicy: {
                instancesDistribution: {
                    onDemandBaseCapacity: capacity.onDemandBaseCapacity,
                    onDemandPercentageAboveBaseCapacity: capacity.onDemandPercentageAboveBase,
                    onDemandAllocationStrategy: "prioritized",
                    spotAllocationStrategy: "price-capacity-optimized",
                },
                launchTemplate: launchSource(template, capacity.instanceTypes),
            },
            capacityRebalance: true,
            targetGroupArns: [args.targetGroupArn],
            healthCheckType: "ELB",
            healthCheckGracePeriod: GRACE_SECONDS,
            defaultInstanceWarmup: WARM_UP_SECONDS,
            // A deployment succeeds when the balancer calls the first instances healthy, and not before.
            minElbCapacity: capacity.minSize,
            waitForCapacityTimeout: "15m",
            instanceRefresh: {
                strategy: "Rolling",
                preferences: {
                    ...HEALTHY_PERCENTAGES,
                    autoRollback: true,
                    // A quarter serves for ten minutes before the others follow.
                    checkpointPercentages: [25, 100],
                    checkpointDelay: "600",
                    instanceWarmup: String(WARM_UP_SECONDS),
                    skipMatching: true,
                    ...(args.rollbackAlarmNames.length === 0
                        ? {}
                        : { alarmSpecification: { alarms: args.rollbackAlarmNames } }),
                },
            },
            instanceMaintenancePolicy: HEALTHY_PERCENTAGES,
            // Nothing on an instance grows old: drift, leaked memory, the certificate of its first boot.
            maxInstanceLifetime: 30 * DAY,
            enabledMetrics: [
                "GroupMinSize",
                "GroupMaxSize",
                "GroupDesiredCapacity",
                "GroupInServiceInstances",
                "GroupPendingInstances",
                "GroupStandbyInstances",
                "GroupTerminatingInstances",
                "GroupTotalInstances",
            ],
            metricsGranularity: "1Minute",
            // The provider's default tags do not reach groups.
            tags: groupTags(args.tags),
        },
        // An instance that starts before it may pull its image never becomes healthy.
        { ...opts, dependsOn: args.permissions },
    );
}

/** The tags as a group takes them: one by one. */
function groupTags(tags: TagsInput): pulumi.Input<aws.types.input.autoscaling.GroupTag[]> {
    const list = (known: Record<string, pulumi.Input<string>>) =>
        Object.entries(known).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
    return mapInput(tags, list);
}

/** Holds instances back from termination until they have drained, and lets them say so themselves. */
function drain(
    name: string,
    args: ScalingArgs,
    group: aws.autoscaling.Group,
    opts: pulumi.CustomResourceOptions,
): void {
    new aws.autoscaling.LifecycleHook(
        `${name}-drain-hook`,
        {
            region: args.region,
            // Names are the group's own, and the instances must know this one.
            name: DRAIN_HOOK,
            autoscalingGroupName: group.name,
            lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
            // An instance too broken to say that it has drained goes all the same.
            defaultResult: "CONTINUE",
            heartbeatTimeout: GRACE_SECONDS,
        },
        opts,
    );
    new aws.iam.RolePolicy(
        `${name}-drain-permission`,
        {
            // A policy of its own: it names the group, and the other one must be there before the group is.
            role: args.role.name,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "SayThatDrained",
                        Effect: "Allow",
                        Action: "autoscaling:CompleteLifecycleAction",
                        Resource: group.arn,
                    },
                ],
            }),
        },
        opts,
    );
}

function track(
    name: string,
    args: ScalingArgs,
    group: aws.autoscaling.Group,
    opts: pulumi.CustomResourceOptions,
    targetValue: number,
    metric: aws.types.input.autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecification,
): void {
    new aws.autoscaling.Policy(
        name,
        {
            region: args.region,
            autoscalingGroupName: group.name,
            policyType: "TargetTrackingScaling",
            targetTrackingConfiguration: { predefinedMetricSpecification: metric, targetValue },
        },
        opts,
    );
}
