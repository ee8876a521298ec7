import { type Props } from "../../framework";
import { isGiven } from "../../framework/items";

export const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";

/** A cache without nodes of its own, which always encrypts at rest and in transit. */
export const SERVERLESS_CACHE = "aws:elasticache/serverlessCache:ServerlessCache";

/** Whether a replication group follows another region's, from which it has how it is encrypted. */
export function isGlobalSecondary(props: Props): boolean {
    return isGiven(props, "globalReplicationGroupId");
}

/** A cluster of Memcached, or a single node of Redis. */
export const CACHE_CLUSTER = "aws:elasticache/cluster:Cluster";

/** Whether a cluster is one node of a replication group, which is judged itself. */
export function isMember(props: Props): boolean {
    return isGiven(props, "replicationGroupId");
}
