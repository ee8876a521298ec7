import { resourceRule, text } from "../../framework";
import { DOCDB_CLUSTER, RDS_CLUSTER, RDS_INSTANCE } from "../shared/types";
import { judge } from "../shared/values";

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const SHORTEST = 30;

/** A window in minutes of the week; the end lies after the start, in the next week if need be. */
interface Window {
    readonly start: number;
    readonly length: number;
}

export const rule = resourceRule({
    id: "rds-windows",
    severity: "high",
    description:
        "Backup and maintenance windows are well formed, last 30 minutes or more and do not overlap.",
    fix: "Give the windows as hh:mm-hh:mm and ddd:hh:mm-ddd:hh:mm in UTC, apart from each other.",
    frameworks: { controls: ["F1.2.13"] },
    types: [RDS_CLUSTER, RDS_INSTANCE, DOCDB_CLUSTER],
    check: ({ type, props }, report) => {
        const backupProperty = type === RDS_INSTANCE ? "backupWindow" : "preferredBackupWindow";
        const maintenanceProperty =
            type === RDS_INSTANCE ? "maintenanceWindow" : "preferredMaintenanceWindow";
        const read = (property: string, parse: (value: string) => Window | undefined): Window | undefined => {
            const value = text(props[property]);
            if (value === undefined || value === "") {
                return undefined;
            }
            const window = parse(value);
            if (window === undefined) {
                report(`has ${property} "${value}".`);
            } else if (window.length < SHORTEST) {
                report(`has ${property} "${value}", which is shorter than ${SHORTEST} minutes.`);
            }
            return window;
        };
        let backup: Window | undefined;
        let maintenance: Window | undefined;
        judge(
            () => {
                backup = read(backupProperty, daily);
            },
            () => {
                maintenance = read(maintenanceProperty, weekly);
            },
        );
        if (backup !== undefined && maintenance !== undefined && overlap(backup, maintenance)) {
            report(`has ${backupProperty} and ${maintenanceProperty} that overlap.`);
        }
    },
});

const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";

function daily(value: string): Window | undefined {
    const found = new RegExp(`^${TIME}-${TIME}$`).exec(value);
    if (found === null) {
        return undefined;
    }
    const [, h1, m1, h2, m2] = found;
    const start = minutes(h1, m1);
    return { start, length: (minutes(h2, m2) - start + DAY) % DAY };
}

function weekly(value: string): Window | undefined {
    const day = `(${DAYS.join("|")})`;
    const found = new RegExp(`^${day}:${TIME}-${day}:${TIME}$`).exec(value.toLowerCase());
    if (found === null) {
        return undefined;
    }
    const [, d1 = "", h1, m1, d2 = "", h2, m2] = found;
    const start = DAYS.indexOf(d1) * DAY + minutes(h1, m1);
    const end = DAYS.indexOf(d2) * DAY + minutes(h2, m2);
    return { start, length: (end - start + WEEK) % WEEK };
}

function minutes(hours: string | undefined, rest: string | undefined): number {
    return Number(hours) * 60 + Number(rest);
}

/** Whether the daily window, on any day, meets the weekly one. */
function overlap(backup: Window, maintenance: Window): boolean {
    for (let day = -1; day <= DAYS.length; day += 1) {
        const start = day * DAY + backup.start;
        const later = Math.max(start, maintenance.start);
        const earlier = Math.min(start + backup.length, maintenance.start + maintenance.length);
        if (later < earlier) {
            return true;
        }
    }
    return false;
}
