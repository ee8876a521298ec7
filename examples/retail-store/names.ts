import * as aws from "@pulumi/aws";

import { type WebTier } from "../../components/compute";
import { EndpointHealth } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { type StoreSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts {
    /** What people use: the distribution. */
    readonly store: string;
    /** Where the distribution fetches what is dynamic from. */
    readonly origin: string;
    /** The regions' front ends, in two regions: this one's first. */
    readonly regions: readonly string[];
    /** This region's back office, in private networks alone. */
    readonly office: string;
    /** This region's services, in its network alone. */
    readonly services: string;
}

/** The host names that follow from the settings. */
export function hostsOf({ domainName, peerRegion, region }: StoreSettings): Hosts {
    const own = (host: string): string =>
        peerRegion === undefined ? `${host}.${domainName}` : `${host}-${region}.${domainName}`;
    return {
        store: domainName,
        origin: `origin.${domainName}`,
        regions:
            peerRegion === undefined
                ? []
                : [region, peerRegion].map((code) => `origin-${code}.${domainName}`),
        office: own("office"),
        services: own("services"),
    };
}

/** The names by which the front end's balancer is reached: those that its certificate has. */
export function frontNames({ origin, regions }: Hosts): string[] {
    return [origin, ...regions.slice(0, 1)];
}

/** Seconds that resolvers keep which region answers. */
const FAILOVER_TTL = 60;

/**
 * Makes the records of this region's balancers, and in the primary of two regions the name of the origin, which leads there
 * while that region is well and to the other one while it is not: orders and users are in the primary region alone, so the
 * nearest region would be the wrong one for many. The records may name a region that is not there yet.
 */
export function createNames(
    settings: StoreSettings,
    hosts: Hosts,
    { front, office }: { readonly front: WebTier; readonly office: WebTier },
    { edgeAlarmTopicArn }: RegionalFoundation,
    provider: aws.Provider,
): void {
    const { hostedZoneId: zoneId } = settings;
    const alias = (name: string, host: string, { loadBalancerDnsName, loadBalancerZoneId }: WebTier) =>
        new aws.route53.Record(
            name,
            {
                zoneId,
                name: host,
                type: "A",
                aliases: [
                    { name: loadBalancerDnsName, zoneId: loadBalancerZoneId, evaluateTargetHealth: true },
                ],
            },
            { provider },
        );

    alias("store-office-name", hosts.office, office);
    const [own, other] = hosts.regions;
    alias("store-front-name", own ?? hosts.origin, front);
    if (!settings.isPrimary || own === undefined || other === undefined) {
        return;
    }
    const pair = { primary: own, secondary: other };
    const health = new EndpointHealth(
        "store-origin-health",
        {
            endpoints: Object.entries(pair).map(([key, host]) => ({ key, host })),
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
        },
        { providers: [provider] },
    );
    for (const [role, host] of Object.entries(pair)) {
        new aws.route53.Record(
            `store-origin-${role}`,
            {
                zoneId,
                name: hosts.origin,
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
}
