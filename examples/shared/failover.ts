import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { EndpointHealth } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { type Settings, type StackPlace } from "./settings";

/** Seconds that resolvers keep which region answers. */
export const FAILOVER_TTL = 60;

/** Where a distribution fetches what is dynamic from. */
export interface OriginHosts {
    /** The name that leads to the region that answers. */
    readonly origin: string;
    /** The regions' own names, in two regions: this one's first. */
    readonly regions: readonly string[];
}

/** The host names of what is behind a distribution. */
export function originHosts({ domainName, peerRegion, region }: Settings): OriginHosts {
    return {
        origin: `origin.${domainName}`,
        regions:
            peerRegion === undefined
                ? []
                : [region, peerRegion].map((code) => `origin-${code}.${domainName}`),
    };
}

/** A host name of this region's alone, where there are two. */
export function ownHost({ domainName, peerRegion, region }: Settings, host: string): string {
    return peerRegion === undefined ? `${host}.${domainName}` : `${host}-${region}.${domainName}`;
}

/** The names by which a region's balancer is reached: those that its certificate has. */
export function balancerNames({ origin, regions }: OriginHosts): string[] {
    return [origin, ...regions.slice(0, 1)];
}

/** Makes the record of a balancer. */
export function balancerRecord(
    name: string,
    { hostedZoneId: zoneId }: Settings,
    host: string,
    balancer: { readonly dnsName: pulumi.Input<string>; readonly zoneId: pulumi.Input<string> },
    provider: aws.Provider,
): aws.route53.Record {
    return new aws.route53.Record(
        name,
        {
            zoneId,
            name: host,
            type: "A",
            aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
        },
        { provider },
    );
}

/**
 * In the primary of two regions: makes health checks of both, `<name>-health`, and the name of the origin, which leads to the
 * primary region while that is well and to the other one while it is not (`<name>-primary`, `<name>-secondary`). The records
 * may name a region that is not there yet.
 *
 * @returns The ids of the health checks by `primary` and `secondary`; nothing elsewhere.
 */
export function failoverOrigin(
    name: string,
    settings: Settings & StackPlace,
    { origin, regions: [own, other] }: OriginHosts,
    { edgeAlarmTopicArn }: RegionalFoundation,
    provider: aws.Provider,
): pulumi.Output<Record<string, string>> | undefined {
    if (!settings.isPrimary || own === undefined || other === undefined) {
        return undefined;
    }
    const pair = { primary: own, secondary: other };
    const health = new EndpointHealth(
        `${name}-health`,
        {
            endpoints: Object.entries(pair).map(([key, host]) => ({ key, host })),
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
        },
        { providers: [provider] },
    );
    for (const [role, host] of Object.entries(pair)) {
        new aws.route53.Record(
            `${name}-${role}`,
            {
                zoneId: settings.hostedZoneId,
                name: origin,
                type: "CNAME",
                ttl: FAILOVER_TTL,
                records: [host],
                setIdentifier: role,
                failoverRoutingPolicies: [{ type: role.toUpperCase() }],
                healthCheckId: health.healthCheckIds.apply((ids) => ids[role] ?? ""),
            },
            { provider },
        );
    }
    return health.healthCheckIds;
}
