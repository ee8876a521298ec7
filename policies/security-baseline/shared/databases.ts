import { type Props, text } from "../../framework";
import { isGiven } from "../../framework/items";

export const DB_INSTANCE = "aws:rds/instance:Instance";
export const DB_CLUSTER = "aws:rds/cluster:Cluster";
export const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

/** Whether a database instance copies another one, from which it has what it does not say itself. */
export function isReadReplica(props: Props): boolean {
    return isGiven(props, "replicateSourceDb");
}

/** The engine, in lower case: `aurora-postgresql`, `mysql`. */
export function engineOf(props: Props): string {
    return (text(props.engine) ?? "").toLowerCase();
}
