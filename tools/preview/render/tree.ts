import pc from "picocolors";
import { type PreviewDocument, type StackPreview, type StepOp } from "../types";
import { type CostSummary, costOf, errorLines, policySummary } from "./findings";
import { type PlanNode, countOps, describeCounts, displayType, planTree, stacksOf } from "./plan";
import { policySections } from "./policies";
import { duration, pad, plural, printable, shorten, width } from "./text";
import { nameOf, typeOf } from "../urn";

/** How to print a tree. */
export interface TreeOptions {
    /** Whether to colour it. */
    readonly color: boolean;
    /** Columns of the terminal, to which names are shortened. Left out: nothing is shortened, as in a pipe. */
    readonly columns?: number;
    /** How long all took, in milliseconds. Left out: nothing is said of it. */
    readonly elapsed?: number;
    /** Whether to add each stack's configuration, and where a failed program failed. */
    readonly verbose?: boolean;
}

type Colors = ReturnType<typeof pc.createColors>;

interface Row {
    readonly op: StepOp;
    /** The lines that lead from the parent to this row. */
    readonly branches: string;
    readonly type: string;
    readonly name: string;
    readonly component: boolean;
}

/** Types and names stay recognisable down to these widths; below them the terminal wraps the line. */
const MIN_TYPE = 32;
const MIN_NAME = 24;

