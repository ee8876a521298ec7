import { type PreviewDocument, type StackPreview, type StepOp } from "../types";
import {
    type Colors,
    configurationBlock,
    diagnosticsBlock,
    heading,
    paint,
    propertyLines,
    renderBlocks,
    section,
    sign,
    type TerminalOptions,
} from "./blocks";
import { type PlanNode, countOps, planTree } from "./plan";
import { pad, printable, shorten, width } from "./text";

interface Row {
    readonly op: StepOp;
    /** The lines that lead from the parent to this row. */
    readonly branches: string;
    readonly type: string;
    readonly name: string;
    readonly component: boolean;
}

/** Types and names stay recognisable down to these widths; below them both give way alike. */
const MIN_TYPE = 32;
const MIN_NAME = 24;

/** The preview as text, in the manner of `pulumi preview`: for each stack its tree, outputs and counts. */
export function renderTree(document: PreviewDocument, options: TerminalOptions): string {
    return renderBlocks(document, options, (name, preview, colors) =>
        stackBlock(name, preview, options, colors),
    );
}

function stackBlock(name: string, preview: StackPreview, options: TerminalOptions, colors: Colors): string[] {
    const lines = [
        heading(`Previewing ${printable(name)}:`, colors),
        ...configurationBlock(preview, options, colors),
    ];
    if (preview.steps.length > 0) {
        lines.push(...planLines(preview, options.columns, colors));
    }
    lines.push(...diagnosticsBlock(preview, options, colors));
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
    if (minType + minName > room) {
        const type = Math.max(4, Math.ceil(room / 2));
        return [type, Math.max(4, room - type)];
    }
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
    // A row that is too deep for its column shows how deep it is, and what of its type there is still room for.
    const branches = row.branches.slice(0, Math.max(0, typeColumns - 1));
    const type = shorten(row.type, typeColumns - width(branches));
    const fill = " ".repeat(Math.max(0, typeColumns - width(branches) - width(type)));
    const shownType = row.component ? colors.cyan(type) : type;
    const name = pad(shorten(row.name, nameColumns), nameColumns);
    return ` ${sign(row.op, colors)}   ${colors.dim(branches)}${shownType}${fill}  ${name}  ${paint(row.op, row.op, colors)}`;
}

function countLines(preview: StackPreview, colors: Colors): string[] {
    const { create, read } = countOps([preview]);
    const lines = [paint("create", `+ ${create} to create`, colors)];
    if (read > 0) {
        lines.push(paint("read", `> ${read} to read`, colors));
    }
    return lines;
}
