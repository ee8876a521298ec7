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
    /** This region's front end, in two regions. */
    readonly region?: string;
    /** This region's back office, in private networks alone. */
    readonly office: string;
    /** This region's services, in its network alone. */
    readonly services: string;
}

/** The host names that follow from the settings. */
export function hostsOf({ domainName, peerRegion, regionKey }: StoreSettings): Hosts {
    const own = (host: string): string =>
        peerRegion === undefined ? `${host}.${domainName}` : `${host}-${regionKey}.${domainName}`;
    return {
        store: domainName,
        origin: `origin.${domainName}`,
        ...(peerRegion === undefined ? {} : { region: own("origin") }),
        office: own("office"),
        services: own("services"),
    };
}

/** The names by which the front end's balancer is reached: those that its certificate has. */
export function frontNames({ origin, region }: Hosts): string[] {
    return region === undefined ? [origin] : [origin, region];
}

/**
 * Makes the records of this region's balancers. In two regions the origin is the primary one while its health check is
 * well, and the other one while it is not: orders and users are in the primary region alone, so the nearest region would
 * be the wrong one for many. Each stack makes its own half, so that the first one works before there is a second.
 */
export function createNames(
    settings: StoreSettings,
    hosts: Hosts,
    { front, office }: { readonly front: WebTier; readonly office: WebTier },
    { edgeAlarmTopicArn }: RegionalFoundation,
    provider: aws.Provider,
): void {
    const record = (
        name: string,
        host: string,
        { loadBalancerDnsName, loadBalancerZoneId }: WebTier,
        routing: Partial<aws.route53.RecordArgs> = {},
    ) =>
        new aws.route53.Record(
            name,
            {
                zoneId: settings.hostedZoneId,
                name: host,
                type: "A",
                aliases: [
                    { name: loadBalancerDnsName, zoneId: loadBalancerZoneId, evaluateTargetHealth: true },
                ],
                ...routing,
            },
            { provider },
        );

    record("store-office-name", hosts.office, office);
    if (hosts.region === undefined) {
        record("store-origin-name", hosts.origin, front);
        return;
    }
    record("store-region-name", hosts.region, front);
    const health = new EndpointHealth(
        "store-health",
        {
            endpoints: [{ key: "region", host: hosts.region }],
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
        },
        { providers: [provider] },
    );
    record("store-origin-name", hosts.origin, front, {
        setIdentifier: settings.region,
        failoverRoutingPolicies: [{ type: settings.isPrimary ? "PRIMARY" : "SECONDARY" }],
        healthCheckId: health.healthCheckIds.apply((ids) => ids["region"] ?? ""),
    });
}
