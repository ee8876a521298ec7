import type * as pulumi from "@pulumi/pulumi";

import {
    CacheAuthentication,
    CacheCluster,
    CacheMode,
    CachePurpose,
    RelationalDatabase,
    RelationalEngine,
    RelationalTopology,
    SearchDomain,
    SearchIndexLoader,
} from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey, KeyUser } from "../../components/security/encryptionKey";
import { DATABASE_PORT, type StoreNetwork } from "./network";
import { type StoreSettings } from "./settings";
import { type StoreTables } from "./tables";

/** What keeps data beside the tables. */
export interface Stores {
    /** The sessions of people, which may be lost. */
    readonly sessions: CacheCluster;
    /** The catalogue, for quick reading. */
    readonly catalogue: CacheCluster;
    readonly search: SearchDomain;
    /** What fills the search from the product table. */
    readonly loader: SearchIndexLoader;
    /** Users and orders; in the primary region alone, until the other one has to take over. */
    readonly database?: RelationalDatabase;
}

/** The index of products. */
export const PRODUCT_INDEX = "products";

/** Makes caches, search and, in the primary region, the relational database. */
export function createStores(
    settings: StoreSettings,
    foundation: RegionalFoundation,
    network: StoreNetwork,
    { products }: StoreTables,
    opts: pulumi.ComponentResourceOptions,
): Stores {
    const { accountId, deletionProtection, logRetentionDays, region } = settings;
    const key = new EncryptionKey(
        "store-data",
        {
            description: `Caches, search and databases of the store in ${region}`,
            region,
            accountId,
            services: [KeyUser.CloudWatchLogs],
            deletionProtection,
        },
        opts,
    );
    const place = {
        region,
        accountId,
        vpcId: network.tiers.vpcId,
        kmsKeyArn: key.keyArn,
        logRetentionDays,
        alarmTopicArns: [foundation.alarmTopicArn],
        deletionProtection,
        tags: { "data-classification": "confidential" },
    };
    const cache = (name: string, purpose: CachePurpose, users: readonly string[]): CacheCluster =>
        new CacheCluster(
            `store-${name}`,
            {
                ...place,
                subnetIds: network.storeSubnetIds,
                mode: CacheMode.Serverless,
                purpose,
                users: Object.fromEntries(
                    users.map((user) => [user, { authentication: CacheAuthentication.Iam }]),
                ),
                serverlessLimits: { maxDataStorageGigabytes: 10, maxProcessingUnitsPerSecond: 10_000 },
            },
            opts,
        );
    const search = new SearchDomain(
        "store-index",
        {
            ...place,
            domainName: `store-${settings.environment}`,
            subnetIds: network.storeSubnetIds,
            createServiceLinkedRole: settings.searchLinkedRole,
        },
        opts,
    );
    const loader = new SearchIndexLoader(
        "store-loader",
        {
            region,
            accountId,
            indexName: PRODUCT_INDEX,
            tableName: products.name,
            tableArn: products.arn,
            streamArn: products.streamArn,
            tableKmsKeyArn: products.kmsKeyArn,
            keyAttributes: ["productId"],
            domainEndpoint: search.endpoint,
            domainArn: search.domainArn,
            domainSecurityGroupId: search.securityGroupId,
            accessFunctionName: search.accessFunctionName,
            vpcId: network.tiers.vpcId,
            subnetIds: network.tiers.apiSubnetIds,
            kmsKeyArn: key.keyArn,
            logRetentionDays,
            alarmTopicArns: [foundation.alarmTopicArn],
        },
        opts,
    );
    return {
        sessions: cache("sessions", CachePurpose.SessionStore, ["front", "carts", "users"]),
        catalogue: cache("catalogue", CachePurpose.Cache, ["products"]),
        search,
        loader,
        ...(settings.isPrimary || settings.restoredDatabase
            ? { database: createDatabase(settings, place, network, opts) }
            : {}),
    };
}

function createDatabase(
    settings: StoreSettings,
    place: Pick<
        ConstructorParameters<typeof RelationalDatabase>[1],
        | "region"
        | "accountId"
        | "vpcId"
        | "kmsKeyArn"
        | "logRetentionDays"
        | "alarmTopicArns"
        | "deletionProtection"
    >,
    network: StoreNetwork,
    opts: pulumi.ComponentResourceOptions,
): RelationalDatabase {
    const { accountId, deletionProtection, peerRegion } = settings;
    return new RelationalDatabase(
        "store-db",
        {
            ...place,
            identifier: settings.namePrefix,
            engine: RelationalEngine.PostgreSql,
            topology: RelationalTopology.InstanceWithStandby,
            databaseName: "store",
            databaseUsers: ["users", "orders"],
            subnetIds: network.tiers.dataSubnetIds,
            port: DATABASE_PORT,
            ...(peerRegion === undefined || !settings.isPrimary
                ? {}
                : {
                      backupReplication: {
                          region: peerRegion,
                          kmsKeyArn: new EncryptionKey(
                              "store-db-backups",
                              {
                                  description: "Backups of users and orders from the other region",
                                  region: peerRegion,
                                  accountId,
                                  deletionProtection,
                              },
                              opts,
                          ).keyArn,
                      },
                  }),
            tags: { "data-classification": "confidential" },
        },
        opts,
    );
}
