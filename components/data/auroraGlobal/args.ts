import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** What a stack holds of a global database. */
export enum AuroraRole {
    /** The founding region's member: a complete cluster that works alone, the master password and its rotation. */
    Primary = "Primary",
    /** What another region's stack prepares for its member: network, parameters, key, logs. No cluster. */
    Secondary = "Secondary",
    /** What ties the regions together, once: the global cluster and the clusters of the other regions. */
    Replication = "Replication",
}

/**
 * Capacity of each instance of a member, in Aurora capacity units (ACU: about 2 GiB of memory each), in steps of
 * 0.5. Source: Aurora User Guide, "Aurora Serverless v2 capacity".
 */
export interface AuroraCapacity {
    /**
     * Floor while the member's region writes: 0.5 to 256. AWS asks for 8 at least on the writer of a global
     * database; less is allowed here with a warning. A `standalone` cluster takes 0 too: its instances then pause
     * while nobody is connected, cost no capacity, and take some 15 seconds to answer again.
     */
    minCapacity: number;
    /** Ceiling in any role: 1 to 256. The alarm rings at nine tenths of it. */
    maxCapacity: number;
    /** Floor while another region writes: 0.5 to `maxCapacity`. Equal to `minCapacity` when left out. */
    standbyMinCapacity?: number;
    /**
     * Seconds without a connection after which an instance pauses, where `minCapacity` is 0: 300 to 86400. 300 when
     * left out.
     */
    secondsUntilAutoPause?: number;
}

/**
 * A region's member, ready for its cluster: what a Secondary gives out and what Replication makes the cluster
 * from. Its values are known once what they name exists.
 */
export interface AuroraSecondaryMember {
    /** The AWS region of the member. */
    region: string;
    /** Identifier that the member's cluster is to have. Its log groups are named after it. */
    clusterIdentifier: string;
    /** Name of the subnet group, in the region's isolated subnets. */
    subnetGroupName: string;
    /** Id of the security group that the instances wear. */
    securityGroupId: string;
    /** Name of the cluster parameter group. */
    clusterParameterGroupName: string;
    /** Name of the instances' parameter group. */
    instanceParameterGroupName: string;
    /** ARN of the region's own key, which encrypts storage, Performance Insights and logs. */
    kmsKeyArn: string;
    /** ARN of the role that publishes enhanced monitoring. */
    monitoringRoleArn: string;
    /** TCP port of the member. */
    port: number;
    /** Capacity of each of the member's instances. */
    capacity: AuroraCapacity;
    /** How many days automated backups are kept. */
    backupRetentionDays: number;
    /** Daily window for backups, in UTC. */
    backupWindow: string;
    /** Weekly window for maintenance, in UTC. */
    maintenanceWindow: string;
    /** How many days Performance Insights keeps its data. */
    performanceInsightsRetentionDays: number;
    /** Seconds between two points of enhanced monitoring. */
    monitoringIntervalSeconds: number;
    /** Topics of that region which the member's alarms tell. */
    alarmTopicArns: string[];
}

/** What Replication needs of the founding region's member. */
export interface AuroraSource {
    /** ARN of the founding cluster, known once its first instance is available. */
    clusterArn: string;
    /** The engine version that the founding cluster really runs. */
    engineVersion: string;
    /** Name of the function in the founding region that prepares the database and its clusters. */
    preparationFunctionName: string;
}

/** A region that the database is replicated to. Which and how many is plain data, so that a preview is complete. */
export interface AuroraSecondary {
    /** The AWS region, such as `eu-central-1`. Each once, and not the founding region. */
    region: string;
    /**
     * Identifier of the member's cluster: 1 to 59 lower-case letters, digits and single hyphens, a letter first.
     * No two members may share one, even in different regions. The region's stack must have been told the same.
     */
    clusterIdentifier: string;
    /** Zones that the instances are spread over, one after the other: at least 2. Their order is kept for good. */
    availabilityZones: string[];
    /** How many instances the member has: 1 to 16. As `instanceCount` of the component when left out. */
    instanceCount?: number;
    /** The `member` output of that region's Secondary. */
    member: pulumi.Input<AuroraSecondaryMember>;
}

