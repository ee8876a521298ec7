/** A comparison as one pull-request comment. */
import {
    type Changes,
    type CostChange,
    type CostPair,
    isUntouched,
    type Loss,
    type PropertyChange,
    type RecoveryChange,
    type ResourceChange,
    type StackChanges,
} from "../against/changes";
import { type PreviewDocument } from "../types";
import { nameOf } from "../urn";
import {
    blockedTexts,
    changeLines,
    costMoves,
    costSentence,
    costTexts,
    describeChanges,
    isBlocked,
    lossesOf,
    lossText,
    resourceText,
    SIGNS,
    totalsText,
    valueLines,
    valueText,
} from "./changeLines";
import { isMandatory, policySummary, violationsOf } from "./findings";
import { LIMIT, MARKER } from "./markdown";
import { errorLinesBlock, foldedBlock, label, POLICY_HEAD, policyRow } from "./markdownBlocks";
import { alikeRecovery, fewLabels, labels, together } from "./markdownAlike";
import { type Block, fitComment } from "./markdownFit";
import { inline, size } from "./markdownText";
import { plural, shorten } from "./text";

/** What each part may take of the whole, at most: what matters most comes first, and details share what is left. */
const SHARE = {
    stacks: 0.2,
    losses: 0.3,
    errors: 0.15,
    policies: 0.15,
    recovery: 0.15,
    replaced: 0.15,
    kept: 0.05,
    notes: 0.03,
    cost: 0.1,
} as const;
/** A line is cut in the middle at this length. */
const LINE = 500;

/** The comment: verdict, totals and what loses data at any size, of the rest as much as there is room for. */
export function renderChangesMarkdown(
    document: PreviewDocument,
    changes: Changes,
    limit: number = LIMIT,
): string {
    const against = inline(shorten(changes.before, LINE));
    if (changes.empty && violationsOf(document).every((violation) => !isMandatory(violation))) {
        return `${MARKER}\n✅ Preview: nothing changes against ${against}.\n`;
    }
    const opening = [MARKER, `## ${verdictOf(document, changes)}`, "", `Against ${against}.`, ""];
    const details = changes.stacks.filter(({ resources }) => resources.length > 0).map(detailBlock);
    return fitComment(
        {
            opening,
            leading: leadingBlocks(document, changes, limit),
            rest: [...details, ...outputBlocks(changes.stacks)],
            command: `npm run preview -- --against ${inline("<ref>")} --tree`,
        },
        limit,
    );
}

/** What the comment says first. */
function verdictOf(document: PreviewDocument, changes: Changes): string {
    const failed = changes.stacks.filter(({ error }) => error?.side === "after");
    const mandatory = violationsOf(document).filter(isMandatory).length;
    const lost = lossesOf(changes.stacks);
    const counts = totalsText(changes);
    if (failed.length > 0) {
        return `❌ Preview: ${failed.length} of ${plural(changes.stacks.length, "stack")} failed`;
    }
    if (mandatory > 0) {
        return `❌ Preview: ${plural(mandatory, "mandatory policy violation")}; ${counts}`;
    }
    const unheld = lost.filter(({ loss }) => loss.outcome === "lost");
    const surely = unheld.filter(({ resource }) => resource.op !== "mayReplace").length;
    if (surely > 0) {
        return `🛑 Preview: data is lost with ${plural(surely, "resource")}; ${counts}`;
    }
    if (unheld.length > 0) {
        return `⚠️ Preview: data may be lost with ${plural(unheld.length, "resource")}; ${counts}`;
    }
    if (lost.length > 0) {
        return `⚠️ Preview: ${plural(lost.length, "resource")} with data to replace or delete; ${counts}`;
    }
    const worse = changes.recovery.filter(({ direction }) => direction === "worse").length;
    const warnings = [
        ...blockedTexts(changes.stacks),
        ...(worse > 0 ? [`recovery is worse in ${plural(worse, "respect")}`] : []),
    ];
    const failing = changes.stacks.some(({ error }) => error !== undefined);
    return `${warnings.length > 0 || failing ? "⚠️" : "✅"} Preview: ${[...warnings, counts].join("; ")}`;
}

function leadingBlocks(document: PreviewDocument, changes: Changes, limit: number): [number, Block][] {
    const blocks: [number, Block | undefined][] = [
        [SHARE.stacks, stackTable(changes.stacks)],
        [SHARE.losses, lossBlock(changes.stacks, limit)],
        [SHARE.errors, errorBlock(changes.stacks)],
        [SHARE.policies, policyBlock(document, changes)],
        [SHARE.cost, changes.cost === undefined ? undefined : costBlock(changes.cost)],
        [SHARE.recovery, recoveryBlock(changes.recovery)],
        [SHARE.replaced, replacedBlock(changes.stacks)],
        [SHARE.kept, keptBlock(changes.stacks)],
        [SHARE.notes, notesBlock(changes.notes)],
    ];
    return blocks.flatMap(([share, block]) =>
        block === undefined || block.lines.length + block.head.length === 0 ? [] : [[share, block]],
    );
}

