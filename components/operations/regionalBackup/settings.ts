import type * as pulumi from "@pulumi/pulumi";

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
    copyVaultArns: pulumi.Input<string>[];
    snapshotExport: Required<SnapshotExport>;
    regionSettings: boolean;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** The lock where nothing is said. */
export const DEFAULT_LOCK: Required<BackupLock> = {
    mode: BackupLockMode.Governance,
    minRetentionDays: 7,
    maxRetentionDays: 400,
    changeableForDays: 7,
};

/** For how many days backups are kept where nothing is said. */
export const DEFAULT_RETENTION: Required<BackupRetention> = {
    pointInTimeDays: 35,
    dailyDays: 35,
    weeklyDays: 90,
    monthlyDays: 365,
    personalDataDays: 35,
};

/** When databases are exported where nothing is said. */
export const DEFAULT_EXPORT: Required<SnapshotExport> = { intervalDays: 7, retentionDays: 90 };

/** The hour at which daily backups begin where nothing is said. */
export const DEFAULT_START_HOUR = 5;

/** What is known to be backed up where nothing is said. */
export const DEFAULT_TYPES: Readonly<
    Record<"standardTypes" | "personalDataTypes", readonly BackupResourceType[]>
> = {
    standardTypes: [BackupResourceType.Aurora],
    personalDataTypes: [BackupResourceType.DynamoDB, BackupResourceType.S3],
};

/** Fills in the defaults. */
export function withDefaults(args: RegionalBackupArgs): Settings {
    return {
        lock: { ...DEFAULT_LOCK, ...args.lock },
        retention: { ...DEFAULT_RETENTION, ...args.retention },
        startHour: args.startHour ?? DEFAULT_START_HOUR,
        standardTypes: args.standardTypes ?? [...DEFAULT_TYPES.standardTypes],
        personalDataTypes: args.personalDataTypes ?? [...DEFAULT_TYPES.personalDataTypes],
        recoveryPointAdministrators: args.recoveryPointAdministrators ?? [],
        restoreTesting: args.restoreTesting ?? true,
        copyVaultArns: args.copyVaultArns ?? [],
        snapshotExport: { ...DEFAULT_EXPORT, ...args.snapshotExport },
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
        copyRestoreTests: `${namePrefix.replaceAll("-", "_")}_copies`,
    };
}
