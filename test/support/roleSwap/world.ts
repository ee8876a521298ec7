/** The clusters of both regions in the emulator, made, changed and described through the SDK. */
import {
    CreateDBClusterCommand,
    CreateDBClusterParameterGroupCommand,
    CreateDBInstanceCommand,
    CreateDBParameterGroupCommand,
    CreateGlobalClusterCommand,
    type DBCluster,
    type DBInstance,
    DescribeDBClustersCommand,
    DescribeDBInstancesCommand,
    DescribeGlobalClustersCommand,
    FailoverGlobalClusterCommand,
    type GlobalCluster,
    ModifyDBClusterCommand,
    ModifyDBInstanceCommand,
    ModifyGlobalClusterCommand,
    RDSClient,
    RemoveFromGlobalClusterCommand,
    SwitchoverGlobalClusterCommand,
} from "@aws-sdk/client-rds";
import { type Properties } from "../../../tools/preview/types";
import { type StackResource } from "../stacks";

/** What AWS says of the database. */
export interface Description {
    readonly global: GlobalCluster;
    /** By identifier. */
    readonly clusters: ReadonlyMap<string, DBCluster>;
    readonly instances: ReadonlyMap<string, DBInstance>;
}

/** The database in the emulator. */
export class EmulatedDatabase {
    private readonly clients = new Map<string, RDSClient>();

    constructor(
        private readonly endpoint: string,
        /** The emulator keeps accounts apart, by the access key. */
        private readonly account: string,
        readonly identifier: string,
    ) {}

    client(region: string): RDSClient {
        const known =
            this.clients.get(region) ??
            new RDSClient({
                region,
                endpoint: this.endpoint,
                credentials: { accessKeyId: this.account, secretAccessKey: "emulator" },
            });
        this.clients.set(region, known);
        return known;
    }

    /** Makes a parameter group that a cluster or its instances name. */
    async createParameterGroup({ inputs, region, type }: StackResource): Promise<void> {
        const common = {
            DBParameterGroupFamily: text(inputs, "family"),
            Description: text(inputs, "description"),
        };
        const name = text(inputs, "name");
        if (type === "aws:rds/clusterParameterGroup:ClusterParameterGroup") {
            await this.client(region).send(
                new CreateDBClusterParameterGroupCommand({ ...common, DBClusterParameterGroupName: name }),
            );
        } else {
            await this.client(region).send(
                new CreateDBParameterGroupCommand({ ...common, DBParameterGroupName: name }),
            );
        }
    }

    /** Makes a cluster from its inputs, as the provider's Create does. */
    async createCluster({ inputs, region }: StackResource): Promise<void> {
        await this.client(region).send(
            new CreateDBClusterCommand({
                DBClusterIdentifier: text(inputs, "clusterIdentifier"),
                Engine: text(inputs, "engine"),
                EngineVersion: text(inputs, "engineVersion"),
                DBSubnetGroupName: text(inputs, "dbSubnetGroupName"),
                VpcSecurityGroupIds: inputs["vpcSecurityGroupIds"] as string[],
                DBClusterParameterGroupName: text(inputs, "dbClusterParameterGroupName"),
                Port: inputs["port"] as number,
                StorageEncrypted: inputs["storageEncrypted"] === true,
                KmsKeyId: text(inputs, "kmsKeyId"),
                EnableIAMDatabaseAuthentication: inputs["iamDatabaseAuthenticationEnabled"] === true,
                ServerlessV2ScalingConfiguration: scaling(inputs),
                EnableCloudwatchLogsExports: inputs["enabledCloudwatchLogsExports"] as string[],
                BackupRetentionPeriod: inputs["backupRetentionPeriod"] as number,
                PreferredBackupWindow: text(inputs, "preferredBackupWindow"),
                PreferredMaintenanceWindow: text(inputs, "preferredMaintenanceWindow"),
                CopyTagsToSnapshot: inputs["copyTagsToSnapshot"] === true,
                DeletionProtection: inputs["deletionProtection"] === true,
                EnableHttpEndpoint: inputs["enableHttpEndpoint"] === true,
                Tags: tags(inputs),
                ...optional("DatabaseName", inputs["databaseName"]),
                ...optional("MasterUsername", inputs["masterUsername"]),
                ...optional("MasterUserPassword", inputs["masterPassword"]),
                ...optional("GlobalClusterIdentifier", inputs["globalClusterIdentifier"]),
                ...optional("EnableGlobalWriteForwarding", inputs["enableGlobalWriteForwarding"]),
            }),
        );
    }

    /** Makes an instance from its inputs. */
    async createInstance({ inputs, region }: StackResource): Promise<void> {
        await this.client(region).send(
            new CreateDBInstanceCommand({
                DBInstanceIdentifier: text(inputs, "identifier"),
                DBClusterIdentifier: text(inputs, "clusterIdentifier"),
                DBInstanceClass: text(inputs, "instanceClass"),
                Engine: text(inputs, "engine"),
                AvailabilityZone: text(inputs, "availabilityZone"),
                DBSubnetGroupName: text(inputs, "dbSubnetGroupName"),
                DBParameterGroupName: text(inputs, "dbParameterGroupName"),
                PromotionTier: inputs["promotionTier"] as number,
                PubliclyAccessible: inputs["publiclyAccessible"] === true,
                AutoMinorVersionUpgrade: inputs["autoMinorVersionUpgrade"] === true,
                CopyTagsToSnapshot: inputs["copyTagsToSnapshot"] === true,
                MonitoringInterval: inputs["monitoringInterval"] as number,
                MonitoringRoleArn: text(inputs, "monitoringRoleArn"),
                EnablePerformanceInsights: inputs["performanceInsightsEnabled"] === true,
                PerformanceInsightsKMSKeyId: text(inputs, "performanceInsightsKmsKeyId"),
                PerformanceInsightsRetentionPeriod: inputs["performanceInsightsRetentionPeriod"] as number,
                PreferredMaintenanceWindow: text(inputs, "preferredMaintenanceWindow"),
                Tags: tags(inputs),
            }),
        );
    }

