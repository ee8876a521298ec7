import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type ApiTierArgs } from "./args";
import { balancerLogBucket, networkLogStatements } from "../balancerLogs";
import { HEALTH_CHECK } from "../tier/balancer";
import { type TierSettings } from "../tier/settings";
import { DEREGISTRATION_DELAY } from "../userData/userData";

/** Makes `<name>-nlb`, and `<name>-access-logs` where no bucket is given. */
export function networkBalancer(
    name: string,
    args: ApiTierArgs,
    settings: TierSettings,
    asChild: pulumi.CustomResourceOptions,
): aws.lb.LoadBalancer {
    const place = { region: args.region, accountId: args.accountId, prefix: name };
    const bucket =
        args.accessLogBucket ??
        balancerLogBucket(
            `${name}-access-logs`,
            {
                region: args.region,
                accountId: args.accountId,
                statements: networkLogStatements(place),
                retentionDays: settings.logRetentionDays,
                deletionProtection: settings.deletionProtection,
            },
            asChild,
        );
    return new aws.lb.LoadBalancer(
        `${name}-nlb`,
        {
            region: args.region,
            loadBalancerType: "network",
            internal: true,
            ipAddressType: "ipv4",
            subnets: args.balancerSubnetIds,
            // From the first day: a Network Load Balancer made without a group can never be given one.
            securityGroups: args.balancerSecurityGroupIds,
            enableDeletionProtection: settings.deletionProtection,
            // A zone whose instances are gone is served by the others'.
            enableCrossZoneLoadBalancing: true,
            // Clients mostly stay in their zone, which costs less, and spread where their zone would be overrun.
            dnsRecordClientRoutingPolicy: "partial_availability_zone_affinity",
            enableZonalShift: true,
            accessLogs: { enabled: true, bucket, prefix: name },
        },
        // A replacement ends half-way: the new balancer may not share the target group, and the old one cannot be
        // deleted. Protected, it is refused at the preview.
        { ...asChild, protect: settings.deletionProtection },
    );
}

/** Makes `<name>-tg`. */
export function networkTargets(
    name: string,
    args: ApiTierArgs,
    settings: TierSettings,
    asChild: pulumi.CustomResourceOptions,
): aws.lb.TargetGroup {
    return new aws.lb.TargetGroup(
        `${name}-tg`,
        {
            region: args.region,
            vpcId: args.vpcId,
            targetType: "instance",
            port: settings.instancePort,
            protocol: "TLS",
            healthCheck: { ...HEALTH_CHECK, path: settings.healthCheckPath },
            deregistrationDelay: DEREGISTRATION_DELAY,
            // What is still open then would break with the instance; broken here, the client connects anew at once.
            connectionTermination: true,
            // With the client's address kept, a client that meets the same instance by two of the balancer's addresses
            // may use one port twice, and its connection fails. The balancer's group is what instances let in.
            preserveClientIp: "false",
        },
        asChild,
    );
}