function stackTable(stacks: readonly StackChanges[]): Block {
    const told = stacks.filter((stack) => !isUntouched(stack));
    return {
        what: "stacks",
        head: [
            "| Stack | Create | Update | Replace | May replace | Delete | Unchanged |",
            "|---|--:|--:|--:|--:|--:|--:|",
        ],
        lines: told.map(({ stack, counts, same, presence, error }) => {
            const mark = presence === "both" ? "" : presence === "new" ? " (new)" : " (gone)";
            const cells =
                error === undefined
                    ? [
                          counts.create,
                          counts.update,
                          counts.replace,
                          counts.mayReplace,
                          counts.delete,
                          same + counts.ignore,
                      ]
                    : ["<b>failed</b>", "", "", "", "", ""];
            return `| ${label(stack)}${mark} | ${cells.join(" | ")} |`;
        }),
        tail: [""],
    };
}

const MARKS: Readonly<Record<Loss["outcome"], string>> = { lost: "🛑", recoverable: "⚠️", refused: "🔒" };
/** So many names are in a line. */
const NAMES = 10;

/** What holds data, in as few words as name it all: what becomes of each is in the details. */
function namesOfLosses(losses: ReturnType<typeof lossesOf>): string[] {
    const groups = new Map<string, string[]>();
    for (const { stack, resource, loss } of losses) {
        const verb = { delete: "deleted", replace: "replaced", mayReplace: "perhaps replaced" }[
            resource.op as "delete" | "replace" | "mayReplace"
        ];
        const key = `- ${MARKS[loss.outcome]} ${label(stack)} ${verb}: `;
        groups.set(key, [...(groups.get(key) ?? []), inline(shorten(resource.name, 60))]);
    }
    return [...groups].flatMap(([key, names]) =>
        Array.from(
            { length: Math.ceil(names.length / NAMES) },
            (_, index) => key + names.slice(index * NAMES, (index + 1) * NAMES).join(", "),
        ),
    );
}

function lossBlock(stacks: readonly StackChanges[], limit: number): Block | undefined {
    const losses = lossesOf(stacks);
    if (losses.length === 0) {
        return undefined;
    }
    const whole = together(
        losses.map(({ stack, resource, loss }) => ({
            stack,
            mark: `- ${MARKS[loss.outcome]} `,
            text: inline(shorten(lossText(resource, loss), LINE)),
        })),
        labels,
    );
    return {
        what: "resources that hold data",
        head: ["### Data", ""],
        lines: size(whole.join("\n")) <= limit * SHARE.losses ? whole : namesOfLosses(losses),
        tail: [""],
        more: (count) => `- and ${count} more`,
    };
}

function errorBlock(stacks: readonly StackChanges[]): Block | undefined {
    const failed = stacks.flatMap(({ stack, error }) => (error === undefined ? [] : [{ stack, ...error }]));
    return failed.length === 0
        ? undefined
        : errorLinesBlock(
              failed.flatMap(({ stack, side, message }) => [
                  `${stack}${side === "before" ? ", on the other side" : ""}:`,
                  ...message.split("\n").map((line) => `    ${line}`),
              ]),
          );
}

function policyBlock(document: PreviewDocument, { policies }: Changes): Block | undefined {
    const { added, fixed, still, compared } = policies;
    const summary = policySummary(document);
    if (summary === "" && added.length + fixed.length + still.length === 0) {
        return undefined;
    }
    const counts = compared
        ? `${added.length} new, ${fixed.length} fixed, ${still.length} still there.`
        : "The other side ran other packs, so that nothing is said to be new or fixed.";
    const rows = [
        ...added.map((finding) => `| <b>new</b> ${policyRow(finding)}`),
        ...fixed.map((finding) => `| fixed ${policyRow(finding)}`),
        ...still
            .filter((finding) => !compared || isMandatory(finding))
            .map((finding) => `| still there ${policyRow(finding)}`),
    ];
    const [titles = "", columns = ""] = POLICY_HEAD;
    return {
        what: "policy findings",
        head: [
            "### Policies",
            "",
            counts,
            "",
            ...(rows.length === 0 ? [] : [`| Since ${titles}`, `|---${columns}`]),
        ],
        lines: rows,
        tail: rows.length === 0 ? [] : [""],
    };
}

function costBlock(cost: CostChange): Block {
    const row = (name: string, pair: CostPair): string => `| ${name} | ${costTexts(pair).join(" | ")} |`;
    const moved = costMoves(cost);
    const gaps = cost.unpriced.map(
        ({ name, reason }) =>
            `| ${inline(shorten(name, 120))} | | ${inline(shorten(`no price: ${reason}`, 200))} | |`,
    );
    return {
        what: "lines of cost",
        head: [
            "### Cost",
            "",
            `${costSentence(cost)}.`,
            "",
            ...(moved || gaps.length > 0 ? ["| | Before | After | Change |", "|---|--:|--:|--:|"] : []),
        ],
        lines: [
            ...Object.entries(cost.stacks)
                .filter(([, { before, after }]) => before !== after)
                .map(([stack, pair]) => row(label(stack), pair)),
            ...cost.items.map(({ stack, name, ...pair }) =>
                row(`${label(stack)} ${inline(shorten(name, 120))}`, pair),
            ),
            ...gaps,
        ],
        tail: moved || gaps.length > 0 ? [""] : [],
    };
}

