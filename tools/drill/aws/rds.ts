/** Amazon RDS with the SDK. */
import {
    AddTagsToResourceCommand,
    CreateDBInstanceCommand,
    DeleteDBClusterCommand,
    DeleteDBInstanceCommand,
    type DBCluster,
    type DBEngineVersion,
    DescribeDBClusterParameterGroupsCommand,
    DescribeDBClustersCommand,
    DescribeDBEngineVersionsCommand,
    DescribeDBInstancesCommand,
    DescribeGlobalClustersCommand,
    EnableHttpEndpointCommand,
    FailoverGlobalClusterCommand,
    type GlobalCluster,
    ModifyDBClusterCommand,
    ModifyGlobalClusterCommand,
    paginateDescribeDBClusterSnapshots,
    type RDSClient,
    RestoreDBClusterFromSnapshotCommand,
    SwitchoverGlobalClusterCommand,
} from "@aws-sdk/client-rds";
import { Caller } from "./call";
import {
    type Cluster,
    type DatabasePort,
    type GlobalDatabase,
    type GlobalMember,
    type Snapshot,
} from "./ports";
import { toTagList } from "./tags";

const NO_CLUSTER = ["DBClusterNotFoundFault", "DBClusterNotFound"];
const NO_INSTANCE = ["DBInstanceNotFoundFault", "DBInstanceNotFound"];
const INSTANCE_IS_THERE = ["DBInstanceAlreadyExistsFault", "DBInstanceAlreadyExists"];
const NO_GLOBAL = ["GlobalClusterNotFoundFault", "GlobalClusterNotFound"];

