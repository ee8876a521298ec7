/** Makes what the stacks would have made, in the emulator, and reads it back. */
import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
    AutoScalingClient,
    CreateAutoScalingGroupCommand,
    DescribeAutoScalingGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import { BackupClient, CreateBackupVaultCommand, StartBackupJobCommand } from "@aws-sdk/client-backup";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
    CreateTableCommand,
    DynamoDBClient,
    ListTablesCommand,
    PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
    CreateDBClusterCommand,
    CreateDBInstanceCommand,
    CreateGlobalClusterCommand,
    DescribeDBClustersCommand,
    DescribeGlobalClustersCommand,
    RDSClient,
} from "@aws-sdk/client-rds";
import { CreateHealthCheckCommand, Route53Client } from "@aws-sdk/client-route-53";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { sdkAws } from "../../../tools/drill/aws/clients";
import { readLock } from "../../../tools/drill/engine/lock";
import { type Topology } from "../../../tools/drill/topology/types";

/** An account in the emulator. */
export interface Endpoint {
    readonly url: string;
    readonly accountId: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const ENGINE = "aurora-postgresql";
const VERSION = "18.3";
const KEYS = { us: "us-east-1", eu: "eu-central-1" } as const;

/** Makes two regions, side by side. Backups are asked for over the gate, whose stand-in keeps their recovery points. */
export async function createResources(
    endpoint: Endpoint,
    gateUrl: string,
): Promise<{ readonly healthCheckIds: Readonly<Record<string, string>> }> {
    const settings = (
        region: string,
    ): { region: string; endpoint: string; credentials: Endpoint["credentials"] } => ({
        region,
        endpoint: endpoint.url,
        credentials: endpoint.credentials,
    });
    await createDatabase(endpoint, new RDSClient(settings(KEYS.us)), new RDSClient(settings(KEYS.eu)));
    const ids: Record<string, string> = {};
    await Promise.all(
        Object.entries(KEYS).map(async ([key, region]) => {
            await Promise.all([
                createFleets(new AutoScalingClient(settings(region)), key),
                createTables(new DynamoDBClient(settings(region))),
                new ACMClient(settings(region)).send(
                    new RequestCertificateCommand({
                        DomainName: `origin-${key}.shop.example.com`,
                        SubjectAlternativeNames: [
                            "origin.shop.example.com",
                            `${key}.origin.shop.example.com`,
                        ],
                        ValidationMethod: "DNS",
                    }),
                ),
                reportLag(new CloudWatchClient(settings(region)), key),
            ]);
            await createBackups(
                new BackupClient({ ...settings(region), endpoint: gateUrl }),
                endpoint.accountId,
                key,
                region,
            );
            const made = await new Route53Client(settings("us-east-1")).send(
                new CreateHealthCheckCommand({
                    CallerReference: key,
                    HealthCheckConfig: {
                        Type: "HTTPS",
                        FullyQualifiedDomainName: `origin-${key}.shop.example.com`,
                    },
                }),
            );
            ids[key] = made.HealthCheck?.Id ?? "";
        }),
    );
    return { healthCheckIds: ids };
}

async function createDatabase({ accountId }: Endpoint, us: RDSClient, eu: RDSClient): Promise<void> {
    await us.send(
        new CreateDBClusterCommand({
            DBClusterIdentifier: "meridian-prod-us",
            Engine: ENGINE,
            EngineVersion: VERSION,
            DatabaseName: "shop",
            MasterUsername: "meridian_admin",
            MasterUserPassword: "for-the-tests-1",
            StorageEncrypted: true,
            ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 64 },
        }),
    );
    await addInstance(us, "us");
    await us.send(
        new CreateGlobalClusterCommand({
            GlobalClusterIdentifier: "meridian-prod",
            SourceDBClusterIdentifier: `arn:aws:rds:us-east-1:${accountId}:cluster:meridian-prod-us`,
        }),
    );
    await eu.send(
        new CreateDBClusterCommand({
            DBClusterIdentifier: "meridian-prod-eu",
            GlobalClusterIdentifier: "meridian-prod",
            Engine: ENGINE,
            EngineVersion: VERSION,
            StorageEncrypted: true,
            KmsKeyId: `arn:aws:kms:eu-central-1:${accountId}:key/1`,
            ServerlessV2ScalingConfiguration: { MinCapacity: 4, MaxCapacity: 64 },
        }),
    );
    await addInstance(eu, "eu");
}

async function addInstance(client: RDSClient, key: string): Promise<void> {
    await client.send(
        new CreateDBInstanceCommand({
            DBInstanceIdentifier: `meridian-prod-${key}-1`,
            DBClusterIdentifier: `meridian-prod-${key}`,
            DBInstanceClass: "db.serverless",
            Engine: ENGINE,
        }),
    );
}