function recoveryBlock(recovery: readonly RecoveryChange[]): Block | undefined {
    if (recovery.length === 0) {
        return undefined;
    }
    const marks = { worse: "🔻", better: "🔺", different: "" };
    return {
        what: "changes of recovery",
        head: ["### Recovery", "", "| | Stack | What | Before | After |", "|---|---|---|---|---|"],
        lines: alikeRecovery(recovery).map(
            ({ stacks, what, before, after, direction }) =>
                `| ${marks[direction]} | ${fewLabels(stacks)} | ${inline(shorten(what, 160))} | ${inline(shorten(before, 120))} | ${inline(shorten(after, 120))} |`,
        ),
        tail: [""],
    };
}

/** What is replaced and holds no data, with what follows, and what is new and cannot be made. */
function replacedBlock(stacks: readonly StackChanges[]): Block | undefined {
    const told = stacks.flatMap(({ stack, resources }) =>
        resources
            .filter((resource) => resource.loss === undefined && isToldAlone(resource))
            .map((resource) => ({ stack, resource })),
    );
    const lines = together(
        [true, false].flatMap((blocked) =>
            told
                .filter(({ resource }) => isBlocked(resource) === blocked)
                .map(({ stack, resource }) => ({
                    stack,
                    mark: "- ",
                    text: inline(shorten(replacedText(resource), LINE)),
                })),
        ),
        fewLabels,
    );
    return lines.length === 0
        ? undefined
        : {
              what: "replacements",
              head: ["### Replacements", ""],
              lines,
              tail: [""],
              more: (count) => `- and ${count} more`,
          };
}

/** Whether a replacement is told by itself: one that is made for another's sake alone is told with that one. */
function isToldAlone(resource: ResourceChange): boolean {
    const { op, properties, consequences } = resource;
    if (op === "create") {
        return consequences.length > 0;
    }
    return (
        (op === "replace" || op === "mayReplace") &&
        (isBlocked(resource) ||
            properties.some(
                ({ verdict, because }) =>
                    because === undefined && (verdict === "replaces" || verdict === "mayReplace"),
            ))
    );
}

function replacedText(resource: ResourceChange): string {
    const { op, reason, consequences, dependents } = resource;
    const verb = op === "create" ? "is new" : op === "replace" ? "is replaced" : "may be replaced";
    const said = [
        ...(reason === "" ? [] : [reason]),
        ...consequences.filter(({ kind }) => kind !== "createBeforeDelete").map(({ text }) => text),
        ...(dependents.length === 0
            ? []
            : [
                  `with it change ${dependents.length <= 3 ? dependents.map(nameOf).join(", ") : plural(dependents.length, "resource")}`,
              ]),
    ];
    return `${resourceText(resource)} ${verb}: ${said.join("; ")}`;
}

/** What the program asks for and does not get. */
function keptBlock(stacks: readonly StackChanges[]): Block | undefined {
    const lines = together(
        stacks.flatMap(({ stack, resources }) =>
            resources.flatMap((resource) =>
                resource.properties
                    .filter(({ verdict }) => verdict === "ignored")
                    .map((change) => ({
                        stack,
                        mark: "- ",
                        text: inline(
                            shorten(
                                `${resourceText(resource)} keeps ${change.path} ${keptText(change)}: ignoreChanges`,
                                LINE,
                            ),
                        ),
                    })),
            ),
        ),
        fewLabels,
    );
    return lines.length === 0
        ? undefined
        : {
              what: "properties that are kept",
              head: ["### Asked for, and kept as it is", ""],
              lines,
              tail: [""],
          };
}

function keptText({ kind, before, after }: PropertyChange): string {
    return kind === "secret"
        ? "as it is, a secret"
        : `${valueText(before)} and does not get ${valueText(after)}`;
}

function notesBlock(notes: readonly string[]): Block | undefined {
    return notes.length === 0
        ? undefined
        : {
              what: "notes",
              head: [],
              lines: notes.map((note) => `- ${inline(shorten(note, LINE))}`),
              tail: [""],
          };
}

/** A stack's changes, folded. */
function detailBlock(stack: StackChanges): Block {
    const name = label(stack.stack);
    return foldedBlock(
        `changes of ${name}`,
        `${name}: ${describeChanges(stack.counts)}`,
        changeLines(stack).map(
            ({ op, depth, text, signed }) => `${signed ? SIGNS[op] : " "} ${"  ".repeat(depth)}${text}`,
        ),
    );
}

/** What stacks are told and what they tell, folded. */
function outputBlocks(stacks: readonly StackChanges[]): Block[] {
    return stacks
        .filter(({ outputs, config }) => outputs.length + config.length > 0)
        .map((changes) =>
            foldedBlock(
                `values of ${label(changes.stack)}`,
                `${label(changes.stack)}: configuration and outputs`,
                valueLines(changes),
            ),
        );
}
