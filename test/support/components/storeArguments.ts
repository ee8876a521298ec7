/** Arguments of the key-value stores, the caches and the clickstream, with everything in them that goes together. */
import * as components from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

const ABROAD = "us-east-1";
const keyIn = (region: string): string => `arn:aws:kms:${region}:${TEST_ACCOUNT}:key/1234abcd`;
const topicsIn = (region: string): string[] => [`arn:aws:sns:${region}:${TEST_ACCOUNT}:oncall`];
const common = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    alarmTopicArns: topicsIn(TEST_REGION),
    tags: { project: "shop" },
};
const kmsKeyArn = keyIn(TEST_REGION);
const network = { vpcId: "vpc-0a", subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] };

/** A global table on demand. */
export const GLOBAL_TABLE: components.KeyValueTableArgs = {
    ...common,
    kmsKeyArn,
    tableName: "shop-orders",
    hashKey: { name: "customer", type: components.KeyAttributeType.String },
    rangeKey: { name: "createdAt", type: components.KeyAttributeType.Number },
    globalSecondaryIndexes: [
        {
            name: "by-state",
            hashKey: { name: "state" },
            rangeKey: { name: "createdAt", type: components.KeyAttributeType.Number },
            projectionType: components.IndexProjection.Include,
            nonKeyAttributes: ["total"],
        },
    ],
    localSecondaryIndexes: [
        {
            name: "by-total",
            rangeKey: { name: "total", type: components.KeyAttributeType.Number },
            projectionType: components.IndexProjection.Include,
            nonKeyAttributes: ["state"],
        },
    ],
    onDemandThroughput: { maxReadRequestUnits: 1000, maxWriteRequestUnits: 500 },
    streamViewType: components.TableStreamView.NewAndOldImages,
    ttlAttributeName: "expiresAt",
    pointInTimeRecoveryDays: 35,
    replicaRegions: [{ region: ABROAD, kmsKeyArn: keyIn(ABROAD), alarmTopicArns: topicsIn(ABROAD) }],
    backup: "standard",
    deletionProtection: true,
};

/** A table of one region whose capacity is provisioned. */
export const PROVISIONED_TABLE: components.KeyValueTableArgs = {
    ...common,
    kmsKeyArn,
    hashKey: { name: "pk" },
    provisionedCapacity: {
        minReadCapacity: 5,
        maxReadCapacity: 100,
        minWriteCapacity: 5,
        maxWriteCapacity: 50,
        targetUtilizationPercent: 70,
    },
};

export const DAX: components.DaxClusterArgs = {
    ...common,
    ...network,
    permissions: [
        [
            {
                sid: "ReadItems",
                actions: ["dynamodb:GetItem"],
                resources: [`arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/orders`],
                conditions: [
                    {
                        operator: "StringEquals",
                        key: "aws:PrincipalAccount",
                        values: [TEST_ACCOUNT],
                    },
                ],
            },
        ],
    ],
    clusterName: "shop-orders",
    nodeType: "dax.r5.large",
    replicationFactor: 3,
    itemTtlSeconds: 300,
    queryTtlSeconds: 60,
    maintenanceWindow: "sun:05:00-sun:06:00",
};

const users: Record<string, components.CacheUser> = {
    web: { authentication: components.CacheAuthentication.Iam, accessString: "on ~* +@read" },
};
const cache = {
    ...common,
    ...network,
    kmsKeyArn,
    users,
    engineVersion: "8.2",
    snapshotRetentionDays: 7,
    snapshotTime: "03:00",
    passwordRotationDays: 30,
    logRetentionDays: 365,
    deletionProtection: true,
};

export const NODES: components.CacheClusterArgs = {
    ...cache,
    mode: components.CacheMode.Nodes,
    purpose: components.CachePurpose.SessionStore,
    nodeType: "cache.m7g.large",
    replicaCount: 2,
    maintenanceWindow: "sun:05:00-sun:06:00",
};

export const SERVERLESS: components.CacheClusterArgs = {
    ...cache,
    mode: components.CacheMode.Serverless,
    purpose: components.CachePurpose.Cache,
    serverlessLimits: { maxDataStorageGigabytes: 10, maxProcessingUnitsPerSecond: 5000 },
};

const clicks = {
    ...common,
    retentionDays: 400,
    resultRetentionDays: 30,
    maxGigabytesScannedPerQuery: 10,
    bufferSeconds: 300,
    accessLogBucket: "shop-logs-bucket",
    logRetentionDays: 365,
    deletionProtection: true,
};

export const BEACON: components.ClickstreamArgs = {
    ...clicks,
    kmsKeyArn,
    source: components.ClickstreamSource.Beacon,
    columns: [{ name: "session", type: components.ClickstreamColumnType.String, comment: "Of the visit" }],
};

export const CLOUDFRONT_LOGS: components.ClickstreamArgs = {
    ...clicks,
    region: ABROAD,
    kmsKeyArn: keyIn(ABROAD),
    alarmTopicArns: topicsIn(ABROAD),
    source: components.ClickstreamSource.CloudFrontLogs,
    logDeliverySourceName: "shop-access-logs",
};
