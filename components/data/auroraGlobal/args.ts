import type * as pulumi from "@pulumi/pulumi";
import { type AuroraArgs, type AuroraCapacity } from "../auroraMember/args";

/** What a region's stack holds of a global database. */
export enum AuroraRole {
    /** The founding region's member: a complete cluster that works alone, the master password and its rotation. */
    Primary = "Primary",
    /** What another region's stack prepares for its member: network, parameters, key, logs. No cluster. */
    Secondary = "Secondary",
}

/** Arguments of AuroraGlobal. What a role has no use for says whose it is. */
export interface AuroraGlobalArgs extends AuroraArgs {
    /** The AWS region of the member, such as `us-east-1`. */
    region: string;
    /** The AWS account that everything is made in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** What this stack holds of the global database. */
    role: AuroraRole;
    /**
     * Identifier of the member's cluster: 1 to 59 lower-case letters, digits and single hyphens, a letter first. No
     * two members may share one, even in different regions. It cannot be changed.
     */
    clusterIdentifier: string;
    /**
     * Version of Aurora PostgreSQL that a new database starts with, and that the parameter groups are made for.
     * `18.6` when left out. Ignored on a cluster that exists, because a global database is upgraded as a whole;
     * AuroraReplication makes clusters of the version that the founding cluster runs.
     */
    engineVersion?: string;
    /**
     * Primary: name of the master user, for emergencies alone: 1 to 16 lower-case letters, digits and
     * underscores. `meridian_admin` when left out. It cannot be changed.
     */
    masterUsername?: string;
    /** TCP port of the database, 1150 to 65535. 5432 when left out. */
    port?: number;
    /** Ids of the isolated subnets, in at least two zones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Id of the security group that lets the api tier in. */
    securityGroupId: pulumi.Input<string>;
    /**
     * Primary: zones that the instances are spread over, one after the other: at least 2. Their order is kept for
     * good, because an instance cannot move.
     */
    availabilityZones?: string[];
    /**
     * Primary: how many instances the member has: 1 to 16, and at least 2 under deletion protection, because one
     * alone has nothing to fail over to. 2 when left out.
     */
    instanceCount?: number;
    /** Capacity of each instance. 8 to 32 ACU when left out. */
    capacity?: AuroraCapacity;
    /**
     * Primary: whether the cluster stays alone, so that no other region joins it. Then its floor may be what it likes,
     * 0 included, and no alarm watches a replication that there is not. False when left out; setting it to false
     * later, with a floor of 8, makes the cluster ready for a global database in place.
     */
    standalone?: boolean;
    /**
     * Primary: whether the founding region writes now. Touches only what changes in place: the capacity's floor,
     * the order of failover and how the replication alarm reads silence. True when left out.
     */
    isWriter?: boolean;
    /**
     * Primary: other regions that the master secret and its key are replicated to. None when left out, and then
     * losing the founding region loses the master password with it.
     */
    replicaRegions?: string[];
    /** Primary: the master password is replaced after this many days, 1 to 90. 30 when left out. */
    passwordRotationDays?: number;
    /**
     * Primary: whether the RDS Data API is on, which is how the application's user is created without a network
     * path to the database. True when left out. Turn it off in regions without it and create the user by hand.
     */
    dataApi?: boolean;
    /** How many days automated backups are kept: 1 to 35. 35 when left out. */
    backupRetentionDays?: number;
    /**
     * Daily window for backups in UTC, `hh:mm-hh:mm`, half an hour at least, apart from the maintenance window.
     * `02:00-03:00` when left out.
     */
    backupWindow?: string;
    /**
     * Weekly window for maintenance in UTC, `ddd:hh:mm-ddd:hh:mm`, half an hour at least.
     * `sun:04:00-sun:05:00` when left out.
     */
    maintenanceWindow?: string;
    /**
     * How many days Performance Insights keeps its data: 7, a multiple of 31 up to 713, or 731. 7 when left out,
     * which is free.
     */
    performanceInsightsRetentionDays?: number;
    /** Seconds between two points of enhanced monitoring: 1, 5, 10, 15, 30 or 60. 60 when left out. */
    monitoringIntervalSeconds?: number;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the member's alarms tell. None when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
}
