import {
    type BackupLock,
    BackupLockMode,
    BackupResourceType,
    type BackupRetention,
    type RegionalBackupArgs,
    type SnapshotExport,
} from "./args";
import { type TagsInput } from "../../shared/tags";

/** The arguments that have defaults, with the defaults filled in. */
export interface Settings {
    lock: Required<BackupLock>;
    retention: Required<BackupRetention>;
    startHour: number;
    standardTypes: BackupResourceType[];
    personalDataTypes: BackupResourceType[];
    recoveryPointAdministrators: string[];
    restoreTesting: boolean;
    snapshotExport: Required<SnapshotExport>;
    regionSettings: boolean;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** Fills in the defaults. */
export function withDefaults(args: RegionalBackupArgs): Settings {
    return {
        lock: {
            mode: BackupLockMode.Governance,
            minRetentionDays: 7,
            maxRetentionDays: 400,
            changeableForDays: 7,
            ...args.lock,
        },
        retention: {
            pointInTimeDays: 35,
            dailyDays: 35,
            weeklyDays: 90,
            monthlyDays: 365,
            personalDataDays: 35,
            ...args.retention,
        },
        startHour: args.startHour ?? 5,
        standardTypes: args.standardTypes ?? [BackupResourceType.Aurora],
        personalDataTypes: args.personalDataTypes ?? [BackupResourceType.DynamoDB, BackupResourceType.S3],
        recoveryPointAdministrators: args.recoveryPointAdministrators ?? [],
        restoreTesting: args.restoreTesting ?? true,
        snapshotExport: { intervalDays: 7, retentionDays: 90, ...args.snapshotExport },
        regionSettings: args.regionSettings ?? false,
        logRetentionDays: args.logRetentionDays ?? 365,
        deletionProtection: args.deletionProtection ?? true,
        tags: args.tags ?? {},
    };
}

/**
 * The longest prefix of these names: vaults end at 50 characters, and the longest suffix has 9. Source: AWS Backup API
 * Reference, CreateBackupVault and CreateRestoreTestingPlan.
 */
export const NAME_PREFIX_MAX = 41;

/** The names that an account has once in a region, so that people find the vaults when the stack's state is lost. */
export function backupNames(namePrefix: string) {
    return {
        vault: `${namePrefix}-backups`,
        personalVault: `${namePrefix}-personal`,
        /** In the peer region, where the peer's own vaults are too. */
        peerVault: `${namePrefix}-copies`,
        // AWS takes letters, digits and underscores here, and no hyphens.
        restoreTests: `${namePrefix.replaceAll("-", "_")}_restores`,
    };
}
