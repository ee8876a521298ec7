/** The rules of a cluster's daily and weekly windows, each beside the other in the object that they stand in. */
import { text, textOf, textWhere } from "../../shared/argumentRules";
import { type Given } from "../../shared/argumentTable";
import {
    DEFAULT_BACKUP_WINDOW,
    dailyWindow,
    DEFAULT_MAINTENANCE_HOUR,
    SHORTEST_WINDOW,
    weeklyWindow,
    windowsOverlap,
} from "./windows";

const BACKUP_WINDOW_FORM = `hh:mm-hh:mm in UTC, ${SHORTEST_WINDOW} minutes at least, such as 02:00-03:00`;
const MAINTENANCE_WINDOW_FORM = `ddd:hh:mm-ddd:hh:mm in UTC and lower case, ${SHORTEST_WINDOW} minutes at least, such as sun:04:00-sun:05:00`;

const isLongEnough = (window: ReturnType<typeof dailyWindow>): boolean =>
    window !== undefined && window.length >= SHORTEST_WINDOW;

/** The daily window for backups. */
export function backupWindow() {
    return textWhere((window) => isLongEnough(dailyWindow(window)), BACKUP_WINDOW_FORM, {
        kind: "hh:mm-hh:mm in UTC, such as 02:00-03:00",
    });
}

/** The weekly window for maintenance, apart from the property `backupWindow` beside it. */
export function maintenanceWindow() {
    return text(
        "ddd:hh:mm-ddd:hh:mm in UTC and lower case, such as sun:04:00-sun:05:00",
        (value, _, { within }) => {
            const window = value as string;
            return !isLongEnough(weeklyWindow(window))
                ? { allowed: MAINTENANCE_WINDOW_FORM }
                : isApartFromBackups(window, within)
                  ? undefined
                  : { allowed: `a window apart from the backup window ${backupWindowOf(within)}` };
        },
    );
}

/** The weekly window for maintenance of what has no backup window, an hour at least. */
export function maintenanceHour() {
    return textWhere(
        (window) => (weeklyWindow(window)?.length ?? 0) >= HOUR,
        `ddd:hh:mm-ddd:hh:mm in UTC, ${HOUR} minutes at least, such as ${DEFAULT_MAINTENANCE_HOUR}`,
    );
}

/** The shortest window that DAX and ElastiCache take, in minutes. Source: their API References. */
const HOUR = 60;

const backupWindowOf = (given: Given): string => textOf(given.backupWindow, DEFAULT_BACKUP_WINDOW);

/** Where the backup window is wrong, whether another one is apart from it cannot be said. */
function isApartFromBackups(window: string, given: Given): boolean {
    const backup = dailyWindow(backupWindowOf(given));
    const maintenance = weeklyWindow(window);
    return backup === undefined || maintenance === undefined || !windowsOverlap(backup, maintenance);
}