/** The preview as text, in the manner of `pulumi preview`: for each stack its tree, outputs and counts. */
export function renderTree(document: PreviewDocument, options: TreeOptions): string {
    const colors = pc.createColors(options.color);
    const stacks = stacksOf(document);
    const blocks = stacks.map(([name, preview]) => stackBlock(name, preview, options, colors));
    for (const [title, lines] of policySections(document, options.verbose === true, colors)) {
        blocks.push(section(title, lines, colors));
    }
    const facts = { policies: policySummary(document), cost: costOf(document) };
    const summary = summaryBlock(stacks, facts, options, colors);
    if (summary.length > 0) {
        blocks.push(summary);
    }
    return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function stackBlock(name: string, preview: StackPreview, options: TreeOptions, colors: Colors): string[] {
    const lines = [colors.bold(colors.magenta(`Previewing ${printable(name)}:`))];
    if (options.verbose === true) {
        lines.push(...section("Configuration:", propertyLines(preview.config), colors));
    }
    if (preview.steps.length > 0) {
        lines.push(...planLines(preview, options.columns, colors));
    }
    const diagnostics = diagnosticLines(preview, options.verbose === true, colors);
    if (diagnostics.length > 0) {
        lines.push("", ...section("Diagnostics:", diagnostics, colors));
    }
    if (preview.error === undefined) {
        if (Object.keys(preview.outputs).length > 0) {
            lines.push("", ...section("Outputs:", propertyLines(preview.outputs), colors));
        }
        lines.push("", ...section("Resources:", countLines(preview, colors), colors));
    }
    return lines;
}

function planLines(preview: StackPreview, columns: number | undefined, colors: Colors): string[] {
    const rows: Row[] = [];
    for (const root of planTree(preview)) {
        addRows(rows, root, "", "");
    }
    const [typeColumns, nameColumns] = fitColumns(rows, columns);
    return [
        `     ${colors.bold(pad("Type", typeColumns))}  ${colors.bold(pad("Name", nameColumns))}  ${colors.bold("Plan")}`,
        ...rows.map((row) => rowLine(row, typeColumns, nameColumns, colors)),
    ];
}

function addRows(rows: Row[], node: PlanNode, branches: string, below: string): void {
    rows.push({
        op: node.step.op,
        branches,
        type: printable(node.type),
        name: printable(node.name),
        component: !node.step.newState.custom,
    });
    node.children.forEach((child, index) => {
        const last = index === node.children.length - 1;
        addRows(rows, child, `${below}${last ? "└─ " : "├─ "}`, `${below}${last ? "   " : "│  "}`);
    });
}

/** Widths of the columns of types and names, so that rows fit into a terminal with as little as possible cut off. */
function fitColumns(rows: readonly Row[], columns: number | undefined): [number, number] {
    const typeWidths = rows.map((row) => width(row.branches) + width(row.type));
    const nameWidths = rows.map((row) => width(row.name));
    const types = Math.max(4, ...typeWidths);
    const names = Math.max(4, ...nameWidths);
    // Five columns for the sign before a row, two between each pair of columns, six for the longest plan, "create".
    const room = (columns ?? Infinity) - 5 - 2 - 2 - 6;
    if (types + names <= room) {
        return [types, names];
    }
    const lost = (widths: readonly number[], limit: number): number =>
        widths.reduce((sum, each) => sum + Math.max(0, each - limit), 0);
    const [minType, minName] = [Math.min(types, MIN_TYPE), Math.min(names, MIN_NAME)];
    let best: [number, number] = [minType, minName];
    let least = Infinity;
    for (let type = minType; type <= types && room - type >= minName; type += 1) {
        const name = Math.min(names, room - type);
        const loss = lost(typeWidths, type) + lost(nameWidths, name);
        if (loss < least) {
            [best, least] = [[type, name], loss];
        }
    }
    return best;
}

function rowLine(row: Row, typeColumns: number, nameColumns: number, colors: Colors): string {
    const type = shorten(row.type, typeColumns - width(row.branches));
    const fill = " ".repeat(Math.max(0, typeColumns - width(row.branches) - width(type)));
    const shownType = row.component ? colors.cyan(type) : type;
    const name = pad(shorten(row.name, nameColumns), nameColumns);
    return ` ${sign(row.op, colors)}   ${colors.dim(row.branches)}${shownType}${fill}  ${name}  ${paint(row.op, row.op, colors)}`;
}

function sign(op: StepOp, colors: Colors): string {
    return paint(op, op === "create" ? "+" : ">", colors);
}

function paint(op: StepOp, text: string, colors: Colors): string {
    return op === "create" ? colors.green(text) : colors.cyan(text);
}

function section(title: string, lines: readonly string[], colors: Colors): string[] {
    return [colors.bold(colors.magenta(title)), ...lines.map((line) => (line === "" ? "" : `    ${line}`))];
}

function countLines(preview: StackPreview, colors: Colors): string[] {
    const { create, read } = countOps([preview]);
    const lines = [paint("create", `+ ${create} to create`, colors)];
    if (read > 0) {
        lines.push(paint("read", `> ${read} to read`, colors));
    }
    return lines;
}

function diagnosticLines(preview: StackPreview, verbose: boolean, colors: Colors): string[] {
    const lines: string[] = [];
    const label = { error: colors.red("error: "), warning: colors.yellow("warning: "), info: "info: " };
    const add = (severity: keyof typeof label, message: readonly string[], urn: string | undefined): void => {
        const indent = urn === undefined ? "" : "    ";
        if (urn !== undefined) {
            lines.push(`${printable(displayType(typeOf(urn)))} (${printable(nameOf(urn))}):`);
        }
        message.forEach((line, index) => {
            lines.push(`${indent}${index === 0 ? label[severity] : "  "}${printable(line)}`);
        });
    };
    for (const { severity, message, urn } of preview.diagnostics) {
        add(severity, message.trimEnd().split(/\r?\n/), urn);
    }
    if (preview.error !== undefined) {
        add("error", errorLines(preview.error), preview.error.urn);
        if (verbose && preview.error.stack !== undefined) {
            lines.push(...preview.error.stack.split("\n").map((line) => colors.dim(printable(line))));
        }
    }
    return lines;
}

/** Properties one below the other, the colons aligned, as Pulumi prints a stack's outputs. */
function propertyLines(properties: Readonly<Record<string, unknown>>): string[] {
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
    // A masked secret is no string of the program's, so it has no quotation marks.
    return [
        value === "[secret]" ? value : value === undefined ? "undefined" : printable(JSON.stringify(value)),
    ];
}

function indent(lines: readonly string[]): string[] {
    return lines.map((line) => `    ${line}`);
}

/** What is said of all stacks together. */
interface Facts {
    readonly policies: string;
    readonly cost: CostSummary | undefined;
}

function summaryBlock(
    stacks: readonly [string, StackPreview][],
    { policies, cost }: Facts,
    options: TreeOptions,
    colors: Colors,
): string[] {
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
    if (policies !== "") {
        block.push(fact("Policies:", printable(policies), colors));
    }
    if (cost !== undefined) {
        block.push(fact("Cost:", `${cost.monthly.toFixed(2)} ${printable(cost.currency)} a month`, colors));
    }
    if (options.elapsed !== undefined) {
        block.push(fact("Duration:", duration(options.elapsed), colors));
    }
    if (block.at(-1) === "") {
        block.pop();
    }
    return block;
}

function fact(title: string, text: string, colors: Colors): string {
    return `${colors.bold(colors.magenta(title))} ${text}`;
}
