import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { type AuroraCapacity } from "./args";
import { floorOf } from "./capacity";
import { ENGINE, LOG_EXPORTS } from "./engine";
import { mergeTags, type TagsInput } from "../../shared/tags";
import { lastSnapshotOfRds } from "../lastSnapshot";

/**
 * The tag that marks the clusters of one global database. The functions that reset the master password and sign
 * the application in may touch what carries it, whichever region it is in, and nothing else.
 */
export const MEMBER_TAG = "meridian:global-database";

/** What every member's cluster and instances have in common, whether the member founded the database or joined. */
export interface MemberArgs {
    region: string;
    clusterIdentifier: string;
    globalClusterIdentifier: string;
    availabilityZones: readonly string[];
    instanceCount: number;
    isWriter: boolean;
    /** Whether no other region joins the cluster. */
    standalone: boolean;
    engineVersion: pulumi.Input<string>;
    subnetGroupName: pulumi.Input<string>;
    securityGroupId: pulumi.Input<string>;
    clusterParameterGroupName: pulumi.Input<string>;
    instanceParameterGroupName: pulumi.Input<string>;
    kmsKeyArn: pulumi.Input<string>;
    monitoringRoleArn: pulumi.Input<string>;
    port: pulumi.Input<number>;
    capacity: pulumi.Input<AuroraCapacity>;
    backupRetentionDays: pulumi.Input<number>;
    backupWindow: pulumi.Input<string>;
    maintenanceWindow: pulumi.Input<string>;
    performanceInsightsRetentionDays: pulumi.Input<number>;
    monitoringIntervalSeconds: pulumi.Input<number>;
    deletionProtection: boolean;
    skipFinalSnapshot: boolean;
    /** Value of the cluster's tag `backup`; undefined for none. */
    backup: string | undefined;
    tags: TagsInput;
}

/** A member's cluster with its instances. */
export interface Member {
    cluster: aws.rds.Cluster;
    instances: aws.rds.ClusterInstance[];
}

/**
 * What no update may touch on a cluster, because AWS itself changes it when regions swap roles. Each of them, left
 * to Pulumi, would undo the swap or worse.
 */
export const MEMBER_IGNORE_CHANGES: readonly (keyof aws.rds.ClusterArgs)[] = [
    // AWS fills it in when a cluster joins the global database. Where the program does not say it too, the provider
    // takes the cluster out of the global database.
    "globalClusterIdentifier",
    // AWS fills it in on whoever does not write. The provider reads its absence from the program as an order to
    // promote the cluster.
    "replicationSourceIdentifier",
    // The global database is upgraded as a whole, and by AWS itself for patches. A version in the program that is
    // not the present one would be asked for again, as a downgrade.
    "engineVersion",
    // Rotation has replaced the first password. Sent again, it would lock out whoever reads the secret, and a
    // member that does not write refuses it.
    "masterPassword",
];

/** Those of them that AWS changes on members of a global database alone. */
const GLOBAL_IGNORE_CHANGES: readonly (keyof aws.rds.ClusterArgs)[] = [
    "globalClusterIdentifier",
    "replicationSourceIdentifier",
];

