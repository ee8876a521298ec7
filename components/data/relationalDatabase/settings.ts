import { type TagsInput } from "../../shared/tags";
import { DEFAULT_BACKUP_WINDOW, DEFAULT_MAINTENANCE_WINDOW } from "../auroraGlobal/windows";
import { DEFAULT_MASTER } from "../auroraMember/settings";
import { DatabaseInsights, type RelationalDatabaseArgs, RelationalTopology } from "./args";
import { ENGINES, newestVersion } from "./engines";

/** The arguments that have defaults, with the defaults filled in. */
export interface RelationalSettings {
    engineVersion: string;
    masterUsername: string;
    databaseUsers: readonly string[];
    port: number;
    instanceClass: string;
    allocatedStorage: number;
    maxAllocatedStorage: number;
    /** IOPS of the storage, with what it has by itself. */
    storageIops: number;
    backupRetentionDays: number;
    backupWindow: string;
    maintenanceWindow: string;
    databaseInsights: DatabaseInsights;
    performanceInsightsRetentionDays: number;
    monitoringIntervalSeconds: number;
    extendedSupport: boolean;
    logRetentionDays: number;
    deletionProtection: boolean;
    skipFinalSnapshot: boolean;
    tags: TagsInput;
}

/** From how many GiB on gp3 is made of four volumes, whose IOPS can be chosen. Source: RDS User Guide, "gp3 storage". */
export const STRIPED_FROM = 400;

/** What gp3 has by itself, below that size and from it on. */
export const INCLUDED_IOPS = 3000;
export const STRIPED_IOPS = 12_000;

/** Days of history that Advanced Database Insights needs. Source: RDS API Reference, CreateDBCluster. */
export const ADVANCED_DAYS = 465;

export const DEFAULT_STORAGE = 100;

/** The class of instances where none is given. */
function defaultClass(topology: RelationalTopology): string {
    return topology === RelationalTopology.ThreeZoneCluster ? "db.m8gd.large" : "db.m8g.large";
}

/** What gp3 of a size has by itself. */
export function includedIops(allocatedStorage: number): number {
    return allocatedStorage < STRIPED_FROM ? INCLUDED_IOPS : STRIPED_IOPS;
}

/** Fills in the defaults. */
export function withDefaults(args: RelationalDatabaseArgs): RelationalSettings {
    const allocatedStorage = args.allocatedStorage ?? DEFAULT_STORAGE;
    const databaseInsights = args.databaseInsights ?? DatabaseInsights.Standard;
    return {
        engineVersion: args.engineVersion ?? newestVersion(args.engine),
        masterUsername: args.masterUsername ?? DEFAULT_MASTER,
        databaseUsers: args.databaseUsers ?? [],
        port: args.port ?? ENGINES[args.engine].port,
        instanceClass: args.instanceClass ?? defaultClass(args.topology),
        allocatedStorage,
        maxAllocatedStorage: args.maxAllocatedStorage ?? Math.min(10 * allocatedStorage, 65_536),
        storageIops: args.storageIops ?? includedIops(allocatedStorage),
        backupRetentionDays: args.backupRetentionDays ?? 35,
        backupWindow: args.backupWindow ?? DEFAULT_BACKUP_WINDOW,
        maintenanceWindow: args.maintenanceWindow ?? DEFAULT_MAINTENANCE_WINDOW,
        databaseInsights,
        performanceInsightsRetentionDays:
            args.performanceInsightsRetentionDays ??
            (databaseInsights === DatabaseInsights.Advanced ? ADVANCED_DAYS : 7),
        monitoringIntervalSeconds: args.monitoringIntervalSeconds ?? 60,
        extendedSupport: args.extendedSupport ?? false,
        logRetentionDays: args.logRetentionDays ?? 365,
        deletionProtection: args.deletionProtection ?? true,
        skipFinalSnapshot: args.skipFinalSnapshot ?? false,
        tags: args.tags ?? {},
    };
}
