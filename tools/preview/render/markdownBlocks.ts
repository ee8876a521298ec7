import { type PreviewDocument, type StackPreview } from "../types";
import { nameOf, typeOf } from "../urn";
import { type PolicyFinding } from "../policies/findings";
import { toldOnce } from "./diagnostics";
import { errorLines, groupsOf, isMandatory, policySummary } from "./findings";
import { type Block } from "./markdownFit";
import { code, inline, preformatted } from "./markdownText";
import {
    type Part,
    type PlanNode,
    className,
    countOps,
    describeCounts,
    displayType,
    partsOf,
    planTree,
} from "./plan";
import { assumedMark, placeOf } from "./policies";
import { firstOf, plural, shorten } from "./text";

/** One name or one line; longer ones are cut in the middle. */
const NAME_LENGTH = 120;
const LINE_LENGTH = 500;

export function stackTable(stacks: readonly [string, StackPreview][]): Block {
    return {
        what: "stacks",
        head: ["| Stack | To create | To read | Result |", "|---|--:|--:|---|"],
        lines: stacks.map(([name, preview]) => {
            const { create, read } = countOps([preview]);
            const fine = warningsOf(preview);
            const result = preview.error === undefined ? fine : "<b>failed</b>";
            return `| ${label(name)} | ${create} | ${read} | ${result} |`;
        }),
        tail: [""],
    };
}

/** How many different warnings a stack has, and how often they came. */
function warningsOf({ diagnostics }: StackPreview): string {
    const warnings = toldOnce(diagnostics.filter(({ severity }) => severity === "warning"));
    const times = warnings.reduce((sum, warning) => sum + warning.times, 0);
    const often = times === warnings.length ? "" : ` (${times} times)`;
    return times === 0 ? "fine" : `${plural(warnings.length, "warning")}${often}`;
}

export function errorBlock(stacks: readonly [string, StackPreview][]): Block {
    const lines = stacks.flatMap(([name, { error }]) => {
        if (error === undefined) {
            return [];
        }
        const where =
            error.urn === undefined ? "" : `, ${displayType(typeOf(error.urn))} (${nameOf(error.urn)})`;
        return [
            `${shorten(`${name}${where}`, LINE_LENGTH)}:`,
            ...errorLines(error).map((line) => `    ${line}`),
        ];
    });
    return errorLinesBlock(lines);
}

/** What errors say, a line each. */
export function errorLinesBlock(lines: readonly string[]): Block {
    return {
        what: "lines of the errors",
        head: ["### Errors", "", "<pre>"],
        lines: lines.map(preLine),
        tail: ["</pre>", ""],
    };
}

/** A row of the table of policies. */
export function policyRow(finding: PolicyFinding): string {
    const resource = placeOf(finding);
    const said = `${finding.message}${assumedMark(finding)}`;
    const text = finding.fix === undefined ? said : `${said} Fix: ${finding.fix}`;
    const message = inline(shorten(text.replace(/\s+/g, " ").trim(), LINE_LENGTH));
    return `| ${levelOf(finding)} | ${label(finding.rule)} | ${resource === "" ? "" : label(resource)} | ${message} |`;
}

/** The head of the table of policies. */
export const POLICY_HEAD = ["| Level | Policy | Resource | What is wrong |", "|---|---|---|---|"];

/** Violations and waived ones, a row for each, and below them what is undecided. */
export function policyBlock(document: PreviewDocument): Block | undefined {
    const summary = policySummary(document);
    const shown = (["violation", "waived", "remediated"] as const).flatMap((status) =>
        groupsOf(document, status).flatMap(({ findings }) => findings),
    );
    if (summary === "" && shown.length === 0) {
        return undefined;
    }
    const undecided = groupsOf(document, "undecided").map(
        ({ first, findings }) => `${label(first.rule)} ${findings.length}`,
    );
    const table = shown.length === 0 ? [] : POLICY_HEAD;
    return {
        what: "policy findings",
        head: ["### Policies", "", ...(summary === "" ? [] : [`${summary}.`, ""]), ...table],
        lines: shown.map(policyRow),
        tail: [
            "",
            ...(undecided.length === 0
                ? []
                : [
                      "<details>",
                      "<summary>Undecided until <code>pulumi up</code>, by policy</summary>",
                      "",
                      firstOf(undecided, MOST_UNDECIDED),
                      "",
                      "</details>",
                      "",
                  ]),
        ],
    };
}

