/** Tables of a system's README, which tests hold against what is computed from its preview. */
import { readFileSync } from "node:fs";

/**
 * The rows of the table that stands below a comment such as `<!-- computed: ways -->`, each as the texts of its cells
 * without backticks.
 */
export function tableIn(file: string, name: string): string[][] {
    const [, after] = readFileSync(file, "utf8").split(`<!-- computed: ${name} -->`);
    if (after === undefined) {
        throw new Error(`${file} has no table below <!-- computed: ${name} -->`);
    }
    const lines = after.split("\n").map((line) => line.trim());
    const first = lines.findIndex((line) => line.startsWith("|"));
    const length = lines.slice(first).findIndex((line) => !line.startsWith("|"));
    // Below the heads of the columns and their rule.
    return lines.slice(first + 2, first + length).map((line) =>
        line
            .slice(1, -1)
            .split("|")
            .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

/** Rows as a table of Markdown, for whoever brings a README up to date. */
export function asTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
