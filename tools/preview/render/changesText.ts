/** A comparison on the terminal: by component what becomes of it, and with `--tree` every property. */
import pc from "picocolors";
import {
    type ChangeOp,
    type Changes,
    CHANGE_OPS,
    type PropertyChange,
    type ResourceChange,
    type StackChanges,
} from "../against/changes";
import { reasonOf } from "../against/reason";
import { type PreviewDocument } from "../types";
import { nameOf, typeOf } from "../urn";
import {
    type Colors,
    configurationBlock,
    diagnosticsBlock,
    heading,
    printed,
    section,
    type TerminalOptions,
} from "./blocks";
import {
    blockedTexts,
    changeLines,
    costSentence,
    costTexts,
    describeChanges,
    lossesOf,
    lossText,
    obstaclesOf,
    resourceText,
    SIGNS,
    toldApart,
    totalsText,
    valueLines,
} from "./changeLines";
import { className, displayType } from "./plan";
import { policySummary } from "./findings";
import { policySections } from "./policies";
import { duration, plural, printable } from "./text";

/** More resources of a component than this are counted. */
const MOST_NAMED = 4;

/** The comparison: stack by stack, then what is lost, policies, cost and recovery, and what all comes to. */
export function renderChanges(
    document: PreviewDocument,
    changes: Changes,
    options: TerminalOptions,
    tree: boolean,
): string {
    const colors = pc.createColors(options.color);
    const blocks = [
        ...changes.stacks.map((stack) => {
            const preview = document.stacks[stack.stack];
            return [
                titleOf(stack, colors),
                ...otherSidesError(stack),
                ...(preview === undefined ? [] : configurationBlock(preview, options, colors)),
                ...(tree ? treeLines(stack, colors) : partLines(stack, colors)),
                ...(preview === undefined ? [] : diagnosticsBlock(preview, options, colors)),
            ];
        }),
        ...closingBlocks(document, changes, options, colors),
        [
            ...changes.notes.map(printable),
            changes.empty
                ? `Nothing changes against ${printable(changes.before)}.`
                : `Against ${printable(changes.before)}: ${colors.bold([...blockedTexts(changes.stacks), totalsText(changes)].join("; "))}.`,
            ...(options.elapsed === undefined ? [] : [`Duration: ${duration(options.elapsed)}`]),
            ...(tree || changes.empty ? [] : ["Add --tree for every resource and property."]),
        ],
    ];
    return printed(blocks, options);
}

function titleOf({ stack, presence, error, counts }: StackChanges, colors: Colors): string {
    const said =
        error !== undefined
            ? colors.red(`${error.side === "before" ? "the other side " : ""}failed`)
            : `${presence === "new" ? "new: " : presence === "gone" ? "gone: " : ""}${describeChanges(counts)}`;
    return `${heading(`Comparing ${printable(stack)}:`, colors)} ${said}`;
}

/** Why the other side failed; of this one the diagnostics say it. */
function otherSidesError({ error }: StackChanges): string[] {
    return error?.side === "before"
        ? error.message
              .trimEnd()
              .split(/\r?\n/)
              .map((line) => `    ${printable(line)}`)
        : [];
}

const PAINT: Readonly<Record<ChangeOp, (colors: Colors, text: string) => string>> = {
    create: (colors, text) => colors.green(text),
    delete: (colors, text) => colors.red(text),
    replace: (colors, text) => colors.magenta(text),
    mayReplace: (colors, text) => colors.magenta(text),
    update: (colors, text) => colors.yellow(text),
    forget: (colors, text) => colors.cyan(text),
    read: (colors, text) => colors.cyan(text),
    ignore: (colors, text) => colors.dim(text),
};

/** Every resource with its properties. */
function treeLines(stack: StackChanges, colors: Colors): string[] {
    return [
        ...changeLines(stack).map(
            ({ op, depth, text, signed }) =>
                ` ${signed ? PAINT[op](colors, SIGNS[op]) : " "}   ${"  ".repeat(depth)}${printable(text)}`,
        ),
        ...valueLines(stack).map((text) => `     ${printable(text)}`),
    ];
}

