import { type AuroraCapacity, type AuroraGlobalArgs } from "./args";
import { DEFAULT_ENGINE_VERSION } from "./engine";
import { type TagsInput } from "../../shared/tags";

/** The arguments that have defaults, with the defaults filled in. */
export interface Settings {
    engineVersion: string;
    masterUsername: string;
    applicationUsername: string;
    port: number;
    instanceCount: number;
    capacity: AuroraCapacity;
    standalone: boolean;
    isWriter: boolean;
    writerRegion: string;
    replicaRegions: string[];
    passwordRotationDays: number;
    dataApi: boolean;
    backupRetentionDays: number;
    backupWindow: string;
    maintenanceWindow: string;
    performanceInsightsRetentionDays: number;
    monitoringIntervalSeconds: number;
    logRetentionDays: number;
    certificateBundlePath: string;
    deletionProtection: boolean;
    skipFinalSnapshot: boolean;
    backup: string | undefined;
    tags: TagsInput;
}

/**
 * The tag that marks the clusters of one global database. The functions that reset the master password and sign
 * the application in may touch what carries it, whichever region it is in, and nothing else.
 */
export const MEMBER_TAG = "meridian:global-database";

/** Fills in the defaults. */
export function withDefaults(args: AuroraGlobalArgs): Settings {
    return {
        engineVersion: args.engineVersion ?? DEFAULT_ENGINE_VERSION,
        masterUsername: args.masterUsername ?? "meridian_admin",
        applicationUsername: args.applicationUsername ?? "shop_app",
        port: args.port ?? 5432,
        instanceCount: args.instanceCount ?? 2,
        capacity: args.capacity ?? { minCapacity: 8, maxCapacity: 32 },
        standalone: args.standalone ?? false,
        isWriter: args.isWriter ?? true,
        writerRegion: args.writerRegion ?? args.region,
        replicaRegions: args.replicaRegions ?? [],
        passwordRotationDays: args.passwordRotationDays ?? 30,
        dataApi: args.dataApi ?? true,
        backupRetentionDays: args.backupRetentionDays ?? 35,
        backupWindow: args.backupWindow ?? "02:00-03:00",
        maintenanceWindow: args.maintenanceWindow ?? "sun:04:00-sun:05:00",
        performanceInsightsRetentionDays: args.performanceInsightsRetentionDays ?? 7,
        monitoringIntervalSeconds: args.monitoringIntervalSeconds ?? 60,
        logRetentionDays: args.logRetentionDays ?? 365,
        certificateBundlePath: args.certificateBundlePath ?? "/etc/ssl/certs/aws-rds-global-bundle.pem",
        deletionProtection: args.deletionProtection ?? true,
        skipFinalSnapshot: args.skipFinalSnapshot ?? false,
        backup: args.backup,
        tags: args.tags ?? {},
    };
}
