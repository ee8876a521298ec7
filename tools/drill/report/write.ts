/** Keeps reports: Markdown for people, JSON for machines. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes both forms of a report. The paths of the files. */
export function writeReport(
    directory: string,
    name: string,
    markdown: string,
    data: object,
): { readonly markdown: string; readonly json: string } {
    mkdirSync(directory, { recursive: true });
    const files = { markdown: join(directory, `${name}.md`), json: join(directory, `${name}.json`) };
    writeFileSync(files.markdown, markdown);
    writeFileSync(files.json, `${JSON.stringify(data, null, 2)}\n`);
    return files;
}
