/**
 * What AWS says, in the form that it has in a stack's state: the provider's Read, in the names of @pulumi/aws.
 */
import { type DBCluster, type DBInstance, type GlobalCluster } from "@aws-sdk/client-rds";
import { type Properties } from "../../../tools/preview/types";
import { type StackResource } from "../stacks";
import { TABLES } from "./providerTable";
import { type Description } from "./world";

/**
 * The state of a resource after a refresh.
 *
 * @param resource The resource as its stack made it; what Read does not ask AWS for stays as it was sent. Undefined
 * `sent` is a state that was rebuilt by `pulumi import`, where nothing was sent.
 */
export function stateOf(
    resource: Pick<StackResource, "type" | "region">,
    identifier: string,
    sent: Properties | undefined,
    description: Description,
): Properties {
    const kept = Object.fromEntries(
        Object.entries(TABLES[resource.type] ?? {})
            .filter(([, rule]) => rule.unread === true)
            .map(([property]) => [property, sent?.[property]]),
    );
    return { ...kept, region: resource.region, ...read(resource.type, identifier, sent, description) };
}

function read(
    type: string,
    identifier: string,
    sent: Properties | undefined,
    { clusters, global, instances }: Description,
): Properties {
    switch (type) {
        case "aws:rds/cluster:Cluster":
            return clusterState(found(clusters, identifier), sent, global);
        case "aws:rds/clusterInstance:ClusterInstance":
            return instanceState(found(instances, identifier), sent);
        case "aws:rds/globalCluster:GlobalCluster":
            return globalState(global);
        default:
            throw new Error(`${type} is not read here`);
    }
}

function clusterState(cluster: DBCluster, sent: Properties | undefined, global: GlobalCluster): Properties {
    const isMember = (global.GlobalClusterMembers ?? []).some(
        ({ DBClusterArn }) => DBClusterArn === cluster.DBClusterArn,
    );
    const { MaxCapacity: maxCapacity, MinCapacity: minCapacity } =
        cluster.ServerlessV2ScalingConfiguration ?? {};
    return {
        availabilityZones: cluster.AvailabilityZones,
        backupRetentionPeriod: cluster.BackupRetentionPeriod,
        clusterIdentifier: cluster.DBClusterIdentifier,
        copyTagsToSnapshot: cluster.CopyTagsToSnapshot,
        databaseName: cluster.DatabaseName,
        dbClusterParameterGroupName: cluster.DBClusterParameterGroup,
        dbSubnetGroupName: cluster.DBSubnetGroup,
        deletionProtection: cluster.DeletionProtection,
        enabledCloudwatchLogsExports: cluster.EnabledCloudwatchLogsExports,
        enableGlobalWriteForwarding: cluster.GlobalWriteForwardingRequested,
        enableHttpEndpoint: cluster.HttpEndpointEnabled,
        engine: cluster.Engine,
        engineMode: cluster.EngineMode,
        engineVersion: keptVersion(sent?.["engineVersion"], cluster.EngineVersion),
        // Read asks which global database has the cluster for a member.
        globalClusterIdentifier: isMember ? global.GlobalClusterIdentifier : "",
        iamDatabaseAuthenticationEnabled: cluster.IAMDatabaseAuthenticationEnabled,
        kmsKeyId: cluster.KmsKeyId,
        masterUsername: cluster.MasterUsername,
        port: cluster.Port,
        preferredBackupWindow: cluster.PreferredBackupWindow,
        preferredMaintenanceWindow: cluster.PreferredMaintenanceWindow,
        replicationSourceIdentifier: cluster.ReplicationSourceIdentifier,
        serverlessv2ScalingConfiguration: { minCapacity, maxCapacity },
        storageEncrypted: cluster.StorageEncrypted,
        tags: tagsOf(cluster.TagList),
        vpcSecurityGroupIds: (cluster.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId),
    };
}

function instanceState(instance: DBInstance, sent: Properties | undefined): Properties {
    return {
        autoMinorVersionUpgrade: instance.AutoMinorVersionUpgrade,
        availabilityZone: instance.AvailabilityZone,
        clusterIdentifier: instance.DBClusterIdentifier,
        copyTagsToSnapshot: instance.CopyTagsToSnapshot,
        dbParameterGroupName: instance.DBParameterGroups?.[0]?.DBParameterGroupName,
        dbSubnetGroupName: instance.DBSubnetGroup?.DBSubnetGroupName,
        engine: instance.Engine,
        engineVersion: keptVersion(sent?.["engineVersion"], instance.EngineVersion),
        identifier: instance.DBInstanceIdentifier,
        instanceClass: instance.DBInstanceClass,
        monitoringInterval: instance.MonitoringInterval,
        monitoringRoleArn: instance.MonitoringRoleArn,
        performanceInsightsEnabled: instance.PerformanceInsightsEnabled,
        performanceInsightsKmsKeyId: instance.PerformanceInsightsKMSKeyId,
        performanceInsightsRetentionPeriod: instance.PerformanceInsightsRetentionPeriod,
        preferredMaintenanceWindow: instance.PreferredMaintenanceWindow,
        promotionTier: instance.PromotionTier,
        publiclyAccessible: instance.PubliclyAccessible,
        tags: tagsOf(instance.TagList),
    };
}

function globalState(global: GlobalCluster): Properties {
    return {
        databaseName: global.DatabaseName,
        deletionProtection: global.DeletionProtection,
        engine: global.Engine,
        engineVersion: global.EngineVersion,
        globalClusterIdentifier: global.GlobalClusterIdentifier,
        storageEncrypted: global.StorageEncrypted,
        tags: tagsOf(global.TagList),
    };
}

/** Read keeps a version that the present one is a patch of, such as `18` for `18.4`. */
function keptVersion(before: unknown, now: string | undefined): string | undefined {
    return typeof before === "string" && now?.startsWith(`${before}.`) === true ? before : now;
}

function tagsOf(
    list: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
): Record<string, string> {
    return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

function found<T>(all: ReadonlyMap<string, T>, identifier: string): T {
    const value = all.get(identifier);
    if (value === undefined) {
        throw new Error(`the emulator has no ${identifier}; it has ${[...all.keys()].join(", ")}`);
    }
    return value;
}
