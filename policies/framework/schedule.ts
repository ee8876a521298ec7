/** How often a schedule of AWS's runs, and how long a span of time is. */

const MINUTES_PER_DAY = 24 * 60;
const DAY_NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MONTH_NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** Hours in a span such as `15m`, `4h`, `1d` or `2w`; undefined for anything else. */
export function hoursIn(span: string | undefined): number | undefined {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([mhdw])$/.exec(span?.trim() ?? "") ?? [];
    const hours = { m: 1 / 60, h: 1, d: 24, w: 168 }[unit ?? ""];
    return hours === undefined ? undefined : Number(amount) * hours;
}

/** Hours as people say them: `15 min`, `4 h`, `3 d`. */
export function spanOf(hours: number): string {
    if (hours < 1) {
        return `${Math.round(hours * 60)} min`;
    }
    return hours % 24 === 0 && hours > 24 ? `${hours / 24} d` : `${Math.round(hours * 10) / 10} h`;
}

/**
 * The longest time, in hours, between two runs of a schedule in AWS's form: `cron(0 5 ? * * *)` or `rate(1 day)`.
 *
 * @returns Undefined where the text is not such a schedule, or is one that ends.
 */
export function longestGap(schedule: string): number | undefined {
    if (!gaps.has(schedule)) {
        gaps.set(schedule, computedGap(schedule));
    }
    return gaps.get(schedule);
}

// Plans share schedules, and to look at four years of days takes a while.
const gaps = new Map<string, number | undefined>();

function computedGap(schedule: string): number | undefined {
    const [, amount, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule.trim()) ?? [];
    if (unit !== undefined) {
        return (
            (Number(amount) *
                { minute: 1, hour: 60, day: MINUTES_PER_DAY }[unit as "minute" | "hour" | "day"]) /
            60
        );
    }
    const fields = /^cron\((.*)\)$/.exec(schedule.trim())?.[1]?.trim().split(/\s+/) ?? [];
    const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
    if (fields.length !== 6 || !["*", "?"].includes(year)) {
        return undefined;
    }
    const minutes = valuesOf(minute, 0, 59);
    const hours = valuesOf(hour, 0, 23);
    const months = valuesOf(month, 1, 12, MONTH_NAMES);
    const daysOfMonth = dayOfMonth === "L" ? new Set<number>() : valuesOf(dayOfMonth, 1, 31);
    const daysOfWeek = valuesOf(dayOfWeek, 1, 7, DAY_NAMES);
    if (
        minutes === undefined ||
        hours === undefined ||
        months === undefined ||
        daysOfMonth === undefined ||
        daysOfWeek === undefined
    ) {
        return undefined;
    }
    const times = [...hours]
        .flatMap((each) => [...minutes].map((past) => each * 60 + past))
        .sort((a, b) => a - b);
    return longestGapOf(times, (date) => {
        const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
        const inMonth = dayOfMonth === "L" ? date.getUTCDate() === last : daysOfMonth.has(date.getUTCDate());
        return months.has(date.getUTCMonth() + 1) && inMonth && daysOfWeek.has(date.getUTCDay() + 1);
    });
}

/** The longest gap, in hours, between runs at these minutes of the days that count, over four years. */
function longestGapOf(times: readonly number[], counts: (day: Date) => boolean): number | undefined {
    const start = Date.UTC(2024, 0, 1);
    let longest = 0;
    let before: number | undefined;
    for (let day = 0; day < 4 * 365 + 1; day += 1) {
        if (counts(new Date(start + day * MINUTES_PER_DAY * 60_000))) {
            for (const time of times) {
                const now = day * MINUTES_PER_DAY + time;
                longest = before === undefined ? longest : Math.max(longest, now - before);
                before = now;
            }
        }
    }
    return longest === 0 ? undefined : longest / 60;
}

/** The numbers that a field of a cron expression stands for; undefined where it is not understood. */
function valuesOf(
    field: string,
    min: number,
    max: number,
    names: readonly string[] = [],
): ReadonlySet<number> | undefined {
    const found = new Set<number>();
    for (const part of field.split(",")) {
        const [range = "", step = "1"] = part.split("/");
        const [from, to = from] = range.split("-").map((each) => {
            const named = names.indexOf(each.toUpperCase());
            return named >= 0 ? named + min : /^\d+$/.test(each) ? Number(each) : undefined;
        });
        const every = ["*", "?"].includes(range);
        const low = every ? min : from;
        // `5/10` runs to the end of the range.
        const high = every || (part.includes("/") && !range.includes("-")) ? max : to;
        if (low === undefined || high === undefined || low < min || high > max || !/^[1-9]\d*$/.test(step)) {
            return undefined;
        }
        for (let value = low; value <= high; value += Number(step)) {
            found.add(value);
        }
    }
    return found.size === 0 ? undefined : found;
}
