import { type Props } from "../../framework";
import { isGiven } from "../../framework/items";

export const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";

/** Whether a replication group follows another region's, from which it has how it is encrypted. */
export function isGlobalSecondary(props: Props): boolean {
    return isGiven(props, "globalReplicationGroupId");
}
