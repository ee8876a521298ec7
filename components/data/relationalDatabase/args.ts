import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** The engine of a relational database. */
export enum RelationalEngine {
    /** RDS for PostgreSQL. */
    PostgreSql = "PostgreSql",
    /** RDS for MySQL. */
    MySql = "MySql",
}

/** How a relational database is spread over zones. One cannot be turned into the other in place. */
export enum RelationalTopology {
    /** One instance, and a second one in another zone that takes its place within a minute or two and answers nobody before. */
    InstanceWithStandby = "InstanceWithStandby",
    /** A writer and two readers in three zones, on instance classes with disks of their own. A reader takes over within 35 seconds. */
    ThreeZoneCluster = "ThreeZoneCluster",
}

/** How much Database Insights tells. */
export enum DatabaseInsights {
    /** Load and statements, for as long as `performanceInsightsRetentionDays`. */
    Standard = "Standard",
    /** Fleet views, locks and plans beside, and 15 months of history. It costs by the vCPU. */
    Advanced = "Advanced",
}

/** Where a second copy of the automated backups is kept. */
export interface BackupReplication {
    /** The AWS region of the copy. */
    region: string;
    /** ARN of the key of that region that encrypts the copy. */
    kmsKeyArn: pulumi.Input<string>;
    /** How many days the copy is kept: 1 to 35. As many as the backups themselves when left out. */
    retentionDays?: number;
}

/** Arguments of RelationalDatabase. */
export interface RelationalDatabaseArgs {
    /** The AWS region of the database. */
    region: string;
    /** The AWS account of the database: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Identifier of the instance or cluster, unique in account and region: 1 to 59 lower-case letters, digits and single
     * hyphens, a letter first. Log groups are named after it.
     */
    identifier: string;
    /** The engine. It cannot be changed. */
    engine: RelationalEngine;
    /**
     * Major version of the engine: `15` to `18` of PostgreSQL, `8.4` of MySQL. `18` or `8.4` when left out. AWS keeps the
     * minor version current.
     */
    engineVersion?: string;
    /** How the database is spread over zones. */
    topology: RelationalTopology;
    /** Name of the database that is made: 1 to 63 lower-case letters, digits and underscores, a letter first. */
    databaseName: string;
    /**
     * Name of the master user, for emergencies alone: 1 to 16 lower-case letters, digits and underscores.
     * `meridian_admin` when left out. It cannot be changed. RDS makes its password, keeps it in Secrets Manager and
     * replaces it every week.
     */
    masterUsername?: string;
    /**
     * Users that applications sign in as with IAM, none of which is the master user: `connectPermissions` has an entry for
     * each. They are created in the database by hand or by a migration. None when left out.
     */
    databaseUsers?: string[];
    /** Id of the network that the database is in. */
    vpcId: pulumi.Input<string>;
    /** Ids of isolated subnets in two or more zones; in three with ThreeZoneCluster. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** TCP port, 1150 to 65535. 5432 for PostgreSQL and 3306 for MySQL when left out. */
    port?: number;
    /**
     * Class of the instances. `db.m8g.large` when left out; with ThreeZoneCluster `db.m8gd.large`, because a cluster takes
     * only classes with disks of their own (`db.m6gd`, `db.r8gd` and the like).
     */
    instanceClass?: string;
    /** Size of the gp3 storage in GiB: 20 to 65536. 100 when left out. */
    allocatedStorage?: number;
    /**
     * InstanceWithStandby: up to how many GiB the storage grows by itself; a tenth more than `allocatedStorage` at least.
     * Ten times that when left out. Clusters do not grow by themselves; their alarm rings earlier.
     */
    maxAllocatedStorage?: number;
    /**
     * IOPS of the storage: 3000 for less than 400 GiB, which nothing changes, and from there on 12000 to 64000. What gp3
     * includes when left out: 3000, or 12000.
     */
    storageIops?: number;
    /**
     * ARN of the key that encrypts storage, backups, Performance Insights, logs and the master user's secret. Its policy
     * must let CloudWatch Logs use it (KeyUser.CloudWatchLogs). It cannot be changed.
     */
    kmsKeyArn: pulumi.Input<string>;
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
     * InstanceWithStandby: where the automated backups are copied to as they are made, so that the database can be brought
     * back there as of any second but the last few minutes. None when left out. RDS does this for instances alone: a
     * ThreeZoneCluster is copied by AWS Backup.
     */
    backupReplication?: BackupReplication;
    /** How much Database Insights tells. `DatabaseInsights.Standard` when left out. */
    databaseInsights?: DatabaseInsights;
    /**
     * How many days Performance Insights keeps its data: 7, a multiple of 31 up to 713, or 731; 465 at least with
     * DatabaseInsights.Advanced. 7, or 465, when left out.
     */
    performanceInsightsRetentionDays?: number;
    /** Seconds between two points of enhanced monitoring: 1, 5, 10, 15, 30 or 60. 60 when left out. */
    monitoringIntervalSeconds?: number;
    /**
     * Whether the database may go on with a version that the community has given up, for which AWS charges by the vCPU
     * (RDS Extended Support). False when left out: then AWS upgrades the major version when its time is over.
     */
    extendedSupport?: boolean;
    /**
     * Value of the tag `backup` on the database, by which plans of AWS Backup select it. No such tag when left out. Once a
     * plan's continuous rule holds it, AWS Backup decides on its backup window, which updates then leave alone, and on
     * its backup retention: keep `backupRetentionDays` and the rule's retention the same.
     */
    backup?: string;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. Nobody when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Whether neither AWS nor Pulumi deletes the database. True when left out. To destroy, set it to false and update
     * first.
     */
    deletionProtection?: boolean;
    /**
     * Whether the database is deleted without a last snapshot and with its backups. False when left out, and refused under
     * deletion protection. For throw-away environments.
     */
    skipFinalSnapshot?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
