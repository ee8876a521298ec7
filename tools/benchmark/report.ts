/** Writes the measurements as tables in Markdown, which read well in a terminal too. */
import { type Measurement } from "./measure";

/** What one way of making a size of the shop took, in several runs. */
export interface Series {
    readonly title: string;
    readonly runs: readonly Measurement[];
    /** The time that counts, in milliseconds. */
    readonly time: (measurement: Measurement) => number;
}

const HEADINGS = ["stacks", "resources", "minimum", "median", "peak memory", "per resource"];

/** The value in the middle, the lower one of two. */
export function middle(values: readonly number[]): number {
    const value = [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
    if (value === undefined) {
        throw new Error("nothing was measured");
    }
    return value;
}

export function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(2)} s`;
}

function mebibytes(bytes: number): string {
    return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

function rowOf({ title, runs, time }: Series): string[] {
    const times = runs.map(time);
    const count = middle(runs.map(({ resources }) => resources));
    return [
        title,
        String(middle(runs.map(({ stacks }) => stacks))),
        String(count),
        seconds(Math.min(...times)),
        seconds(middle(times)),
        mebibytes(middle(runs.map(({ memory }) => memory))),
        `${(middle(times) / count).toFixed(2)} ms`,
    ];
}

/** How much longer processors work for a preview without each of the shortcuts inside the SDK. */
export function shortcutTable(
    title: string,
    all: readonly Measurement[],
    without: readonly (readonly [shortcut: string, measurements: readonly Measurement[]])[],
): string {
    const processor = (runs: readonly Measurement[]): number =>
        middle(runs.map((measurement) => measurement.processor));
    const rows = without.map(([shortcut, runs]) => {
        const more = Math.round((processor(runs) / processor(all) - 1) * 100);
        return [`without \`${shortcut}\``, seconds(processor(runs)), `${more} %`];
    });
    return table([
        [title, "processor time", "more"],
        ["with every shortcut", seconds(processor(all)), ""],
        ...rows,
    ]);
}

/** A row for each way. */
export function seriesTable(title: string, series: readonly Series[]): string {
    return table([[title, ...HEADINGS], ...series.map(rowOf)]);
}

/** Aligned columns: the first to the left, the others to the right. */
function table([headings = [], ...rows]: readonly (readonly string[])[]): string {
    const widths = headings.map((heading, column) =>
        Math.max(heading.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    const line = (cells: readonly string[]): string =>
        `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |\n`;
    const rule = widths.map((width, column) =>
        column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
    );
    return [headings, rule, ...rows].map(line).join("");
}