async function createFleets(client: AutoScalingClient, key: string): Promise<void> {
    for (const tier of ["web", "api"]) {
        await client.send(
            new CreateAutoScalingGroupCommand({
                AutoScalingGroupName: `${tier}-${key}`,
                MinSize: 2,
                MaxSize: 12,
                DesiredCapacity: key === "us" ? 4 : 2,
            }),
        );
    }
}

async function createTables(client: DynamoDBClient): Promise<void> {
    for (const TableName of ["markers", "people"]) {
        await client.send(
            new CreateTableCommand({
                TableName,
                BillingMode: "PAY_PER_REQUEST",
                AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }],
                KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
            }),
        );
    }
    await client.send(new PutItemCommand({ TableName: "people", Item: { id: { N: "1" } } }));
}

async function createBackups(
    client: BackupClient,
    accountId: string,
    key: string,
    region: string,
): Promise<void> {
    const other = key === "us" ? "eu" : "us";
    for (const [BackupVaultName, ResourceArn] of [
        [`vault-${key}`, `arn:aws:rds:${region}:${accountId}:cluster:meridian-prod-${key}`],
        [`personal-${key}`, `arn:aws:dynamodb:${region}:${accountId}:table/people`],
        // As if AWS Backup had copied it.
        [`copies-${other}`, `arn:aws:rds:${KEYS[other]}:${accountId}:cluster:meridian-prod-${other}`],
    ] as const) {
        await client.send(new CreateBackupVaultCommand({ BackupVaultName }));
        await client.send(
            new StartBackupJobCommand({
                BackupVaultName,
                ResourceArn,
                IamRoleArn: `arn:aws:iam::${accountId}:role/backup`,
            }),
        );
    }
}

/** The lag under the dimensions that AWS files it by. */
async function reportLag(client: CloudWatchClient, key: string): Promise<void> {
    const other = key === "us" ? KEYS.eu : KEYS.us;
    await client.send(
        new PutMetricDataCommand({
            Namespace: "AWS/RDS",
            MetricData: [
                {
                    MetricName: "AuroraGlobalDBRPOLag",
                    Dimensions: [
                        { Name: "DBClusterIdentifier", Value: `meridian-prod-${key}` },
                        { Name: "SourceRegion", Value: other },
                    ],
                    Value: 120,
                    Timestamp: new Date(),
                },
            ],
        }),
    );
}

/** What the emulator says of everything that a run might change, in a form that two runs can be compared by. */
export async function takeSnapshot(endpoint: Endpoint, topology: Topology): Promise<unknown> {
    const settings = (
        region: string,
    ): { region: string; endpoint: string; credentials: Endpoint["credentials"] } => ({
        region,
        endpoint: endpoint.url,
        credentials: endpoint.credentials,
    });
    const without = (text: string): string => text.replaceAll(endpoint.accountId, "<account>");
    const [first] = topology.regions;
    const { GlobalClusters } = await new RDSClient(settings(first?.region ?? "")).send(
        new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: topology.globalClusterIdentifier }),
    );
    const regions = await Promise.all(
        topology.regions.map(async ({ key, region }) => {
            const { DBClusters } = await new RDSClient(settings(region)).send(
                new DescribeDBClustersCommand({}),
            );
            const { AutoScalingGroups } = await new AutoScalingClient(settings(region)).send(
                new DescribeAutoScalingGroupsCommand({}),
            );
            const { TableNames } = await new DynamoDBClient(settings(region)).send(new ListTablesCommand({}));
            const aws = sdkAws({ endpoint: endpoint.url, credentials: endpoint.credentials });
            const lock = await readLock(aws, region, topology.environment);
            const { SecretList } = await new SecretsManagerClient(settings(region)).send(
                new ListSecretsCommand({}),
            );
            return {
                key,
                clusters: DBClusters?.map((cluster) => ({
                    name: cluster.DBClusterIdentifier,
                    status: cluster.Status,
                    version: cluster.EngineVersion,
                    capacity: cluster.ServerlessV2ScalingConfiguration,
                    instances: cluster.DBClusterMembers?.map(
                        ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
                    ),
                })),
                fleets: AutoScalingGroups?.map((group) => [
                    group.AutoScalingGroupName,
                    group.MinSize,
                    group.DesiredCapacity,
                ]),
                tables: TableNames,
                lock: lock?.verb,
                secrets: SecretList?.map(({ Name }) => Name),
            };
        }),
    );
    return {
        status: GlobalClusters?.[0]?.Status,
        members: GlobalClusters?.[0]?.GlobalClusterMembers?.map(
            ({ DBClusterArn = "", IsWriter }) =>
                `${without(DBClusterArn)}${IsWriter === true ? " writes" : ""}`,
        ),
        regions,
    };
}
