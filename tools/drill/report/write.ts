/** Keeps reports: Markdown for people, JSON for machines. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../errors";
import { appendDurably, createDurably, replaceDurably } from "../../shared/durableFile";

/** Writes both forms of a report, as far as the disk takes them, and says where they are. */
export function keepReport(
    directory: string,
    name: string,
    markdown: string,
    data: object,
    log: (line: string) => void,
): void {
    const kept: string[] = [];
    for (const [suffix, text] of [
        ["md", markdown],
        ["json", `${JSON.stringify(data, null, 2)}\n`],
    ] as const) {
        const file = join(directory, `${name}.${suffix}`);
        try {
            replaceDurably(file, text);
            kept.push(file);
        } catch (error) {
            log(`WARNING: the report could not be kept in ${file}: ${messageOf(error)}`);
        }
    }
    if (kept.length > 0) {
        log(`Report: ${kept.join(" and ")}`);
    }
}

/**
 * Keeps lines in a file that its owner alone may read, in the place of what it had or after that. The file.
 *
 * @throws NodeJS.ErrnoException when they are not on the disk.
 */
export function keepPrivately(file: string, lines: string, isFirst: boolean): string {
    if (isFirst) {
        rmSync(file, { force: true });
        createDurably(file, lines);
    } else {
        appendDurably(file, lines);
    }
    return file;
}