/** As many policies as the list of what is undecided may name. */
const MOST_UNDECIDED = 60;

function levelOf(finding: PolicyFinding): string {
    if (finding.status !== "violation") {
        return finding.status;
    }
    return isMandatory(finding) ? "<b>mandatory</b>" : inline(shorten(finding.level, NAME_LENGTH));
}

/** What every component makes, a column for each stack: components of the same name and type share a row. */
export function partTable(stacks: readonly [string, StackPreview][]): Block {
    const rows = new Map<string, { part: Part; counts: Map<string, number>; byType: Map<string, number> }>();
    for (const [stack, preview] of stacks) {
        for (const part of partsOf(preview)) {
            // What stands in a stack by itself shares one row, or a stack of loose resources would fill the table.
            const key = part.component ? `${part.type} ${part.name}` : "";
            const row = rows.get(key) ?? {
                part,
                counts: new Map<string, number>(),
                byType: new Map<string, number>(),
            };
            row.counts.set(stack, (row.counts.get(stack) ?? 0) + part.resources);
            for (const [type, count] of part.byType) {
                row.byType.set(type, (row.byType.get(type) ?? 0) + count);
            }
            rows.set(key, row);
        }
    }
    const columns = stacks.map(([name]) => name);
    const loose = rows.get("");
    if (loose !== undefined) {
        // Last, however early the first loose resource was made.
        rows.delete("");
        rows.set("", loose);
    }
    return {
        what: "components",
        head: [
            "### What each component makes",
            "",
            `| Component | Class |${columns.map((name) => ` ${label(name)} |`).join("")} Chiefly |`,
            `|---|---|${columns.map(() => "--:|").join("")}---|`,
        ],
        lines: [...rows].map(([key, { part, counts, byType }]) => {
            const names =
                key === ""
                    ? "directly in the stack | |"
                    : `${label(part.name)} | ${label(className(part.type))} |`;
            const cells = columns.map((stack) => ` ${counts.get(stack) ?? "–"} |`).join("");
            return `| ${names}${cells} ${chiefly(byType)} |`;
        }),
        tail: [""],
    };
}

/** The three types with the most resources. */
function chiefly(byType: ReadonlyMap<string, number>): string {
    const most = [...byType].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 3);
    return most
        .map(([type, count]) => `${count} ${inline(shorten(className(type), NAME_LENGTH))}`)
        .join(", ");
}

/** A name as code, cut in the middle where it is long. */
export function label(name: string): string {
    return code(shorten(name, NAME_LENGTH));
}

/** Lines that are folded away below their summary, which is Markdown already. */
export function foldedBlock(what: string, summary: string, lines: readonly string[]): Block {
    return {
        what,
        head: ["<details>", `<summary>${summary}</summary>`, "", "<pre>"],
        lines: lines.map(preLine),
        tail: ["</pre>", "", "</details>", ""],
        more: (left) => `  … ${left} more`,
    };
}

/** A line of a `<pre>` block. */
function preLine(line: string): string {
    return preformatted(shorten(line, LINE_LENGTH));
}

export function treeBlock(name: string, preview: StackPreview): Block {
    const lines: string[] = [];
    // Spaces instead of drawn branches, which cost three bytes a character.
    const add = (node: PlanNode, depth: number): void => {
        const sign = node.step.op === "create" ? "+" : ">";
        lines.push(`${sign} ${"  ".repeat(depth)}${node.type}  ${node.name}`);
        node.children.forEach((child) => {
            add(child, depth + 1);
        });
    };
    planTree(preview).forEach((root) => {
        add(root, 0);
    });
    return foldedBlock(
        `resources of ${label(name)}`,
        `${label(name)}: ${describeCounts(countOps([preview]))}`,
        lines,
    );
}
