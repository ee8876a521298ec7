/** What the terminal's summary and its tree have in common: titled blocks of lines, none wider than the terminal. */
import pc from "picocolors";
import { priced } from "../../cost/render/money";
import { type PreviewDocument, type StackPreview, type StepOp } from "../types";
import { nameOf, typeOf } from "../urn";
import { UNKNOWN } from "../values";
import { toldOnce } from "./diagnostics";
import { errorLines, policySummary } from "./findings";
import { countOps, describeCounts, displayType, stacksOf } from "./plan";
import { policySections } from "./policies";
import { duration, firstOf, pad, plural, printable, width, wrap } from "./text";

/** More resources than this, of which the same is said, are counted. */
const MOST_NAMED = 3;

/** How to print a preview on a terminal. */
export interface TerminalOptions {
    /** Whether to colour it. */
    readonly color: boolean;
    /** Columns that no line is wider than. Left out: nothing is shortened or broken. */
    readonly columns?: number;
    /** How long all took, in milliseconds. Left out: nothing is said of it. */
    readonly elapsed?: number;
    /** Whether to add each stack's configuration, and where a failed program failed. */
    readonly verbose?: boolean;
    /** Whether the project is any, and not the one that this command is part of. */
    readonly anyProject?: boolean;
}

/** Functions that colour, or that leave text as it is. */
export type Colors = ReturnType<typeof pc.createColors>;

/** The blocks of a document: those of its stacks, what the policies found, and the summary. */
export function renderBlocks(
    document: PreviewDocument,
    options: TerminalOptions,
    stackBlock: (name: string, preview: StackPreview, colors: Colors) => string[],
    closing: readonly string[] = [],
): string {
    const colors = pc.createColors(options.color);
    const blocks = stacksOf(document).map(([name, preview]) => stackBlock(name, preview, colors));
    for (const [title, lines] of policySections(document, options.verbose === true, colors)) {
        blocks.push(section(title, lines, colors));
    }
    const summary = [...summaryBlock(document, options, colors), ...closing];
    if (summary.length > 0) {
        blocks.push(summary);
    }
    return printed(blocks, options);
}

/** Blocks as they are printed: an empty line between two, and no line wider than the terminal. */
export function printed(
    blocks: readonly (readonly string[])[],
    { columns }: Pick<TerminalOptions, "columns">,
): string {
    const lines = blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block]));
    return `${lines.flatMap((line) => wrap(line, columns, 2)).join("\n")}\n`;
}

/** A title and the lines below it, indented. */
export function section(title: string, lines: readonly string[], colors: Colors): string[] {
    return [heading(title, colors), ...lines.map((line) => (line === "" ? "" : `    ${line}`))];
}

/** A title as it is coloured. */
export function heading(title: string, colors: Colors): string {
    return colors.bold(colors.magenta(title));
}

/** A text in the colour of what happens. */
export function paint(op: StepOp, text: string, colors: Colors): string {
    return op === "create" ? colors.green(text) : colors.cyan(text);
}

/** The sign before a row. */
export function sign(op: StepOp, colors: Colors): string {
    return paint(op, op === "create" ? "+" : ">", colors);
}

/** A stack's configuration, where it was asked for. */
export function configurationBlock(
    preview: StackPreview,
    options: TerminalOptions,
    colors: Colors,
): string[] {
    return options.verbose === true ? section("Configuration:", propertyLines(preview.config), colors) : [];
}

/** What the program and the engine had to say, after an empty line; nothing where they were silent. */
export function diagnosticsBlock(preview: StackPreview, options: TerminalOptions, colors: Colors): string[] {
    const lines = diagnosticLines(preview, options.verbose === true, colors);
    return lines.length === 0 ? [] : ["", ...section("Diagnostics:", lines, colors)];
}

