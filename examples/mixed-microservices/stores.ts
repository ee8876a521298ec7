import type * as pulumi from "@pulumi/pulumi";

import {
    CacheAuthentication,
    CacheCluster,
    CacheMode,
    CachePurpose,
    RelationalDatabase,
    RelationalEngine,
    RelationalTopology,
} from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey } from "../../components/security/encryptionKey";
import { type Needs } from "../shared/needs";
import { type MixedKeyRing } from "./keys";
import { DATABASE_PORT, type MixedNetworks } from "./network";
import { DATABASE_USERS } from "./serviceTable";
import { type MixedSettings } from "./settings";

/** What keeps data beside the tables. */
export interface MixedStores {
    /** What the catalogue's function keeps at hand; the offers read it, too. */
    readonly cache: CacheCluster;
    /** Customers and invoices; in the primary region alone. */
    readonly database?: RelationalDatabase;
}

/** Who may do what in the cache: the one writes what the other reads. */
const CACHE_USERS = {
    catalogue: "on ~catalogue:* -@all +@read +@write +@connection +cluster|slots +cluster|shards +info",
    offers: "on ~catalogue:* -@all +@read +@connection +cluster|slots +cluster|shards +info",
};

/** Makes the cache and, in the primary region, the relational database. */
export function createStores(
    settings: MixedSettings,
    { alarmTopicArn }: RegionalFoundation,
    { main }: MixedNetworks,
    keys: MixedKeyRing,
    opts: pulumi.ComponentResourceOptions,
): MixedStores {
    const { region, accountId, deletionProtection, logRetentionDays } = settings;
    const place = {
        region,
        accountId,
        vpcId: main.tiers.vpcId,
        kmsKeyArn: keys.data,
        logRetentionDays,
        deletionProtection,
        alarmTopicArns: [alarmTopicArn],
        tags: { "data-classification": "confidential" },
    };
    const cache = new CacheCluster(
        "mixed-cache",
        {
            ...place,
            subnetIds: main.storeSubnetIds,
            mode: CacheMode.Serverless,
            purpose: CachePurpose.Cache,
            users: Object.fromEntries(
                Object.entries(CACHE_USERS).map(([user, accessString]) => [
                    user,
                    { authentication: CacheAuthentication.Iam, accessString },
                ]),
            ),
            serverlessLimits: { maxDataStorageGigabytes: 5, maxProcessingUnitsPerSecond: 5000 },
        },
        opts,
    );
    if (!settings.isPrimary) {
        return { cache };
    }
    const database = new RelationalDatabase(
        "mixed-db",
        {
            ...place,
            identifier: settings.namePrefix,
            engine: RelationalEngine.PostgreSql,
            topology: RelationalTopology.InstanceWithStandby,
            databaseName: "desk",
            databaseUsers: [...DATABASE_USERS],
            subnetIds: main.tiers.dataSubnetIds,
            port: DATABASE_PORT,
            ...backupAbroad(settings, opts),
        },
        opts,
    );
    return { cache, database };
}

/** In two regions the other one keeps a copy of the database's backups. */
function backupAbroad(
    { accountId, deletionProtection, peerRegion }: MixedSettings,
    opts: pulumi.ComponentResourceOptions,
) {
    if (peerRegion === undefined) {
        return {};
    }
    const key = new EncryptionKey(
        "mixed-db-backups",
        {
            description: "Backups of customers and invoices",
            region: peerRegion,
            accountId,
            deletionProtection,
        },
        opts,
    );
    return { backupReplication: { region: peerRegion, kmsKeyArn: key.keyArn } };
}

/** What a user of the cache needs, by the names that the catalogue's function gives it. */
export function cacheNeeds({ cache }: MixedStores, user: keyof typeof CACHE_USERS): Needs {
    return {
        permissions: [cache.userPermissions.apply((users) => users[user] ?? [])],
        environment: {
            CACHE_HOST: cache.endpoint,
            CACHE_PORT: cache.port.apply(String),
            CACHE_NAME: cache.cacheName,
            CACHE_USER_ID: cache.userNames.apply((users) => users[user] ?? ""),
            CACHE_SERVERLESS: "true",
            CACHE_CLUSTER_MODE: "true",
        },
    };
}
