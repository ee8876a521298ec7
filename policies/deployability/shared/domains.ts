import { flag, number, object, type Props } from "../../framework";

export const DOMAIN = "aws:opensearch/domain:Domain";

/** Properties of a domain's `clusterConfig` that name types of instances. */
export const INSTANCE_TYPES = ["instanceType", "dedicatedMasterType"] as const;

/** How many zones a domain's data nodes are in, by its `clusterConfig`. */
export function zonesOf(cluster: Props): number {
    return flag(cluster.zoneAwarenessEnabled) === true
        ? (number(object(cluster.zoneAwarenessConfig).availabilityZoneCount) ?? 2)
        : 1;
}
