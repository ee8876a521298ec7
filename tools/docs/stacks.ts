/** The tables of docs/stacks.md: what each stack is made of, from the preview. */
import path from "node:path";
import { partsOf } from "../preview/render/plan";
import { type PreviewDocument, type StackPreview } from "../preview/types";
import { sampleOutput } from "./readmeSample";

export const STACKS_FILE = path.join(__dirname, "..", "..", "docs", "stacks.md");

const SECTION = /(<!-- parts of (\S+) -->\n)[^]*?(?=<!-- end -->)/g;

/** What the preview prints of all stacks as one document. */
export function previewedStacks(): PreviewDocument {
    return JSON.parse(sampleOutput(["--json", "--no-policies"])) as PreviewDocument;
}

/** The components of a stack, those with the most resources first. */
export function partsTable(preview: StackPreview): string {
    const rows = partsOf(preview)
        .filter(({ component }) => component)
        .sort((one, other) => other.resources - one.resources || one.name.localeCompare(other.name))
        .map(
            ({ type, name, resources }) =>
                `| \`${type.split(":").at(-1) ?? type}\` | \`${name}\` | ${resources} |`,
        );
    const own = partsOf(preview)
        .filter(({ component }) => !component)
        .map(({ name }) => `\`${name}\``)
        .sort();
    return [
        "",
        "| component | name | resources |",
        "| --- | --- | ---: |",
        ...rows,
        "",
        ...(own.length === 0 ? [] : [`Directly in the stack: ${own.join(", ")}.`, ""]),
        "",
    ].join("\n");
}

/**
 * The page with tables of what is previewed.
 *
 * @throws Error where it names a stack that is not.
 */
export function stacksDocument(page: string, { stacks }: Pick<PreviewDocument, "stacks">): string {
    return page.replace(SECTION, (_section, mark: string, name: string) => {
        const preview = stacks[name];
        if (preview === undefined) {
            throw new Error(`docs/stacks.md has a table of ${name}, which is no stack of the project`);
        }
        return `${mark}${partsTable(preview)}`;
    });
}
