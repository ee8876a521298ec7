import { BackupClass, type BackupRetention } from "./args";

/** One rule of a backup plan. */
export interface BackupRule {
    readonly name: string;
    /** When it runs, in UTC. */
    readonly schedule: string;
    readonly deleteAfterDays: number;
    /** Whether the state of every second can be restored, where AWS offers that; a snapshot where it does not. */
    readonly continuous: boolean;
}

/** AWS Backup's own limit. Source: AWS Backup Developer Guide, "Continuous backups and point-in-time restore". */
export const POINT_IN_TIME_DAYS_MAX = 35;

const HOURS_PER_DAY = 24;

function atHour(startHour: number, hoursLater: number, days: string): string {
    return `cron(0 ${(startHour + hoursLater) % HOURS_PER_DAY} ${days} *)`;
}

/** The rule that keeps point-in-time recovery going. AWS Backup runs nothing more often than hourly. */
export function pointInTimeRule(backupClass: BackupClass, retention: Required<BackupRetention>): BackupRule {
    return {
        name: "point-in-time",
        schedule: "cron(0 * ? * * *)",
        deleteAfterDays: Math.min(retention.pointInTimeDays, longest(backupClass, retention)),
        continuous: true,
    };
}

/**
 * The rules that take snapshots, the most frequent first. They are hours apart, because a resource has one job at a
 * time. A rule is left out where a more frequent one keeps its backups as long: personal data, with the default
 * retention, has daily backups alone, and every day that may be kept is among them.
 */
export function snapshotRules(
    backupClass: BackupClass,
    retention: Required<BackupRetention>,
    startHour: number,
): BackupRule[] {
    const most = longest(backupClass, retention);
    const candidates = [
        { name: "daily", schedule: atHour(startHour, 0, "? * *"), days: retention.dailyDays },
        { name: "weekly", schedule: atHour(startHour, 3, "? * SAT"), days: retention.weeklyDays },
        { name: "monthly", schedule: atHour(startHour, 6, "1 * ?"), days: retention.monthlyDays },
    ];
    let kept = 0;
    return candidates.flatMap(({ name, schedule, days }) => {
        const deleteAfterDays = Math.min(days, most);
        if (deleteAfterDays <= kept) {
            return [];
        }
        kept = deleteAfterDays;
        return [{ name, schedule, deleteAfterDays, continuous: false }];
    });
}

/** When backups are restored to see whether they are any good: no more than four days apart. */
export function restoreSchedule(startHour: number): string {
    return atHour(startHour, 9, "? * TUE,FRI");
}

function longest(backupClass: BackupClass, retention: Required<BackupRetention>): number {
    return backupClass === BackupClass.PersonalData ? retention.personalDataDays : Infinity;
}
