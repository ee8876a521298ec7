/** Keeps reports: Markdown for people, JSON for machines. */
import { join } from "node:path";
import { messageOf } from "../errors";
import { replaceDurably } from "../../shared/durableFile";

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