/** Makes the cluster of a member. `own` is what only this kind of member has. */
export function createCluster(
    prefix: string,
    args: MemberArgs,
    own: Partial<aws.rds.ClusterArgs>,
    opts: pulumi.CustomResourceOptions & { parent: pulumi.Resource },
): aws.rds.Cluster {
    const { region } = args;
    const cluster = new aws.rds.Cluster(
        `${prefix}-cluster`,
        {
            region,
            clusterIdentifier: args.clusterIdentifier,
            engine: ENGINE,
            engineVersion: args.engineVersion,
            dbSubnetGroupName: args.subnetGroupName,
            vpcSecurityGroupIds: [args.securityGroupId],
            dbClusterParameterGroupName: args.clusterParameterGroupName,
            port: args.port,
            storageEncrypted: true,
            kmsKeyId: args.kmsKeyArn,
            iamDatabaseAuthenticationEnabled: true,
            serverlessv2ScalingConfiguration: pulumi.output(args.capacity).apply((capacity) => ({
                minCapacity: floorOf(capacity, args.isWriter),
                maxCapacity: capacity.maxCapacity,
                ...(capacity.secondsUntilAutoPause === undefined
                    ? {}
                    : { secondsUntilAutoPause: capacity.secondsUntilAutoPause }),
            })),
            enabledCloudwatchLogsExports: [...LOG_EXPORTS],
            backupRetentionPeriod: args.backupRetentionDays,
            preferredBackupWindow: args.backupWindow,
            preferredMaintenanceWindow: args.maintenanceWindow,
            // What restarts the database waits for its window. What does not (capacity, deletion protection,
            // backups, who may sign in) RDS changes at once in any case.
            applyImmediately: false,
            copyTagsToSnapshot: true,
            deletionProtection: args.deletionProtection,
            ...lastSnapshotOfRds(prefix, args.clusterIdentifier, args.skipFinalSnapshot, opts.parent),
            // The cluster alone: AWS Backup backs up clusters, and would try its luck with tagged instances.
            tags: mergeTags(
                classified(DataClassification.Confidential, memberTags(args)),
                args.backup === undefined ? {} : { backup: args.backup },
            ),
            ...own,
        },
        {
            ...opts,
            // A second lock beside AWS's own: that one is met half-way through a replacement, this one before it.
            protect: args.deletionProtection,
            ignoreChanges: [
                ...MEMBER_IGNORE_CHANGES.filter(
                    (property) => !(args.standalone && GLOBAL_IGNORE_CHANGES.includes(property)),
                ),
                // AWS Backup sets the window of a cluster that its continuous rule holds, and RDS then refuses any
                // other.
                ...(args.backup === undefined ? [] : ["preferredBackupWindow"]),
                ...(opts.ignoreChanges ?? []),
            ],
        },
    );
    return cluster;
}

/** Makes the instances of a member, each in the next of its zones. */
export function createInstances(
    prefix: string,
    args: MemberArgs,
    cluster: aws.rds.Cluster,
    parent: pulumi.Resource,
): aws.rds.ClusterInstance[] {
    return Array.from({ length: args.instanceCount }, (_, index) => {
        const zone = args.availabilityZones[index % args.availabilityZones.length] ?? "";
        return new aws.rds.ClusterInstance(
            `${prefix}-instance-${index + 1}`,
            {
                region: args.region,
                // With the zone's letter: an instance that has to be made in another zone is made beside the old one,
                // and so must be called something else.
                identifier: `${args.clusterIdentifier}-${index + 1}${zone.slice(-1)}`,
                clusterIdentifier: cluster.id,
                engine: ENGINE,
                instanceClass: "db.serverless",
                availabilityZone: zone,
                dbSubnetGroupName: args.subnetGroupName,
                dbParameterGroupName: args.instanceParameterGroupName,
                promotionTier: promotionTier(index, args.isWriter),
                publiclyAccessible: false,
                // RDS heeds this while the cluster stands alone, and not while it is in a global database. Patches
                // that it makes are no drift, because the version is not Pulumi's to keep.
                autoMinorVersionUpgrade: true,
                copyTagsToSnapshot: true,
                monitoringInterval: args.monitoringIntervalSeconds,
                monitoringRoleArn: args.monitoringRoleArn,
                performanceInsightsEnabled: true,
                performanceInsightsKmsKeyId: args.kmsKeyArn,
                performanceInsightsRetentionPeriod: args.performanceInsightsRetentionDays,
                preferredMaintenanceWindow: args.maintenanceWindow,
                applyImmediately: false,
                tags: memberTags(args),
            },
            { parent },
        );
    });
}

/**
 * The order in which instances take over. Up to tier 1 they keep pace with the cluster's writer and so are ready
 * for its load. Where another region writes, the first alone is kept first, and the rest follow their own load.
 */
function promotionTier(index: number, isWriter: boolean): number {
    if (index === 0) {
        return 0;
    }
    return isWriter ? 1 : 2;
}

function memberTags(args: MemberArgs): TagsInput {
    return mergeTags(args.tags, { [MEMBER_TAG]: args.globalClusterIdentifier });
}
