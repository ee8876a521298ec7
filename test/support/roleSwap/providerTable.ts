/**
 * What AWS's provider does when an input differs from the state, for the resources of a global database.
 *
 * Source: the provider's schema and its Read and Update functions (hashicorp/terraform-provider-aws,
 * internal/service/rds: cluster.go, cluster_instance.go, global_cluster.go), on which @pulumi/aws 7 is built, and the
 * documentation of aws.rds.Cluster, aws.rds.ClusterInstance and aws.rds.GlobalCluster 7.48. A property that is not
 * here is one that the program did not give when the table was written: giving it fails the test until it is added.
 */
import type * as aws from "@pulumi/aws";

/** What a change makes the provider do. */
export type Kind =
    /** Deletes the resource and makes another (ForceNew). */
    | "replace"
    /** ModifyDBCluster, ModifyDBInstance, ModifyGlobalCluster or tags: nothing is taken away. */
    | "modify"
    /** RemoveFromGlobalCluster when it becomes empty; any other change is an error, half-way through the update. */
    | "membership"
    /** PromoteReadReplicaDBCluster when it becomes empty; any other change is an error. */
    | "replication"
    /** Kept for deleting or for later calls; AWS hears nothing of it. */
    | "note";

/** How an input is compared with the state, and what a difference means. */
export interface Rule {
    readonly kind: Kind;
    /** Left out of the program, it keeps what AWS says (Computed). Otherwise it is reset to the default or to none. */
    readonly computed?: boolean;
    readonly default?: unknown;
    /** A set: the order does not count. */
    readonly unordered?: boolean;
    /** Read does not ask AWS for it: the state keeps what was sent last. */
    readonly unread?: boolean;
}

/** Rules by property. */
export type Table = Readonly<Record<string, Rule>>;

const REPLACE: Rule = { kind: "replace" };
const REPLACE_KNOWN: Rule = { kind: "replace", computed: true };
const MODIFY: Rule = { kind: "modify" };
const MODIFY_KNOWN: Rule = { kind: "modify", computed: true };

const CLUSTER = {
    region: REPLACE_KNOWN,
    clusterIdentifier: REPLACE_KNOWN,
    engine: REPLACE,
    databaseName: REPLACE_KNOWN,
    masterUsername: REPLACE_KNOWN,
    storageEncrypted: REPLACE_KNOWN,
    kmsKeyId: REPLACE_KNOWN,
    dbSubnetGroupName: REPLACE_KNOWN,
    availabilityZones: { ...REPLACE_KNOWN, unordered: true },
    engineMode: { kind: "replace", default: "provisioned" },
    // Provider documentation: "Source region for an encrypted replica DB cluster"; ForceNew, and never read.
    sourceRegion: { kind: "replace", unread: true },
    snapshotIdentifier: { kind: "replace", unread: true },
    globalClusterIdentifier: { kind: "membership" },
    replicationSourceIdentifier: { kind: "replication" },
    engineVersion: MODIFY_KNOWN,
    masterPassword: { kind: "modify", unread: true },
    port: MODIFY_KNOWN,
    vpcSecurityGroupIds: { ...MODIFY_KNOWN, unordered: true },
    dbClusterParameterGroupName: MODIFY_KNOWN,
    iamDatabaseAuthenticationEnabled: { kind: "modify", default: false },
    serverlessv2ScalingConfiguration: MODIFY,
    enabledCloudwatchLogsExports: { ...MODIFY, unordered: true },
    backupRetentionPeriod: MODIFY_KNOWN,
    preferredBackupWindow: MODIFY_KNOWN,
    preferredMaintenanceWindow: MODIFY_KNOWN,
    copyTagsToSnapshot: { kind: "modify", default: false },
    deletionProtection: { kind: "modify", default: false },
    // Read leaves it today. The state here has what AWS says all the same, so that no later provider that reads it,
    // as it reads everything else, takes write forwarding back.
    enableGlobalWriteForwarding: { kind: "modify", default: false },
    enableHttpEndpoint: { kind: "modify", default: false },
    tags: MODIFY,
    applyImmediately: { kind: "note", computed: true, unread: true },
    skipFinalSnapshot: { kind: "note", default: false, unread: true },
    finalSnapshotIdentifier: { kind: "note", unread: true },
    deleteAutomatedBackups: { kind: "note", default: true, unread: true },
} satisfies Partial<Record<keyof aws.rds.ClusterArgs, Rule>>;

const INSTANCE = {
    region: REPLACE_KNOWN,
    identifier: REPLACE_KNOWN,
    clusterIdentifier: REPLACE,
    engine: REPLACE,
    availabilityZone: REPLACE_KNOWN,
    dbSubnetGroupName: REPLACE_KNOWN,
    instanceClass: MODIFY,
    engineVersion: MODIFY_KNOWN,
    dbParameterGroupName: MODIFY_KNOWN,
    promotionTier: { kind: "modify", default: 0 },
    publiclyAccessible: MODIFY_KNOWN,
    autoMinorVersionUpgrade: { kind: "modify", default: true },
    copyTagsToSnapshot: { kind: "modify", default: false },
    monitoringInterval: { kind: "modify", default: 0 },
    monitoringRoleArn: MODIFY_KNOWN,
    performanceInsightsEnabled: MODIFY_KNOWN,
    performanceInsightsKmsKeyId: MODIFY_KNOWN,
    performanceInsightsRetentionPeriod: MODIFY_KNOWN,
    preferredMaintenanceWindow: MODIFY_KNOWN,
    tags: MODIFY,
    applyImmediately: { kind: "note", computed: true, unread: true },
    forceDestroy: { kind: "note", default: false, unread: true },
} satisfies Partial<Record<keyof aws.rds.ClusterInstanceArgs, Rule>>;

const GLOBAL_CLUSTER = {
    region: REPLACE_KNOWN,
    globalClusterIdentifier: REPLACE,
    sourceDbClusterIdentifier: { ...REPLACE_KNOWN, unread: true },
    databaseName: REPLACE_KNOWN,
    engine: REPLACE_KNOWN,
    storageEncrypted: REPLACE_KNOWN,
    engineVersion: MODIFY_KNOWN,
    deletionProtection: { kind: "modify", default: false },
    forceDestroy: { kind: "note", unread: true },
    tags: MODIFY,
} satisfies Partial<Record<keyof aws.rds.GlobalClusterArgs, Rule>>;

/** The tables by resource type. */
export const TABLES: Readonly<Record<string, Table>> = {
    "aws:rds/cluster:Cluster": CLUSTER,
    "aws:rds/clusterInstance:ClusterInstance": INSTANCE,
    "aws:rds/globalCluster:GlobalCluster": GLOBAL_CLUSTER,
};
