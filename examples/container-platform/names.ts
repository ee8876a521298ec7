import * as aws from "@pulumi/aws";
import { type ServiceBalancer } from "../../components/compute";
import { EndpointHealth } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { type Hosts } from "./hosts";
import { type PlatformSettings } from "./settings";

/**
 * In two regions: the name of this region's front end, and, in the second stack, the name that people use, which leads
 * to the primary region while that is well and to the other one while it is not. The second stack makes it, because a
 * record can only point to names that exist.
 */
export function createNames(
    settings: PlatformSettings,
    hosts: Hosts,
    balancer: ServiceBalancer,
    { edgeAlarmTopicArn }: RegionalFoundation,
    provider: aws.Provider,
): void {
    const { hostedZoneId: zoneId, peerRegion } = settings;
    if (peerRegion === undefined) {
        return;
    }
    const own = new aws.route53.Record(
        "platform-region-name",
        {
            zoneId,
            name: hosts.region,
            type: "A",
            aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
        },
        { provider },
    );
    if (hosts.primary === undefined) {
        return;
    }
    const health = new EndpointHealth(
        "platform-health",
        {
            endpoints: [
                { key: "primary", host: hosts.primary },
                { key: "secondary", host: hosts.region },
            ],
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
        },
        { providers: [provider] },
    );
    for (const [role, host] of [
        ["primary", hosts.primary],
        ["secondary", hosts.region],
    ] as const) {
        new aws.route53.Record(
            `platform-world-${role}`,
            {
                zoneId,
                name: hosts.world,
                type: "A",
                setIdentifier: role,
                failoverRoutingPolicies: [{ type: role.toUpperCase() }],
                healthCheckId: health.healthCheckIds.apply((ids) => ids[role] ?? ""),
                aliases: [{ name: host, zoneId, evaluateTargetHealth: true }],
            },
            { provider, dependsOn: [own] },
        );
    }
}
