import { type PreviewDocument, type StackPreview, type StepOp } from "../types";
import {
    type Colors,
    configurationBlock,
    diagnosticsBlock,
    fact,
    heading,
    renderBlocks,
    sign,
    type TerminalOptions,
} from "./blocks";
import { countedKinds, factsOf, NOTE_KINDS, type Note, notesOf, type StackFacts } from "./notable";
import { className, countOps, describeCounts, displayType, type Part, partsOf } from "./plan";
import { pad, printable, shorten, width, wrap } from "./text";

/** Columns of the widest heading of a note. */
const LABEL_COLUMNS = Math.max(...NOTE_KINDS.map(width));

/** Columns before a note's text: those of a row's sign, of two spaces more, and of the label. */
const NOTE_INDENT = 7 + LABEL_COLUMNS + 2;

/** A name is not shortened below this. */
const MIN_NAME = 8;

/** More resources than this, directly in a stack, are counted instead of named. */
const MOST_NAMED = 6;

interface Row {
    /** False for what stands in the stack by itself. */
    readonly component: boolean;
    readonly op: StepOp;
    readonly type: string;
    readonly name: string;
    readonly count: string;
    readonly notes: readonly Note[];
}

/**
 * The preview as a reviewer reads it first: for each stack its components, how many resources each makes, and what of
 * them is worth a look: ways in from the internet, data and whether it is protected, what costs by the hour, secrets,
 * roles, and what lies in another region.
 */
export function renderSummary(document: PreviewDocument, options: TerminalOptions): string {
    return renderBlocks(
        document,
        options,
        (name, preview, colors) => stackBlock(name, preview, options, colors),
        [
            "Add --tree for every resource and output.",
            ...(options.anyProject === true
                ? []
                : ["npm run preview:live compares with what exists: changes and replacements."]),
        ],
    );
}

function stackBlock(name: string, preview: StackPreview, options: TerminalOptions, colors: Colors): string[] {
    const facts = factsOf(preview);
    const where = facts.region === undefined ? "" : ` (${printable(facts.region)})`;
    const counts = preview.error === undefined ? ` ${describeCounts(countOps([preview]))}` : " failed";
    const lines = [
        `${heading(`Previewing ${printable(name)}${where}:`, colors)}${preview.error === undefined ? counts : colors.red(counts)}`,
        ...configurationBlock(preview, options, colors),
    ];
    const rows = rowsOf(partsOf(preview), facts);
    if (rows.length > 0) {
        lines.push(...tableLines(rows, options.columns, colors));
    }
    lines.push(...diagnosticsBlock(preview, options, colors));
    const outputs = Object.keys(preview.outputs);
    if (preview.error === undefined && outputs.length > 0) {
        lines.push("", fact("Outputs:", outputs.map(printable).join(", "), colors));
    }
    return lines;
}

/** A row for each component, in the order of the program, and last one for what stands in the stack by itself. */
function rowsOf(parts: readonly Part[], facts: StackFacts): Row[] {
    const rows: Row[] = parts
        .filter(({ component }) => component)
        .map((part) => ({
            component: true,
            op: "create",
            type: printable(className(displayType(part.type))),
            name: printable(part.name),
            count: String(part.resources),
            notes: notesOf(part.steps, facts),
        }));
    const loose = parts.filter(({ component }) => !component);
    const steps = loose.flatMap((part) => part.steps);
    if (loose.length > 0) {
        rows.push({
            component: false,
            op: steps.every(({ op }) => op === "read") ? "read" : "create",
            type: "directly in the stack",
            name: "",
            count: String(loose.reduce((sum, { resources }) => sum + resources, 0)),
            notes: [{ kind: "makes", text: named(loose), warning: false }, ...notesOf(steps, facts)],
        });
    }
    return rows;
}

/** Resources by name, or by kind where there are too many to name. */
function named(parts: readonly Part[]): string {
    return parts.length <= MOST_NAMED
        ? parts.map(({ type, name }) => `${className(displayType(type))} ${name}`).join(", ")
        : countedKinds(parts.flatMap(({ steps }) => steps));
}

function tableLines(rows: readonly Row[], columns: number | undefined, colors: Colors): string[] {
    const counts = Math.max(width("Resources"), ...rows.map(({ count }) => width(count)));
    const components = rows.filter(({ component }) => component);
    let types = Math.max(width("Component"), ...components.map(({ type }) => width(type)));
    let names = Math.max(width("Name"), ...components.map(({ name }) => width(name)));
    const room = (columns ?? Infinity) - 5 - 2 - 2 - counts;
    if (types + names > room) {
        names = Math.max(MIN_NAME, Math.min(names, room - types));
        types = Math.max(MIN_NAME, Math.min(types, room - names));
    }
    const line = (type: string, name: string, count: string): string =>
        `${type}  ${name}  ${" ".repeat(counts - width(count))}${count}`;
    const head = `     ${line(pad("Component", types), pad("Name", names), "Resources")}`;
    return [
        colors.bold(head),
        ...rows.flatMap(({ component, op, type, name, count, notes }) => {
            const shown = component
                ? line(colors.cyan(pad(shorten(type, types), types)), pad(shorten(name, names), names), count)
                : line(pad(shorten(type, types + names), types + names), "", count);
            return [
                ` ${sign(op, colors)}   ${shown}`,
                ...notes.flatMap((note) => noteLines(note, columns, colors)),
            ];
        }),
    ];
}

function noteLines({ kind, text, warning }: Note, columns: number | undefined, colors: Colors): string[] {
    const label = pad(kind, LABEL_COLUMNS);
    const indent = " ".repeat(NOTE_INDENT);
    return wrap(`${indent}${printable(text)}`, columns).map((line, index) => {
        const said = line.slice(Math.min(NOTE_INDENT, /^ */.exec(line)?.[0].length ?? 0));
        const before = index === 0 ? `       ${colors.dim(label)}  ` : indent;
        return `${before}${warning ? colors.yellow(said) : said}`;
    });
}