function diagnosticLines(preview: StackPreview, verbose: boolean, colors: Colors): string[] {
    const lines: string[] = [];
    const color = { error: colors.red, warning: colors.yellow, info: String };
    const add = (
        severity: keyof typeof color,
        message: readonly string[],
        urns: readonly string[],
        times: number,
    ): void => {
        const indent = urns.length === 0 ? "" : "    ";
        if (urns.length > 0) {
            const names = urns.map((urn) => printable(`${displayType(typeOf(urn))} (${nameOf(urn)})`));
            lines.push(`${firstOf(names, MOST_NAMED)}:`);
        }
        const label = color[severity](`${severity}${times === 1 ? "" : ` (${times} times)`}: `);
        message.forEach((line, index) => {
            lines.push(`${indent}${index === 0 ? label : "  "}${printable(line)}`);
        });
    };
    for (const { severity, message, urns, times } of toldOnce(preview.diagnostics)) {
        add(severity, message.trimEnd().split(/\r?\n/), urns, times);
    }
    if (preview.error !== undefined) {
        const { urn } = preview.error;
        add("error", errorLines(preview.error), urn === undefined ? [] : [urn], 1);
        if (verbose && preview.error.stack !== undefined) {
            lines.push(...preview.error.stack.split("\n").map((line) => colors.dim(printable(line))));
        }
    }
    return lines;
}

/** Properties one below the other, the colons aligned, as Pulumi prints a stack's outputs. */
export function propertyLines(properties: Readonly<Record<string, unknown>>): string[] {
    const keys = Object.keys(properties).map(printable);
    const longest = keys.reduce((most, key) => Math.max(most, width(key)), 0);
    return Object.values(properties).flatMap((value, index) => {
        const [first = "", ...rest] = valueLines(value);
        return [`${pad(keys[index] ?? "", longest)}: ${first}`, ...rest];
    });
}

function valueLines(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.length === 0 ? ["[]"] : ["[", ...value.flatMap((item) => indent(valueLines(item))), "]"];
    }
    if (typeof value === "object" && value !== null) {
        const inner = propertyLines(value as Record<string, unknown>);
        return inner.length === 0 ? ["{}"] : ["{", ...indent(inner), "}"];
    }
    if (value === UNKNOWN) {
        return ["unknown"];
    }
    // A masked secret is no string of the program's, so it has no quotation marks.
    return [
        value === "[secret]" ? value : value === undefined ? "undefined" : printable(JSON.stringify(value)),
    ];
}

function indent(lines: readonly string[]): string[] {
    return lines.map((line) => `    ${line}`);
}

/** What is said of all stacks together. */
function summaryBlock(document: PreviewDocument, options: TerminalOptions, colors: Colors): string[] {
    const stacks = stacksOf(document);
    const previews = stacks.map(([, preview]) => preview);
    const failed = previews.filter(({ error }) => error !== undefined).length;
    const longest = Math.max(0, ...stacks.map(([name]) => width(printable(name))));
    const lines = stacks.map(([name, preview]) => {
        const shown = pad(printable(name), longest);
        return preview.error === undefined
            ? `${shown}  ${colors.green(describeCounts(countOps([preview])))}`
            : `${shown}  ${colors.red("failed")}`;
    });
    // One stack's counts have just been said.
    if (stacks.length > 1) {
        const total = describeCounts(countOps(previews));
        const verdict = `${failed} of ${plural(stacks.length, "stack")} failed`;
        lines.push(failed === 0 ? colors.bold(total) : colors.bold(colors.red(verdict)));
    }
    const block = stacks.length === 1 && failed === 0 ? [] : [...section("Summary:", lines, colors), ""];
    const policies = policySummary(document);
    if (policies !== "") {
        block.push(fact("Policies:", printable(policies), colors));
    }
    const cost = costSummary(document, failed);
    if (cost !== "") {
        block.push(fact("Cost:", cost, colors));
    }
    if (options.elapsed !== undefined) {
        block.push(fact("Duration:", duration(options.elapsed), colors));
    }
    if (block.at(-1) === "") {
        block.pop();
    }
    return block;
}

/**
 * What the stacks cost because they exist, and how much has no price; empty where nothing has estimated it, or where
 * what was estimated has failed.
 */
function costSummary({ cost: { totals, unpriced = 0 } }: PreviewDocument, failed: number): string {
    if (totals === undefined || (failed > 0 && totals.fixed === 0 && unpriced === 0)) {
        return "";
    }
    const gaps = `${unpriced === 0 ? "" : `; ${plural(unpriced, "thing")} unpriced`}${failed === 0 ? "" : "; without what failed"}`;
    const amount = priced(totals.fixed, unpriced);
    return totals.fixed === 0 && unpriced > 0 ? `${amount}${gaps}` : `${amount} a month before use${gaps}`;
}

/** A title and what is said of it, on one line. */
export function fact(title: string, text: string, colors: Colors): string {
    return `${heading(title, colors)} ${text}`;
}