/** A row for each component that changes, and below it what becomes of which of its resources. */
function partLines(stack: StackChanges, colors: Colors): string[] {
    const { config, outputs } = stack;
    const { alike, others } = toldApart(stack);
    const parts = new Map<string, ResourceChange[]>();
    for (const { resource, own } of others) {
        parts.set(resource.part, [
            ...(parts.get(resource.part) ?? []),
            { ...resource, reason: wholeReason(resource, own) },
        ]);
    }
    const values = [
        ...(config.length > 0 ? [`configuration: ${config.map(({ path }) => path).join(", ")}`] : []),
        ...(outputs.length > 0 ? [`outputs: ${outputs.map(({ path }) => path).join(", ")}`] : []),
    ];
    return [
        ...alike.map(({ op, text }) => ` ${PAINT[op](colors, SIGNS[op])}   ${printable(text)}`),
        ...[...parts].flatMap(([part, changed]) => [
            ` ${sign(changed, colors)}   ${printable(`${className(displayType(typeOf(part)))} ${nameOf(part)}`)}`,
            ...CHANGE_OPS.flatMap((op) =>
                opLines(
                    op,
                    changed.filter((each) => each.op === op),
                    part,
                    colors,
                ),
            ),
        ]),
        ...values.map((text) => `     ${printable(text)}`),
    ];
}

/** Why a resource changes, what of it does not though the program asks for it, and what stands in the way. */
function wholeReason(resource: ResourceChange, own: readonly PropertyChange[]): string {
    const { op, reason } = resource;
    const kept = own.filter(({ verdict }) => verdict === "ignored").map(({ path }) => path);
    return [
        // What many have alike has been said, and is no reason to name a resource again.
        op === "update" ? reasonOf(own.filter(({ verdict }) => verdict === "updates")) : reason,
        op === "ignore" || kept.length === 0 ? "" : `keeps ${kept.join(", ")} by ignoreChanges`,
        ...obstaclesOf(resource),
    ]
        .filter((text) => text !== "")
        .join("; ");
}

function sign(changed: readonly ResourceChange[], colors: Colors): string {
    const ops = new Set(changed.map(({ op }) => op));
    const [only] = ops;
    return only !== undefined && ops.size === 1 ? PAINT[only](colors, SIGNS[only]) : colors.yellow("~");
}

function opLines(op: ChangeOp, resources: readonly ResourceChange[], part: string, colors: Colors): string[] {
    const grave = op === "delete" || op === "replace" || op === "mayReplace";
    const byReason = new Map<string, ResourceChange[]>();
    for (const resource of resources) {
        byReason.set(resource.reason, [...(byReason.get(resource.reason) ?? []), resource]);
    }
    return [...byReason].flatMap(([reason, alike]) => {
        const why = reason === "" ? "" : `: ${reason}`;
        const many = alike.length > MOST_NAMED && !grave;
        const names = many
            ? [`${plural(alike.length, "resource")}${why}`]
            : alike.map((resource) =>
                  resource.urn === part ? `itself${why}` : `${resourceText(resource)}${why}`,
              );
        return names.map((text) => `       ${PAINT[op](colors, wordOf(op))} ${printable(text)}`);
    });
}

function wordOf(op: ChangeOp): string {
    return op === "mayReplace" ? "may replace" : op === "ignore" ? "keeps" : op;
}

/** What is lost, what the policies say, what it costs, and what becomes of recovery. */
function closingBlocks(
    document: PreviewDocument,
    { stacks, policies, recovery, cost }: Changes,
    options: TerminalOptions,
    colors: Colors,
): string[][] {
    const { added, fixed, still, compared } = policies;
    const counts = `${added.length} new, ${fixed.length} fixed, ${still.length} still there`;
    const blocks: string[][] = [];
    const add = (title: string, lines: readonly string[]): void => {
        if (lines.length > 0) {
            blocks.push(section(title, lines, colors));
        }
    };
    add(
        "Data:",
        lossesOf(stacks).map(
            ({ stack, resource, loss }) => `${printable(stack)}: ${printable(lossText(resource, loss))}`,
        ),
    );
    for (const [title, lines] of policySections(
        { ...document, policies: added },
        options.verbose === true,
        colors,
    )) {
        add(`New ${title.charAt(0).toLowerCase()}${title.slice(1)}`, lines);
    }
    const summary = policySummary(document);
    add("Policies:", [
        ...(summary === "" ? [] : [printable(summary)]),
        ...(compared && added.length + fixed.length + still.length > 0 ? [counts] : []),
    ]);
    add(
        "Cost:",
        cost === undefined
            ? []
            : [
                  costSentence(cost),
                  ...cost.items.map(({ stack, name, ...pair }) => {
                      const [before, after, change] = costTexts(pair);
                      const told = pair.partly === undefined ? change : `${before} → ${after}`;
                      return `${printable(`${stack} ${name}`)}: ${told}`;
                  }),
                  ...cost.unpriced.map(({ name, reason }) => printable(`${name}: no price: ${reason}`)),
              ],
    );
    add(
        "Recovery:",
        recovery.map(({ stack, what, before, after, direction }) => {
            const text = printable(`${direction}: ${stack}: ${what}: ${before} → ${after}`);
            return direction === "worse" ? colors.red(text) : text;
        }),
    );
    return blocks;
}
