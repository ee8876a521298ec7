import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** The tag by whose value a resource asks to be backed up. */
export const BACKUP_TAG = "backup";

/** The values of the tag `backup`. */
export enum BackupClass {
    /** Backed up here, and copied to the peer region, where there is one. */
    Standard = "standard",
    /** Personal data: backed up here alone, and kept no longer than erased data may linger. */
    PersonalData = "pii",
}

/** What keeps people from deleting backups before their time. */
export enum BackupLockMode {
    /** Whoever has the permission may remove the lock. */
    Governance = "governance",
    /**
     * Nobody may, AWS and the account's root included, once `changeableForDays` are over. Neither lock nor vault can
     * be removed then while there is a backup in it. Irreversible.
     */
    Compliance = "compliance",
}

/** A kind of resource as AWS Backup calls it. */
export enum BackupResourceType {
    /** Aurora clusters. */
    Aurora = "Aurora",
    /** DynamoDB tables. */
    DynamoDB = "DynamoDB",
    /** S3 buckets. */
    S3 = "S3",
}

/** The lock of every vault. */
export interface BackupLock {
    /** Governance when left out. */
    mode?: BackupLockMode;
    /** Days for which a backup is kept at least: 1 to the shortest retention. 7 when left out. */
    minRetentionDays?: number;
    /**
     * Days for which a backup is kept at most: the longest retention to 36500. 400 when left out. The vault of
     * personal data takes its own retention for it.
     */
    maxRetentionDays?: number;
    /**
     * Compliance alone: days until the lock can no longer be changed, 3 to 36500. 7 when left out.
     * Source: AWS Backup Developer Guide, "AWS Backup Vault Lock".
     */
    changeableForDays?: number;
}

/** For how many days backups are kept. */
export interface BackupRetention {
    /**
     * How far point-in-time recovery reaches back: 1 to 35 days. 35 when left out. Give Aurora clusters the same as
     * their own backup retention: once AWS Backup holds a cluster, it decides on both.
     */
    pointInTimeDays?: number;
    /** Daily backups. 35 when left out. */
    dailyDays?: number;
    /** Weekly backups, as long as the daily ones at least. 90 when left out. */
    weeklyDays?: number;
    /** Monthly backups, as long as the weekly ones at least. 365 when left out. */
    monthlyDays?: number;
    /**
     * The longest that any backup of personal data is kept, and so how long something erased can come back. 35 when
     * left out.
     */
    personalDataDays?: number;
}

/** Where a restored Aurora cluster is put while it is tested. */
export interface RestoreNetwork {
    /** Name of the subnet group; AWS Backup would take the default VPC, which need not exist. */
    subnetGroupName: pulumi.Input<string>;
    /** Id of the security group. */
    securityGroupId: pulumi.Input<string>;
}

/** Snapshots of databases as Parquet files in S3. */
export interface SnapshotExport {
    /** Days between two exports of a database, 1 to 30. Each is complete and billed by its size. 7 when left out. */
    intervalDays?: number;
    /** Days for which exports are kept, more than `intervalDays`. 90 when left out. */
    retentionDays?: number;
}

/**
 * Elastic Disaster Recovery with this region as the refuge of servers elsewhere. It must have been initialized in the
 * region first (`aws drs initialize-service`), and every server needs the replication agent.
 */
export interface ElasticDisasterRecovery {
    /** Id of the network of the staging area. */
    vpcId: pulumi.Input<string>;
    /** Id of a public subnet: servers reach the replication servers over the internet, encrypted. */
    stagingSubnetId: pulumi.Input<string>;
    /** IPv4 blocks that the servers replicate from, 1 to 50. */
    sourceCidrBlocks: string[];
    /** Days for which daily states are kept, 1 to 365. 7 when left out. */
    retentionDays?: number;
    /** Instance type of the replication servers. `t3.small` when left out. */
    instanceType?: string;
}

/** Arguments of RegionalBackup. */
export interface RegionalBackupArgs {
    /** The AWS region whose tagged resources are backed up. */
    region: string;
    /** The AWS account of the region's resources and of all copies: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Begins the names of vaults and restore tests, which an account has once in a region: environment and region in
     * it, such as `meridian-prod-us`. 2 to 41 lower-case letters, digits and hyphens, a letter first. It cannot be
     * changed.
     */
    namePrefix: string;
    /**
     * The region that holds the copies of what is not personal data. It cannot be changed. When left out there are no
     * copies, and losing the region loses its backups too.
     */
    peerRegion?: string;
    /** Whose law the region's personal data is under, such as `EU`: a tag of its vault and backups. */
    jurisdiction: string;
    /** ARN of the region's topic that alarms, events and vaults tell. AWS Backup must be allowed to publish. */
    alarmTopicArn: pulumi.Input<string>;
    /**
     * ARN of the region's key for the logs and environments of functions. Its policy must let CloudWatch Logs use it
     * (KeyUser.CloudWatchLogs).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** The lock of all vaults. */
    lock?: BackupLock;
    /** How long backups are kept. */
    retention?: BackupRetention;
    /**
     * The hour (UTC, 0 to 23) at which daily backups begin. Weekly ones begin three hours later on Saturday, monthly
     * ones six hours later on the 1st, restore tests nine hours later on Tuesday and Friday. 5 when left out. Aurora
     * takes no snapshot in its backup or maintenance window, nor in the hour before.
     */
    startHour?: number;
    /** What is known to be tagged `backup: standard`: silence about it rings an alarm. Aurora when left out. */
    standardTypes?: BackupResourceType[];
    /** What is known to be tagged `backup: pii`. DynamoDB and S3 when left out. */
    personalDataTypes?: BackupResourceType[];
    /** ARN patterns of roles that may delete backups while the lock lets them. None when left out. */
    recoveryPointAdministrators?: string[];
    /** Whether backups are restored twice a week, looked into, and deleted again. True when left out. */
    restoreTesting?: boolean;
    /**
     * ARNs of the vaults in this region that hold copies of other regions' backups, each the `peerVaultArn` of another of
     * these components, or patterns of such ARNs, as `arn:aws:backup:eu-central-1:111122223333:backup-vault:shop-*`; this
     * component's own vaults are never among them. What they hold is restored too, in this region, as it must be when the
     * other one is lost. A vault need not be there yet. None when left out.
     * Source: AWS Backup API Reference, RestoreTestingRecoveryPointSelection, IncludeVaults.
     */
    copyVaultArns?: pulumi.Input<string>[];
    /** Where Aurora is restored to. Required where it is backed up and restore testing is on. */
    restoreNetwork?: RestoreNetwork;
    /** How databases are exported to S3. */
    snapshotExport?: SnapshotExport;
    /** Name of the region's bucket that takes the access logs of the exports' bucket. None when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /**
     * Whether to opt the account in to what is backed up here. AWS keeps one set of such settings per account and
     * region, so one stack alone may ask for it. False when left out.
     */
    regionSettings?: boolean;
    /** Replication of servers elsewhere to this region. None when left out. */
    elasticDisasterRecovery?: ElasticDisasterRecovery;
    /** How many days the functions' logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Whether Pulumi and AWS refuse to delete vaults, keys and exports. True when left out. */
    deletionProtection?: boolean;
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}
