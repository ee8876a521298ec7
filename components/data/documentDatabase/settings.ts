import {
    type DocumentDatabaseArgs,
    type DocumentDbArgs,
    DocumentDbStorage,
    type DocumentGlobalCluster,
    type DocumentDbCapacity,
    type MongoDbArgs,
} from "./args";
import { DEFAULT_BACKUP_WINDOW, DEFAULT_MAINTENANCE_WINDOW } from "../auroraGlobal/windows";
import { type TagsInput } from "../../shared/tags";

/** The port of MongoDB's protocol: both engines listen on it. */
export const PORT = 27017;

/** The replica set's name: DocumentDB's own, and MongoDB is told the same. */
export const REPLICA_SET = "rs0";

/** The version that both engines have. */
export const DEFAULT_ENGINE_VERSION = "8.0";

export const DEFAULT_INSTANCE_CLASS = "db.r8g.large";

/**
 * Tag of secrets that people replace by a runbook, because AWS has no rotation for them: the policy on rotation goes by
 * it.
 */
export const BY_RUNBOOK = { "replaced-by": "runbook" };

/** What both engines take, with the defaults filled in. */
export interface CommonSettings {
    engineVersion: string;
    backupRetentionDays: number;
    certificateBundlePath: string;
    deletionProtection: boolean;
    logRetentionDays: number;
    tags: TagsInput;
}

/** Fills in the defaults of what both engines take. */
export function commonSettings(args: DocumentDatabaseArgs): CommonSettings {
    return {
        engineVersion: args.engineVersion ?? DEFAULT_ENGINE_VERSION,
        backupRetentionDays: args.backupRetentionDays ?? 35,
        certificateBundlePath: args.certificateBundlePath ?? "/etc/ssl/certs/document-database.pem",
        deletionProtection: args.deletionProtection ?? true,
        logRetentionDays: args.logRetentionDays ?? 365,
        tags: args.tags ?? {},
    };
}

/** What only DocumentDB takes, with the defaults filled in. */
export interface DocumentDbSettings {
    instanceClass: string;
    /** Undefined where the cluster is provisioned. */
    serverlessCapacity: DocumentDbCapacity | undefined;
    instanceCount: number;
    storage: DocumentDbStorage;
    globalCluster: DocumentGlobalCluster | undefined;
    masterUsername: string;
    profilerThresholdMilliseconds: number;
    backupWindow: string;
    maintenanceWindow: string;
    backup: string | undefined;
    skipFinalSnapshot: boolean;
}

/** Fills in the defaults of what only DocumentDB takes. */
export function documentDbSettings(given: DocumentDbArgs = {}, zones: number): DocumentDbSettings {
    return {
        instanceClass:
            given.serverlessCapacity === undefined
                ? (given.instanceClass ?? DEFAULT_INSTANCE_CLASS)
                : "db.serverless",
        serverlessCapacity: given.serverlessCapacity,
        instanceCount: given.instanceCount ?? zones,
        storage: given.storage ?? DocumentDbStorage.Standard,
        globalCluster: given.globalCluster,
        masterUsername: given.masterUsername ?? MASTER_USERNAME,
        profilerThresholdMilliseconds: given.profilerThresholdMilliseconds ?? 500,
        backupWindow: given.backupWindow ?? DEFAULT_BACKUP_WINDOW,
        maintenanceWindow: given.maintenanceWindow ?? DEFAULT_MAINTENANCE_WINDOW,
        backup: given.backup,
        skipFinalSnapshot: given.skipFinalSnapshot ?? false,
    };
}

/** The master user where no name is given. */
export const MASTER_USERNAME = "meridian";

/** What only MongoDB takes, with the defaults filled in. */
export type MongoDbSettings = Required<Omit<MongoDbArgs, "volumeSnapshotId" | "permissionsBoundaryArn">> &
    Pick<MongoDbArgs, "volumeSnapshotId" | "permissionsBoundaryArn">;

/** Fills in the defaults of what only MongoDB takes. */
export function mongoDbSettings(given: MongoDbArgs = {}): MongoDbSettings {
    return {
        ...given,
        instanceTypes: given.instanceTypes ?? ["r8g.large", "r7g.large"],
        volumeSizeGb: given.volumeSizeGb ?? VOLUME_SIZE_GB,
        volumeIops: given.volumeIops ?? VOLUME_IOPS_MIN,
        volumeThroughput: given.volumeThroughput ?? VOLUME_THROUGHPUT_MIN,
        snapshotIntervalHours: given.snapshotIntervalHours ?? 6,
        snapshotCopies: given.snapshotCopies ?? [],
        internetEgressCidrBlocks: given.internetEgressCidrBlocks ?? ["0.0.0.0/0"],
    };
}

/** Size of a data volume where none is given, in GiB. */
export const VOLUME_SIZE_GB = 100;

/** What a gp3 volume comes with. Source: Amazon EBS User Guide, "General Purpose SSD volumes". */
export const VOLUME_IOPS_MIN = 3000;
export const VOLUME_THROUGHPUT_MIN = 125;
