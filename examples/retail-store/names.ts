import type * as aws from "@pulumi/aws";

import { type WebTier } from "../../components/compute";
import { type RegionalFoundation } from "../../components/operations";
import { balancerRecord, failoverOrigin, type OriginHosts, originHosts, ownHost } from "../shared/failover";
import { type StoreSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts extends OriginHosts {
    /** What people use: the distribution. */
    readonly store: string;
    /** This region's back office, in private networks alone. */
    readonly office: string;
    /** This region's services, in its network alone. */
    readonly services: string;
}

/** The host names that follow from the settings. */
export function hostsOf(settings: StoreSettings): Hosts {
    return {
        store: settings.domainName,
        ...originHosts(settings),
        office: ownHost(settings, "office"),
        services: ownHost(settings, "services"),
    };
}

/**
 * Makes the records of this region's balancers, and in the primary of two regions the name of the origin, which leads there
 * while that region is well and to the other one while it is not: orders and users are in the primary region alone, so the
 * nearest region would be the wrong one for many.
 */
export function createNames(
    settings: StoreSettings,
    hosts: Hosts,
    { front, office }: { readonly front: WebTier; readonly office: WebTier },
    foundation: RegionalFoundation,
    provider: aws.Provider,
): void {
    const record = (name: string, host: string, { loadBalancerDnsName, loadBalancerZoneId }: WebTier) =>
        balancerRecord(
            name,
            settings,
            host,
            { dnsName: loadBalancerDnsName, zoneId: loadBalancerZoneId },
            provider,
        );
    record("store-office-name", hosts.office, office);
    record("store-front-name", hosts.regions[0] ?? hosts.origin, front);
    failoverOrigin("store-origin", settings, hosts, foundation, provider);
}
