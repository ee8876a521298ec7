const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTES_PER_DAY = 24 * 60;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

/** The shortest window that RDS takes, in minutes. Source: RDS API Reference, CreateDBCluster. */
export const SHORTEST_WINDOW = 30;

/** When backups are made where nothing is said. */
export const DEFAULT_BACKUP_WINDOW = "02:00-03:00";

/** When maintenance is done where nothing is said. */
export const DEFAULT_MAINTENANCE_WINDOW = "sun:04:00-sun:05:00";

/** The same of what takes an hour for it. */
export const DEFAULT_MAINTENANCE_HOUR = "sun:05:00-sun:06:00";

/** A stretch of time, in minutes from its day's or week's beginning. It may run over the end. */
export interface Window {
    start: number;
    length: number;
}

const TIME = /^(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)$/;

function minuteOfDay(text: string): number | undefined {
    const groups = TIME.exec(text)?.groups;
    return groups === undefined ? undefined : Number(groups["hour"]) * 60 + Number(groups["minute"]);
}

function minuteOfWeek(text: string): number | undefined {
    const day = DAYS.indexOf(text.slice(0, 3));
    const minute = text[3] === ":" ? minuteOfDay(text.slice(4)) : undefined;
    return day < 0 || minute === undefined ? undefined : day * MINUTES_PER_DAY + minute;
}

function windowOf(
    text: string,
    parse: (part: string) => number | undefined,
    cycle: number,
): Window | undefined {
    const [from = "", to = "", ...rest] = text.split("-");
    const start = parse(from);
    const end = parse(to);
    if (start === undefined || end === undefined || rest.length > 0) {
        return undefined;
    }
    return { start, length: (end - start + cycle) % cycle };
}

/** Reads `hh:mm-hh:mm`; undefined when the text is something else. */
export function dailyWindow(text: string): Window | undefined {
    return windowOf(text, minuteOfDay, MINUTES_PER_DAY);
}

/** Reads `ddd:hh:mm-ddd:hh:mm` in lower case; undefined when the text is something else. */
export function weeklyWindow(text: string): Window | undefined {
    return windowOf(text, minuteOfWeek, MINUTES_PER_WEEK);
}

/** Whether a daily window and a weekly one have a minute in common, on any day. */
export function windowsOverlap(daily: Window, weekly: Window): boolean {
    return DAYS.some((_, day) => {
        const start = day * MINUTES_PER_DAY + daily.start;
        const after = (start - weekly.start + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
        const before = (weekly.start - start + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
        return after < weekly.length || before < daily.length;
    });
}
