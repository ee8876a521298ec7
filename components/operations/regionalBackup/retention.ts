import { numberOf } from "../../shared/argumentRules";
import { type Given } from "../../shared/argumentTable";
import { BackupClass, type BackupRetention } from "./args";
import { pointInTimeRule, snapshotRules } from "./schedule";
import { DEFAULT_RETENTION, DEFAULT_START_HOUR } from "./settings";

/**
 * How long the plans made of these arguments keep backups: the shortest and the longest retention of all their rules,
 * in days. AWS Backup fails every job, and not the lock, when a plan's retention is outside the lock's.
 */
export function retentionBounds(args: Given): { shortest: number; longest: number } {
    const retention = retentionOf(args.retention);
    const startHour = numberOf(args.startHour, DEFAULT_START_HOUR);
    const days = Object.values(BackupClass)
        .flatMap((backupClass) => [
            pointInTimeRule(backupClass, retention, startHour),
            ...snapshotRules(backupClass, retention, startHour),
        ])
        .map(({ deleteAfterDays }) => deleteAfterDays);
    return { shortest: Math.min(...days), longest: Math.max(...days) };
}

/** The retention with the defaults filled in, also for what is no number, which is said of that. */
export function retentionOf(given: unknown): Required<BackupRetention> {
    const retention: Given = typeof given === "object" && given !== null ? { ...given } : {};
    const of = (property: keyof BackupRetention): number =>
        numberOf(retention[property], DEFAULT_RETENTION[property]);
    return {
        pointInTimeDays: of("pointInTimeDays"),
        dailyDays: of("dailyDays"),
        weeklyDays: of("weeklyDays"),
        monthlyDays: of("monthlyDays"),
        personalDataDays: of("personalDataDays"),
    };
}
