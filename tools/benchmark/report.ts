/** Writes the measurements as a table. */
import { type Measurement } from "./measure";

/** What is compared: a preview, and the bare SDK with as many resources. */
export interface Comparison {
    readonly title: string;
    readonly preview: Measurement;
    readonly sdk: Measurement;
}

const HEADINGS = [
    "",
    "stacks",
    "resources",
    "wall time",
    "peak memory",
    "per resource",
    "bare SDK",
    "bare SDK per resource",
];

/** The measurement in the middle, by time. */
export function median(measurements: readonly Measurement[]): Measurement {
    const sorted = [...measurements].sort((a, b) => a.working - b.working);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    if (middle === undefined) {
        throw new Error("nothing was measured");
    }
    return middle;
}

function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(2)} s`;
}

function perResource({ working, resources }: Measurement): string {
    return `${(working / resources).toFixed(2)} ms`;
}

function rowOf({ title, preview, sdk }: Comparison): string[] {
    return [
        title,
        String(preview.stacks),
        String(preview.resources),
        seconds(preview.wall),
        `${Math.round(preview.memory / 1024 / 1024)} MiB`,
        perResource(preview),
        seconds(sdk.working),
        perResource(sdk),
    ];
}

/** How much longer processors work for a preview without each of the shortcuts inside the SDK. */
export function shortcutTable(
    title: string,
    all: Measurement,
    without: readonly (readonly [shortcut: string, measurement: Measurement])[],
): string {
    const lines = without.map(([shortcut, { processor }]) => {
        const more = Math.round((processor / all.processor - 1) * 100);
        return `  without ${shortcut.padEnd(12)}${seconds(processor)} (${more} % more)`;
    });
    return `${[`${title}, with every shortcut: ${seconds(all.processor)} of processor time`, ...lines].join("\n")}\n`;
}

/** Aligned columns: the first to the left, numbers to the right. */
export function table(comparisons: readonly Comparison[]): string {
    const rows = [HEADINGS, ...comparisons.map(rowOf)];
    const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const align = (text: string, column: number): string =>
        column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
    return `${rows.map((row) => row.map(align).join("  ").trimEnd()).join("\n")}\n`;
}
