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
    const { hostedZoneId: zoneId, isPrimary, peerRegion, region } = settings;
    if (hosts.peer === undefined || peerRegion === undefined) {
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
    if (isPrimary) {
        return;
    }
    const health = new EndpointHealth(
        "platform-health",
        {
            endpoints: [
                { key: peerRegion, host: hosts.peer },
                { key: region, host: hosts.region },
            ],
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
        },
        { providers: [provider] },
    );
    for (const [role, host, key] of [
        ["PRIMARY", hosts.peer, peerRegion],
        ["SECONDARY", hosts.region, region],
    ] as const) {
        new aws.route53.Record(
            `platform-world-${role.toLowerCase()}`,
            {
                zoneId,
                name: hosts.world,
                type: "A",
                setIdentifier: role.toLowerCase(),
                failoverRoutingPolicies: [{ type: role }],
                healthCheckId: health.healthCheckIds.apply((ids) => ids[key] ?? ""),
                aliases: [{ name: host, zoneId, evaluateTargetHealth: true }],
            },
            { provider, dependsOn: [own] },
        );
    }
}
