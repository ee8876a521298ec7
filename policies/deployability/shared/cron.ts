/** A field of a cron expression of EventBridge. */
interface Field {
    readonly name: string;
    readonly min: number;
    readonly max: number;
    readonly names?: readonly string[];
    /** Forms besides values, ranges and steps. */
    readonly also?: RegExp;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: readonly Field[] = [
    { name: "minutes", min: 0, max: 59 },
    { name: "hours", min: 0, max: 23 },
    // The last day, one some days before it, and the weekday next to a day.
    { name: "day of the month", min: 1, max: 31, also: /^(?:L(?:-\d{1,2})?|LW|(?:[1-9]|[12]\d|3[01])W)$/ },
    { name: "month", min: 1, max: 12, names: MONTHS },
    // The last such day of the month, and the second or another one.
    {
        name: "day of the week",
        min: 1,
        max: 7,
        names: DAYS,
        also: new RegExp(`^(?:(?:[1-7]|${DAYS.join("|")})?L|(?:[1-7]|${DAYS.join("|")})#[1-5])$`),
    },
    { name: "year", min: 1970, max: 2199 },
];

/** What is wrong with a cron expression's field, the first that is; undefined where nothing is. */
export function wrongField(fields: readonly string[]): string | undefined {
    const index = FIELDS.findIndex((field, position) => !isValid(fields[position] ?? "", field));
    const wrong = FIELDS[index];
    return wrong === undefined ? undefined : `the ${wrong.name} "${fields[index] ?? ""}"`;
}

function isValid(given: string, field: Field): boolean {
    return given
        .toUpperCase()
        .split(",")
        .every((part) => {
            const [range = "", step = "1", ...more] = part.split("/");
            return (
                more.length === 0 &&
                /^[1-9]\d*$/.test(step) &&
                (["*", "?"].includes(range) || field.also?.test(range) === true || isRange(range, field))
            );
        });
}

function isRange(range: string, { min, max, names = [] }: Field): boolean {
    const ends = range.split("-");
    return (
        ends.length <= 2 &&
        ends.every(
            (end) => names.includes(end) || (/^\d+$/.test(end) && Number(end) >= min && Number(end) <= max),
        )
    );
}
