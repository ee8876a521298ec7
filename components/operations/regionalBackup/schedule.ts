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

/** A rule that takes snapshots. */
export interface SnapshotRule extends BackupRule {
    /** The hour, in UTC, at which it begins. */
    readonly hour: number;
}

/** AWS Backup's own limit. Source: AWS Backup Developer Guide, "Continuous backups and point-in-time restore". */
export const POINT_IN_TIME_DAYS_MAX = 35;

const HOURS_PER_DAY = 24;

function atHour(startHour: number, hoursLater: number): number {
    return (startHour + hoursLater) % HOURS_PER_DAY;
}

function cron(hours: readonly number[], days: string): string {
    return `cron(0 ${hours.join(",")} ${days} *)`;
}

/**
 * The rule that keeps point-in-time recovery going. AWS Backup runs nothing more often than hourly. It leaves out the
 * hours in which snapshots begin: of a plan's rules that may begin at the same time AWS Backup follows the one whose
 * backups stay longer, and the daily ones need not. Source: AWS Backup Developer Guide, "Backup plan options and
 * configuration".
 */
export function pointInTimeRule(
    backupClass: BackupClass,
    retention: Required<BackupRetention>,
    startHour: number,
): BackupRule {
    const taken = snapshotRules(backupClass, retention, startHour).map(({ hour }) => hour);
    const free = Array.from({ length: HOURS_PER_DAY }, (_, hour) => hour).filter(
        (hour) => !taken.includes(hour),
    );
    return {
        name: "point-in-time",
        schedule: cron(free, "? * *"),
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
): SnapshotRule[] {
    const most = longest(backupClass, retention);
    const candidates = [
        { name: "daily", hour: atHour(startHour, 0), on: "? * *", days: retention.dailyDays },
        { name: "weekly", hour: atHour(startHour, 3), on: "? * SAT", days: retention.weeklyDays },
        { name: "monthly", hour: atHour(startHour, 6), on: "1 * ?", days: retention.monthlyDays },
    ];
    let kept = 0;
    return candidates.flatMap(({ name, hour, on, days }) => {
        const deleteAfterDays = Math.min(days, most);
        if (deleteAfterDays <= kept) {
            return [];
        }
        kept = deleteAfterDays;
        return [{ name, hour, schedule: cron([hour], on), deleteAfterDays, continuous: false }];
    });
}

/** When backups are restored to see whether they are any good: no more than four days apart. */
export function restoreSchedule(startHour: number): string {
    return cron([atHour(startHour, 9)], "? * TUE,FRI");
}

/** The same of copies, on other days: a region restores one thing at a time. */
export function copyRestoreSchedule(startHour: number): string {
    return cron([atHour(startHour, 9)], "? * MON,THU");
}

function longest(backupClass: BackupClass, retention: Required<BackupRetention>): number {
    return backupClass === BackupClass.PersonalData ? retention.personalDataDays : Infinity;
}
