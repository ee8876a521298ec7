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
export function originHosts(settings: Settings): OriginHosts {
    return { origin: `origin.${settings.domainName}`, regions: regionHosts(settings, "origin") };
}

/** A name of each region, in two regions: this one's first. */
export function regionHosts({ domainName, peerRegion, region }: Settings, host: string): string[] {
    return peerRegion === undefined
        ? []
        : [region, peerRegion].map((code) => `${host}-${code}.${domainName}`);
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

/** Two names that answer for one: the second one while the first is not well. */
export interface FailoverPair {
    readonly primary: string;
    readonly secondary: string;
}

/**
 * Makes a name that leads to the first of a pair while its health check says that it is well, and to the other one while it
 * does not (`<name>-primary`, `<name>-secondary`). The records may name what is not there yet.
 */
export function failoverName(
    name: string,
    { hostedZoneId: zoneId }: Settings,
    host: string,
    pair: FailoverPair,
    healthCheckIds: pulumi.Output<Record<string, string>>,
    provider: aws.Provider,
): void {
    for (const [role, target] of Object.entries(pair)) {
        new aws.route53.Record(
            `${name}-${role}`,
            {
                zoneId,
                name: host,
                type: "CNAME",
                ttl: FAILOVER_TTL,
                records: [target],
                setIdentifier: role,
                failoverRoutingPolicies: [{ type: role.toUpperCase() }],
                healthCheckId: healthCheckIds.apply((ids) => ids[role] ?? ""),
            },
            { provider },
        );
    }
}

/**
 * In the primary of two regions: makes health checks of both, `<name>-health`, and the name of the origin, which leads to the
 * primary region while that is well and to the other one while it is not.
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
    failoverName(name, settings, origin, pair, health.healthCheckIds, provider);
    return health.healthCheckIds;
}