/** Amazon RDS in a region. */
export function rdsPort(client: RDSClient, region: string): DatabasePort {
    const rds = new Caller("RDS", region);
    const modify = (
        DBClusterIdentifier: string,
        change: Omit<ConstructorParameters<typeof ModifyDBClusterCommand>[0], "DBClusterIdentifier">,
    ): Promise<unknown> =>
        rds.call("ModifyDBCluster", (abortSignal) =>
            client.send(
                new ModifyDBClusterCommand({ DBClusterIdentifier, ApplyImmediately: true, ...change }),
                {
                    abortSignal,
                },
            ),
        );
    const versions = async (Engine: string, EngineVersion: string): Promise<DBEngineVersion[]> => {
        const found = await rds.call("DescribeDBEngineVersions", (abortSignal) =>
            client.send(new DescribeDBEngineVersionsCommand({ Engine, EngineVersion }), { abortSignal }),
        );
        return found.DBEngineVersions ?? [];
    };
    return {
        async globalDatabase(GlobalClusterIdentifier) {
            const found = await rds.find("DescribeGlobalClusters", NO_GLOBAL, (abortSignal) =>
                client.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier }), { abortSignal }),
            );
            const [cluster] = found?.GlobalClusters ?? [];
            return cluster === undefined ? undefined : globalDatabase(cluster);
        },
        async cluster(DBClusterIdentifier) {
            const found = await rds.find("DescribeDBClusters", NO_CLUSTER, (abortSignal) =>
                client.send(new DescribeDBClustersCommand({ DBClusterIdentifier }), { abortSignal }),
            );
            const [cluster] = found?.DBClusters ?? [];
            return cluster === undefined ? undefined : toCluster(cluster);
        },
        async instances(clusterIdentifier) {
            const found = await rds.call("DescribeDBInstances", (abortSignal) =>
                client.send(
                    new DescribeDBInstancesCommand({
                        Filters: [{ Name: "db-cluster-id", Values: [clusterIdentifier] }],
                    }),
                    { abortSignal },
                ),
            );
            return (found.DBInstances ?? [])
                .filter(({ DBClusterIdentifier }) => DBClusterIdentifier === clusterIdentifier)
                .map(({ DBInstanceIdentifier, DBInstanceStatus }) => ({
                    identifier: DBInstanceIdentifier ?? "",
                    status: DBInstanceStatus ?? "",
                }));
        },
        async switchover(GlobalClusterIdentifier, TargetDbClusterIdentifier) {
            await rds.call("SwitchoverGlobalCluster", (abortSignal) =>
                client.send(
                    new SwitchoverGlobalClusterCommand({
                        GlobalClusterIdentifier,
                        TargetDbClusterIdentifier,
                    }),
                    { abortSignal },
                ),
            );
        },
        async failover(GlobalClusterIdentifier, TargetDbClusterIdentifier) {
            await rds.call("FailoverGlobalCluster", (abortSignal) =>
                client.send(
                    new FailoverGlobalClusterCommand({
                        GlobalClusterIdentifier,
                        TargetDbClusterIdentifier,
                        AllowDataLoss: true,
                    }),
                    { abortSignal },
                ),
            );
        },
        async setCapacity(identifier, { max, min }) {
            await modify(identifier, {
                ServerlessV2ScalingConfiguration: { MinCapacity: min, MaxCapacity: max },
            });
        },
        async setEngineVersion(identifier, version) {
            await modify(identifier, { EngineVersion: version });
        },
        async setGlobalEngineVersion(GlobalClusterIdentifier, EngineVersion) {
            await rds.call("ModifyGlobalCluster", (abortSignal) =>
                client.send(
                    new ModifyGlobalClusterCommand({
                        GlobalClusterIdentifier,
                        EngineVersion,
                        AllowMajorVersionUpgrade: true,
                    }),
                    { abortSignal },
                ),
            );
        },
        async upgradeTargets(Engine, EngineVersion) {
            const found = await versions(Engine, EngineVersion);
            return found
                .flatMap(({ ValidUpgradeTarget }) => ValidUpgradeTarget ?? [])
                .map((target) => target.EngineVersion ?? "");
        },
        async parameterGroupFamily(DBClusterParameterGroupName) {
            const found = await rds.find(
                "DescribeDBClusterParameterGroups",
                ["DBParameterGroupNotFoundFault", "DBParameterGroupNotFound"],
                (abortSignal) =>
                    client.send(
                        new DescribeDBClusterParameterGroupsCommand({ DBClusterParameterGroupName }),
                        {
                            abortSignal,
                        },
                    ),
            );
            return found?.DBClusterParameterGroups?.[0]?.DBParameterGroupFamily;
        },
        async engineFamily(Engine, EngineVersion) {
            const [found] = await versions(Engine, EngineVersion);
            return found?.DBParameterGroupFamily;
        },
        snapshots: (prefix) =>
            rds.call("DescribeDBClusterSnapshots", async (abortSignal) => {
                const found: Snapshot[] = [];
                // AWS does not say of which type the snapshot of a failover is: all are asked for.
                for await (const page of paginateDescribeDBClusterSnapshots(
                    { client },
                    {},
                    { abortSignal },
                )) {
                    for (const snapshot of page.DBClusterSnapshots ?? []) {
                        const identifier = snapshot.DBClusterSnapshotIdentifier ?? "";
                        if (identifier.startsWith(prefix)) {
                            found.push({
                                identifier,
                                engine: snapshot.Engine ?? "",
                                engineVersion: snapshot.EngineVersion ?? "",
                                status: snapshot.Status ?? "",
                                createdAt: snapshot.SnapshotCreateTime?.getTime() ?? 0,
                            });
                        }
                    }
                }
                return found.sort((a, b) => b.createdAt - a.createdAt);
            }),
        async restoreSnapshot({ identifier, securityGroupIds, snapshot, subnetGroup, tags }) {
            await rds.find(
                "RestoreDBClusterFromSnapshot",
                ["DBClusterAlreadyExistsFault", "DBClusterAlreadyExists"],
                (abortSignal) =>
                    client.send(
                        new RestoreDBClusterFromSnapshotCommand({
                            DBClusterIdentifier: identifier,
                            SnapshotIdentifier: snapshot.identifier,
                            Engine: snapshot.engine,
                            EngineVersion: snapshot.engineVersion,
                            VpcSecurityGroupIds: [...securityGroupIds],
                            DeletionProtection: false,
                            Tags: toTagList(tags),
                            ...(subnetGroup === undefined ? {} : { DBSubnetGroupName: subnetGroup }),
                        }),
                        { abortSignal },
                    ),
            );
        },
        async createInstance({ clusterIdentifier, engine, identifier, tags }) {
            await rds.find("CreateDBInstance", INSTANCE_IS_THERE, (abortSignal) =>
                client.send(
                    new CreateDBInstanceCommand({
                        DBInstanceIdentifier: identifier,
                        DBClusterIdentifier: clusterIdentifier,
                        DBInstanceClass: "db.serverless",
                        Engine: engine,
                        PubliclyAccessible: false,
                        Tags: toTagList(tags),
                    }),
                    { abortSignal },
                ),
            );
        },
        async deleteInstance(DBInstanceIdentifier) {
            await rds.find("DeleteDBInstance", NO_INSTANCE, (abortSignal) =>
                client.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }), {
                    abortSignal,
                }),
            );
        },
        async deleteCluster(DBClusterIdentifier) {
            await rds.find("DeleteDBCluster", NO_CLUSTER, (abortSignal) =>
                client.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }), {
                    abortSignal,
                }),
            );
        },
        async setMasterPassword(identifier, MasterUserPassword) {
            await modify(identifier, { MasterUserPassword });
        },
        async enableDataApi(ResourceArn) {
            await rds.call("EnableHttpEndpoint", (abortSignal) =>
                client.send(new EnableHttpEndpointCommand({ ResourceArn }), { abortSignal }),
            );
        },
        async addTags(ResourceName, tags) {
            await rds.call("AddTagsToResource", (abortSignal) =>
                client.send(new AddTagsToResourceCommand({ ResourceName, Tags: toTagList(tags) }), {
                    abortSignal,
                }),
            );
        },
    };
}