/** Arguments of AuroraGlobal. Which of them apply depends on `role`; each says so. */
export interface AuroraGlobalArgs {
    /**
     * The AWS region, such as `us-east-1`: the member's own for Primary and Secondary, the founding region for
     * Replication.
     */
    region: string;
    /** The AWS account that everything is made in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** What this stack holds of the global database. */
    role: AuroraRole;
    /**
     * Name of the global database: 1 to 63 lower-case letters, digits and single hyphens, a letter first. The same
     * in every stack; it cannot be changed.
     */
    globalClusterIdentifier: string;
    /**
     * Prefix of the connection parameters in the Systems Manager Parameter Store, such as
     * `/meridian/prod/database`. The same in every region, whoever writes, so that applications need to know
     * nothing else.
     */
    parameterPrefix: string;
    /**
     * Primary, Secondary: identifier of the member's cluster: 1 to 59 lower-case letters, digits and single
     * hyphens, a letter first. No two members may share one, even in different regions. It cannot be changed.
     */
    clusterIdentifier?: string;
    /**
     * Name of the database: 1 to 63 lower-case letters, digits and underscores, a letter first. The same in every
     * stack; it cannot be changed.
     */
    databaseName: string;
    /**
     * Primary, Secondary: version of Aurora PostgreSQL that a new database starts with, and that the parameter
     * groups are made for. `18.6` when left out. Ignored on a cluster that exists, because a global database is
     * upgraded as a whole; Replication makes clusters of the version that the founding cluster runs.
     */
    engineVersion?: string;
    /**
     * Primary: name of the master user, for emergencies alone: 1 to 16 lower-case letters, digits and
     * underscores. `meridian_admin` when left out. It cannot be changed.
     */
    masterUsername?: string;
    /**
     * The user that applications sign in as with IAM. `shop_app` when left out. The founding region's stack
     * creates it in the database.
     */
    applicationUsername?: string;
    /** Primary, Secondary: TCP port of the database, 1150 to 65535. 5432 when left out. */
    port?: number;
    /** Primary, Secondary: ids of the isolated subnets, in at least two zones. */
    subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
    /** Primary, Secondary: id of the security group that lets the api tier in. */
    securityGroupId?: pulumi.Input<string>;
    /**
     * Primary: zones that the instances are spread over, one after the other: at least 2. Their order is kept for
     * good, because an instance cannot move.
     */
    availabilityZones?: string[];
    /**
     * Primary, Replication: how many instances a member has: 1 to 16, and at least 2 under deletion protection,
     * because one alone has nothing to fail over to. 2 when left out.
     */
    instanceCount?: number;
    /** Primary, Secondary: capacity of each instance. 8 to 32 ACU when left out. */
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
     * Replication: the region that writes now, for the same things as `isWriter`. The founding region when left
     * out.
     */
    writerRegion?: string;
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
    /** Primary, Secondary: how many days automated backups are kept: 1 to 35. 35 when left out. */
    backupRetentionDays?: number;
    /**
     * Primary, Secondary: daily window for backups in UTC, `hh:mm-hh:mm`, half an hour at least, apart from the
     * maintenance window. `02:00-03:00` when left out.
     */
    backupWindow?: string;
    /**
     * Primary, Secondary: weekly window for maintenance in UTC, `ddd:hh:mm-ddd:hh:mm`, half an hour at least.
     * `sun:04:00-sun:05:00` when left out.
     */
    maintenanceWindow?: string;
    /**
     * Primary, Secondary: how many days Performance Insights keeps its data: 7, a multiple of 31 up to 713, or
     * 731. 7 when left out, which is free.
     */
    performanceInsightsRetentionDays?: number;
    /**
     * Primary, Secondary: seconds between two points of enhanced monitoring: 1, 5, 10, 15, 30 or 60. 60 when left
     * out.
     */
    monitoringIntervalSeconds?: number;
    /** Primary, Secondary: how many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /**
     * Where applications find the certificates of the RDS authorities, for `sslrootcert` in the connection
     * string. `/etc/ssl/certs/aws-rds-global-bundle.pem` when left out.
     */
    certificateBundlePath?: string;
    /** Primary, Secondary: topics of the same region that the member's alarms tell. None when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Replication: the `source` output of the founding region's Primary. */
    source?: pulumi.Input<AuroraSource>;
    /** Replication: the other regions, 1 to 10. Their order is kept: clusters are added one after the other. */
    secondaries?: AuroraSecondary[];
    /**
     * Whether neither AWS nor Pulumi deletes clusters, secret and keys. True when left out. To destroy, set it to
     * false and update first.
     */
    deletionProtection?: boolean;
    /**
     * Primary, Replication: whether clusters are deleted without a last snapshot and with their backups. False
     * when left out, and refused under deletion protection. For throw-away environments.
     */
    skipFinalSnapshot?: boolean;
    /**
     * Primary, Replication: value of the tag `backup` on the clusters, and on nothing else, by which plans of AWS
     * Backup select them. No such tag when left out. Once a plan's continuous rule holds a cluster, AWS Backup decides
     * on its backup window, which updates then leave alone, and on its backup retention: keep `backupRetentionDays`
     * and the rule's retention the same.
     */
    backup?: string;
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}
