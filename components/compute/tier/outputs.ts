import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type InstanceFleet } from "../instanceFleet/instanceFleet";
import { type FleetLogs } from "../instanceFleet/logs";

/** What a component gives out: all that its class declares beside what every component has. */
export type OutputsOf<T extends pulumi.ComponentResource> = Omit<T, keyof pulumi.ComponentResource>;

/**
 * What both tiers give out. Their classes declare it with what it means, because Pulumi's analyzer, of which the
 * package's schema comes, reads the properties of a class itself and none that it inherits.
 */
export type TierOutputs = Readonly<
    Record<
        | "loadBalancerArn"
        | "loadBalancerDnsName"
        | "loadBalancerZoneId"
        | "loadBalancerArnSuffix"
        | "targetGroupArn"
        | "targetGroupArnSuffix"
        | "autoScalingGroupName"
        | "roleArn"
        | "roleName"
        | "logGroupName"
        | "accessLogGroupName"
        | "certificateArn",
        pulumi.Output<string>
    >
>;

/** What a tier is made of, as far as it gives it out. */
export interface TierParts {
    balancer: aws.lb.LoadBalancer;
    targets: aws.lb.TargetGroup;
    fleet: InstanceFleet;
    logs: FleetLogs;
    certificateArn: pulumi.Output<string>;
}

/** What both tiers give out of their parts. */
export function tierOutputs({ balancer, targets, fleet, logs, certificateArn }: TierParts): TierOutputs {
    return {
        loadBalancerArn: balancer.arn,
        loadBalancerDnsName: balancer.dnsName,
        loadBalancerZoneId: balancer.zoneId,
        loadBalancerArnSuffix: balancer.arnSuffix,
        targetGroupArn: targets.arn,
        targetGroupArnSuffix: targets.arnSuffix,
        autoScalingGroupName: fleet.autoScalingGroupName,
        roleArn: fleet.roleArn,
        roleName: fleet.roleName,
        logGroupName: logs.application.name,
        accessLogGroupName: logs.access.name,
        certificateArn,
    };
}
