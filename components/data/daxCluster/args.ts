import type * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { type TagsInput } from "../../shared/tags";

/** Arguments of DaxCluster. */
export interface DaxClusterArgs {
    /** The AWS region of the cluster and of its tables: DAX knows no other. */
    region: string;
    /** The AWS account that owns it: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of subnets in two zones or more, over which DAX spreads the nodes. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * What the cluster may do in the name of its clients: the `readPermissions` of its tables, and the
     * `writePermissions` of those that are written through it.
     */
    permissions: pulumi.Input<Permission[]>[];
    /**
     * Name of the cluster: 1 to 20 lower-case letters, digits and single hyphens, a letter first. The component's name
     * when left out. Changing it replaces the cluster.
     */
    clusterName?: string;
    /**
     * Type of the nodes: one of the families r4, r5, r7i, t2 and t3. `dax.r5.large` when left out. Changing it
     * replaces the cluster.
     */
    nodeType?: string;
    /** Number of nodes, 1 to 10. 3 when left out, which is the least that outlives the loss of a zone. */
    replicationFactor?: number;
    /**
     * For how many seconds an item is answered from memory, from 1 to 31536000. 300 when left out. What is written past
     * the cluster, by a replica in another region for instance, shows only after that time.
     */
    itemTtlSeconds?: number;
    /**
     * For how many seconds the result of a query or scan is answered from memory. 60 when left out. Writes through the
     * cluster do not change it.
     */
    queryTtlSeconds?: number;
    /** Weekly window for maintenance, in UTC, 60 minutes at least. `sun:05:00-sun:06:00` when left out. */
    maintenanceWindow?: string;
    /** Topics of the region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
