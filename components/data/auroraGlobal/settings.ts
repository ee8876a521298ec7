import { type AuroraCapacity } from "../auroraMember/args";
import { DEFAULT_ENGINE_VERSION } from "../auroraMember/engine";
import {
    type AuroraSettings,
    auroraSettings,
    DEFAULT_INSTANCES,
    DEFAULT_MASTER,
} from "../auroraMember/settings";
import { type AuroraGlobalArgs } from "./args";
import { DEFAULT_BACKUP_WINDOW, DEFAULT_MAINTENANCE_WINDOW } from "./windows";

/** The arguments that have defaults, with the defaults filled in. */
export interface Settings extends AuroraSettings {
    engineVersion: string;
    masterUsername: string;
    port: number;
    instanceCount: number;
    capacity: AuroraCapacity;
    standalone: boolean;
    isWriter: boolean;
    replicaRegions: string[];
    passwordRotationDays: number;
    dataApi: boolean;
    backupRetentionDays: number;
    backupWindow: string;
    maintenanceWindow: string;
    performanceInsightsRetentionDays: number;
    monitoringIntervalSeconds: number;
    logRetentionDays: number;
}

/** Fills in the defaults. */
export function withDefaults(args: AuroraGlobalArgs): Settings {
    return {
        ...auroraSettings(args),
        engineVersion: args.engineVersion ?? DEFAULT_ENGINE_VERSION,
        masterUsername: args.masterUsername ?? DEFAULT_MASTER,
        port: args.port ?? 5432,
        instanceCount: args.instanceCount ?? DEFAULT_INSTANCES,
        capacity: args.capacity ?? { minCapacity: 8, maxCapacity: 32 },
        standalone: args.standalone ?? false,
        isWriter: args.isWriter ?? true,
        replicaRegions: args.replicaRegions ?? [],
        passwordRotationDays: args.passwordRotationDays ?? 30,
        dataApi: args.dataApi ?? true,
        backupRetentionDays: args.backupRetentionDays ?? 35,
        backupWindow: args.backupWindow ?? DEFAULT_BACKUP_WINDOW,
        maintenanceWindow: args.maintenanceWindow ?? DEFAULT_MAINTENANCE_WINDOW,
        performanceInsightsRetentionDays: args.performanceInsightsRetentionDays ?? 7,
        monitoringIntervalSeconds: args.monitoringIntervalSeconds ?? 60,
        logRetentionDays: args.logRetentionDays ?? 365,
    };
}