    /** Makes the global cluster from its inputs. */
    async createGlobalCluster({ inputs, region }: StackResource): Promise<void> {
        await this.client(region).send(
            new CreateGlobalClusterCommand({
                GlobalClusterIdentifier: text(inputs, "globalClusterIdentifier"),
                SourceDBClusterIdentifier: text(inputs, "sourceDbClusterIdentifier"),
            }),
        );
    }

    /** Sends what the provider's Update would of a cluster's or an instance's changed properties. */
    async modify({ inputs, region, type }: StackResource, properties: readonly string[]): Promise<void> {
        const isCluster = type === "aws:rds/cluster:Cluster";
        const known = isCluster ? ["serverlessv2ScalingConfiguration"] : ["promotionTier"];
        const strange = properties.filter((property) => !known.includes(property));
        if (strange.length > 0) {
            throw new Error(`the test does not know how to change ${strange.join(", ")} of ${type}`);
        }
        if (isCluster) {
            await this.client(region).send(
                new ModifyDBClusterCommand({
                    DBClusterIdentifier: text(inputs, "clusterIdentifier"),
                    ServerlessV2ScalingConfiguration: scaling(inputs),
                }),
            );
        } else {
            await this.client(region).send(
                new ModifyDBInstanceCommand({
                    DBInstanceIdentifier: text(inputs, "identifier"),
                    PromotionTier: inputs["promotionTier"] as number,
                }),
            );
        }
    }

    /** Upgrades the global database as a whole. */
    async upgrade(region: string, version: string): Promise<void> {
        await this.client(region).send(
            new ModifyGlobalClusterCommand({
                GlobalClusterIdentifier: this.identifier,
                EngineVersion: version,
            }),
        );
    }

    /** Sets a new master password, as the rotation does. */
    async rotate(region: string, clusterIdentifier: string): Promise<void> {
        await this.client(region).send(
            new ModifyDBClusterCommand({
                DBClusterIdentifier: clusterIdentifier,
                MasterUserPassword: "rotated-and-known-to-the-secret",
            }),
        );
    }

    /** Moves the backup window, as AWS Backup does with a cluster that it backs up continuously. */
    async moveBackupWindow(region: string, clusterIdentifier: string, window: string): Promise<void> {
        await this.client(region).send(
            new ModifyDBClusterCommand({
                DBClusterIdentifier: clusterIdentifier,
                PreferredBackupWindow: window,
            }),
        );
    }

    async switchover(region: string, targetArn: string): Promise<void> {
        await this.client(region).send(
            new SwitchoverGlobalClusterCommand({
                GlobalClusterIdentifier: this.identifier,
                TargetDbClusterIdentifier: targetArn,
            }),
        );
    }

    async failover(region: string, targetArn: string): Promise<void> {
        await this.client(region).send(
            new FailoverGlobalClusterCommand({
                GlobalClusterIdentifier: this.identifier,
                TargetDbClusterIdentifier: targetArn,
                AllowDataLoss: true,
            }),
        );
    }

    /** What an operator does by hand where no managed failover is possible. */
    async detach(region: string, arn: string): Promise<void> {
        await this.client(region).send(
            new RemoveFromGlobalClusterCommand({
                GlobalClusterIdentifier: this.identifier,
                DbClusterIdentifier: arn,
            }),
        );
    }

    /** Asks for everything. */
    async describe(regions: readonly string[]): Promise<Description> {
        const [first = ""] = regions;
        const { GlobalClusters } = await this.client(first).send(
            new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: this.identifier }),
        );
        const [global] = GlobalClusters ?? [];
        if (global === undefined) {
            throw new Error(`the emulator has no global database ${this.identifier}`);
        }
        const clusters = new Map<string, DBCluster>();
        const instances = new Map<string, DBInstance>();
        for (const region of regions) {
            const client = this.client(region);
            for (const cluster of (await client.send(new DescribeDBClustersCommand({}))).DBClusters ?? []) {
                clusters.set(cluster.DBClusterIdentifier ?? "", cluster);
            }
            for (const instance of (await client.send(new DescribeDBInstancesCommand({}))).DBInstances ??
                []) {
                instances.set(instance.DBInstanceIdentifier ?? "", instance);
            }
        }
        return { global, clusters, instances };
    }
}

function text(inputs: Properties, property: string): string {
    const value = inputs[property];
    if (typeof value !== "string" || value === "") {
        throw new Error(`${property} is ${JSON.stringify(value)}, and the stack should give it`);
    }
    return value;
}

function scaling(inputs: Properties): { MinCapacity: number; MaxCapacity: number } {
    const { maxCapacity, minCapacity } = inputs["serverlessv2ScalingConfiguration"] as {
        minCapacity: number;
        maxCapacity: number;
    };
    return { MinCapacity: minCapacity, MaxCapacity: maxCapacity };
}

function tags(inputs: Properties): { Key: string; Value: string }[] {
    return Object.entries(inputs["tags"] as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
}

function optional<K extends string>(key: K, value: unknown): Partial<Record<K, never>> {
    // The SDK checks the types when it serializes.
    return value === undefined ? {} : ({ [key]: value } as Record<K, never>);
}
