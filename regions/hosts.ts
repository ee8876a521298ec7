/** Host names that the stacks agree on without reading each other. */

/** The names under the shop's domain that stand for something else than a region's host. */
export const RESERVED_HOST_LABELS: readonly string[] = ["events", "geo", "internal", "origin", "www"];

/** The world-wide names. */
export interface WorldHosts {
    /** What viewers open. */
    readonly shop: string;
    /** Answers with the nearest region that is well. */
    readonly latencyOrigin: string;
    /** Answers by continent first, when geolocation routing is on. */
    readonly geolocationOrigin: string;
    /** The nearest region's API for events, where there are such APIs. */
    readonly eventsOrigin: string;
}

/** One region's names. */
export interface RegionHosts {
    /** What viewers open for this region alone. */
    readonly viewer: string;
    /** This region's balancer alone: for its own distribution and its health check. */
    readonly origin: string;
    /** This region's balancer, or the other region's that takes over. */
    readonly failoverOrigin: string;
    /** This region's API for events, where it has one. */
    readonly events: string;
    /** The private API, inside the VPC. */
    readonly api: string;
    /** The private zone that holds the API's name. */
    readonly privateZone: string;
}

/** The world-wide names under a domain. */
export function worldHosts(domainName: string): WorldHosts {
    return {
        shop: domainName,
        latencyOrigin: `origin.${domainName}`,
        geolocationOrigin: `geo.origin.${domainName}`,
        eventsOrigin: `events.origin.${domainName}`,
    };
}

/** A region's names under a domain. */
export function regionHosts(domainName: string, key: string): RegionHosts {
    return {
        viewer: `${key}.${domainName}`,
        origin: `origin-${key}.${domainName}`,
        failoverOrigin: `${key}.origin.${domainName}`,
        events: `events-${key}.${domainName}`,
        api: `api.${key}.internal.${domainName}`,
        privateZone: `${key}.internal.${domainName}`,
    };
}

/**
 * The names that a region's balancer answers to, and its certificate must therefore hold.
 *
 * Every region's balancer is an answer to the names that all regions share. The geolocation name is among them
 * whether or not it is in use, so that switching it on replaces no certificate. The failover name is there for
 * people who try it by hand; it is otherwise only another alias's target, so the regions that take over for this
 * one need no certificate for it.
 */
export function balancerHosts(domainName: string, key: string): readonly string[] {
    const world = worldHosts(domainName);
    const region = regionHosts(domainName, key);
    return [region.origin, world.latencyOrigin, world.geolocationOrigin, region.failoverOrigin];
}
