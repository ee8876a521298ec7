import { type TagsInput } from "../../shared/tags";

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
 * A region's member, ready for its cluster: what AuroraGlobal gives out in the role Secondary, and what
 * AuroraReplication makes the cluster from. Its values are known once what they name exists.
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

/** Where a member answers. */
export interface AuroraAddress {
    /** The cluster endpoint: the writer, where the member's region writes. */
    endpoint: string;
    /** The reader endpoint. */
    readerEndpoint: string;
    /** TCP port of the member. */
    port: number;
}

/** What AuroraReplication needs of the founding region's member. */
export interface AuroraSource {
    /** ARN of the founding cluster, known once its first instance is available. */
    clusterArn: string;
    /** The engine version that the founding cluster really runs. */
    engineVersion: string;
    /** Name of the function in the founding region that prepares the database and its clusters. */
    preparationFunctionName: string;
    /** Where the founding cluster answers. Needed by regions that use it and have no member of their own. */
    address?: AuroraAddress;
}

/** What AuroraGlobal and AuroraReplication both take. */
export interface AuroraArgs {
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
     * Name of the database: 1 to 63 lower-case letters, digits and underscores, a letter first. The same in every
     * stack; it cannot be changed.
     */
    databaseName: string;
    /**
     * The user that applications sign in as with IAM. `shop_app` when left out. The founding region's stack
     * creates it in the database.
     */
    applicationUsername?: string;
    /**
     * Where applications find the certificates of the RDS authorities, for `sslrootcert` in the connection
     * string. `/etc/ssl/certs/aws-rds-global-bundle.pem` when left out.
     */
    certificateBundlePath?: string;
    /**
     * Whether neither AWS nor Pulumi deletes clusters, secret and keys. True when left out. To destroy, set it to
     * false and update first.
     */
    deletionProtection?: boolean;
    /**
     * Whether the clusters that are made here are deleted without a last snapshot and with their backups. False
     * when left out, and refused under deletion protection. For throw-away environments.
     */
    skipFinalSnapshot?: boolean;
    /**
     * Value of the tag `backup` on the clusters that are made here, and on nothing else, by which plans of AWS
     * Backup select them. No such tag when left out. Once a plan's continuous rule holds a cluster, AWS Backup decides
     * on its backup window, which updates then leave alone, and on its backup retention: keep the member's
     * `backupRetentionDays` and the rule's retention the same.
     */
    backup?: string;
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}