function globalDatabase(cluster: GlobalCluster): GlobalDatabase {
    const members = (cluster.GlobalClusterMembers ?? []).map(
        ({ DBClusterArn = "", IsWriter = false, SynchronizationStatus }): GlobalMember => ({
            clusterArn: DBClusterArn,
            isWriter: IsWriter,
            ...(SynchronizationStatus === undefined ? {} : { synchronization: SynchronizationStatus }),
        }),
    );
    const { FailoverState: state } = cluster;
    return {
        identifier: cluster.GlobalClusterIdentifier ?? "",
        status: cluster.Status ?? "",
        engine: cluster.Engine ?? "",
        engineVersion: cluster.EngineVersion ?? "",
        members,
        ...(state?.ToDbClusterArn === undefined || state.ToDbClusterArn === ""
            ? {}
            : { change: { status: state.Status ?? "", toArn: state.ToDbClusterArn } }),
    };
}

function toCluster(cluster: DBCluster): Cluster {
    const { MaxCapacity: max, MinCapacity: min } = cluster.ServerlessV2ScalingConfiguration ?? {};
    const text = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
        value === undefined || value === "" ? {} : ({ [key]: value } as Record<K, string>);
    return {
        identifier: cluster.DBClusterIdentifier ?? "",
        arn: cluster.DBClusterArn ?? "",
        status: cluster.Status ?? "",
        engine: cluster.Engine ?? "",
        engineVersion: cluster.EngineVersion ?? "",
        encrypted: cluster.StorageEncrypted ?? false,
        securityGroupIds: (cluster.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId ?? ""),
        ...text("subnetGroup", cluster.DBSubnetGroup),
        ...text("parameterGroup", cluster.DBClusterParameterGroup),
        ...text("databaseName", cluster.DatabaseName),
        ...text("masterUsername", cluster.MasterUsername),
        ...(min === undefined || max === undefined ? {} : { capacity: { min, max } }),
        httpEndpoint: cluster.HttpEndpointEnabled ?? false,
        passwordPending: cluster.PendingModifiedValues?.MasterUserPassword !== undefined,
        hasWriter: (cluster.DBClusterMembers ?? []).some(({ IsClusterWriter }) => IsClusterWriter === true),
        ...text("copyOf", cluster.ReplicationSourceIdentifier),
    };
}
