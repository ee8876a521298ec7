export const ZONE = "aws:route53/zone:Zone";

/** Routing policies of Route 53 records that move viewers, by the property that sets them. */
export const ROUTED_BY: Readonly<Record<string, string>> = {
    failoverRoutingPolicies: "failover",
    geolocationRoutingPolicies: "geolocation",
    geoproximityRoutingPolicy: "geoproximity",
    latencyRoutingPolicies: "latency",
    weightedRoutingPolicies: "weighted",
};
