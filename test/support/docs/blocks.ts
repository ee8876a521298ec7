/** The code blocks of the README and of everything under docs/. */
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..", "..", "..");

/** A fenced block of a page. */
export interface CodeBlock {
    /** The page, relative to the project's folder. */
    readonly page: string;
    /** The line of the opening fence, from 1. */
    readonly line: number;
    /** What the page says that it is written in, such as `typescript`. */
    readonly language: string;
    readonly text: string;
}

/** All blocks of a page's text. A block within a list is indented, and so is its text. */
export function blocksOf(page: string, markdown: string): CodeBlock[] {
    const blocks: CodeBlock[] = [];
    const lines = markdown.split("\n");
    for (let index = 0; index < lines.length; index++) {
        const [, indent, fence, language] = /^( *)(`{3,})(\w*)/.exec(lines[index] ?? "") ?? [];
        if (indent === undefined || fence === undefined) {
            continue;
        }
        const start = index + 1;
        do {
            index++;
        } while (index < lines.length && lines[index]?.trim() !== fence);
        const text = lines
            .slice(start, index)
            .map((line) => line.slice(Math.min(indent.length, line.search(/\S|$/))));
        blocks.push({ page, line: start, language: language ?? "", text: `${text.join("\n")}\n` });
    }
    return blocks;
}

/** The blocks of all pages, in the languages given. */
export function documentedBlocks(...languages: string[]): CodeBlock[] {
    const docs = fs
        .readdirSync(path.join(ROOT, "docs"), { recursive: true })
        .map((file) => path.posix.join("docs", String(file).split(path.sep).join("/")))
        .filter((file) => file.endsWith(".md"))
        .sort();
    return ["README.md", ...docs]
        .flatMap((page) => blocksOf(page, fs.readFileSync(path.join(ROOT, page), "utf8")))
        .filter((block) => languages.includes(block.language));
}
