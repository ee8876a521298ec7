import { type PreviewDocument, type StackPreview } from "../types";
import { isMandatory, violationsOf } from "./findings";
import { type Block, errorBlock, partTable, policyBlock, stackTable, treeBlock } from "./markdownBlocks";
import { size } from "./markdownText";
import { countOps, describeCounts, stacksOf } from "./plan";
import { plural } from "./text";

/** The comment's first line, by which the next run finds it. preview-comment.yml looks for the same. */
export const MARKER = "<!-- meridian-preview -->";

/**
 * The most that a comment may have. GitHub counts characters ("body is too long (maximum is 65536 characters)"); we
 * count bytes, of which there are at least as many, so that no way of counting can be exceeded.
 */
export const LIMIT = 65_536;

/** What each part may take of the whole, at most; the trees of the stacks share what is left. */
const SHARE = { stacks: 0.2, errors: 0.25, policies: 0.2, parts: 0.2 } as const;
/** Kept back for saying what was cut. */
const NOTICE = 1_500;

/**
 * The preview as one pull-request comment for all stacks: verdict, counts, errors, what is made by component, and
 * each stack's tree folded away. Never above `limit`, and it says what it left out.
 */
export function renderMarkdown(document: PreviewDocument, limit: number = LIMIT): string {
    const stacks = stacksOf(document);
    const opening = [MARKER, `## ${verdict(document, stacks)}`, ""];
    const cuts: string[] = [];
    let left = limit - sizeOf(opening) - NOTICE;

    const body: string[] = [];
    for (const [share, block] of leadingBlocks(document, stacks)) {
        const lines = fit(block, Math.min(left, Math.floor(limit * share)), cuts);
        body.push(...lines);
        left -= sizeOf(lines);
    }
    body.push(...fitTrees(stacks, left, cuts));
    return [...opening, ...cutNotice(cuts), ...body].join("\n").trimEnd() + "\n";
}

function verdict(document: PreviewDocument, stacks: readonly [string, StackPreview][]): string {
    const previews = stacks.map(([, preview]) => preview);
    const failed = previews.filter(({ error }) => error !== undefined).length;
    const mandatory = violationsOf(document).filter(isMandatory).length;
    if (failed > 0) {
        return `❌ Preview: ${failed} of ${plural(stacks.length, "stack")} failed`;
    }
    if (mandatory > 0) {
        return `❌ Preview: ${plural(mandatory, "mandatory policy violation")}`;
    }
    return `✅ Preview: ${describeCounts(countOps(previews))} in ${plural(stacks.length, "stack")}`;
}

function leadingBlocks(
    document: PreviewDocument,
    stacks: readonly [string, StackPreview][],
): [number, Block][] {
    const blocks: [number, Block][] = [[SHARE.stacks, stackTable(stacks)]];
    const errors = errorBlock(stacks);
    const policies = policyBlock(document);
    const parts = partTable(stacks);
    if (errors.lines.length > 0) {
        blocks.push([SHARE.errors, errors]);
    }
    if (policies !== undefined) {
        blocks.push([SHARE.policies, policies]);
    }
    if (parts.lines.length > 0) {
        blocks.push([SHARE.parts, parts]);
    }
    return blocks;
}

/** Every stack's tree, folded. The smallest come whole, and the larger ones share what is then left. */
function fitTrees(stacks: readonly [string, StackPreview][], room: number, cuts: string[]): string[] {
    const blocks = stacks
        .filter(([, { steps }]) => steps.length > 0)
        .map(([name, preview]) => treeBlock(name, preview));
    const rendered = new Map<Block, string[]>();
    const smallestFirst = [...blocks].sort((a, b) => blockSize(a) - blockSize(b));
    const cutsOf = new Map<Block, string[]>();
    let left = room;
    smallestFirst.forEach((block, index) => {
        const cut: string[] = [];
        const lines = fit(block, Math.floor(left / (smallestFirst.length - index)), cut);
        rendered.set(block, lines);
        cutsOf.set(block, cut);
        left -= sizeOf(lines);
    });
    cuts.push(...blocks.flatMap((block) => cutsOf.get(block) ?? []));
    return blocks.flatMap((block) => rendered.get(block) ?? []);
}

/** As much of a block as fits into `room`, whole lines alone; what does not is added to `cuts`. */
function fit(block: Block, room: number, cuts: string[]): string[] {
    const { lines, head, tail, what, more } = block;
    const frame = room - sizeOf(head) - sizeOf(tail);
    if (frame >= sizeOf(lines)) {
        return [...head, ...lines, ...tail];
    }
    let left = frame - (more === undefined ? 0 : sizeOf([more(lines.length)]));
    let count = 0;
    for (const line of lines) {
        left -= sizeOf([line]);
        if (left < 0) {
            break;
        }
        count += 1;
    }
    if (count === 0) {
        cuts.push(`${lines.length} of ${lines.length} ${what}`);
        return [];
    }
    cuts.push(`${lines.length - count} of ${lines.length} ${what}`);
    return [
        ...head,
        ...lines.slice(0, count),
        ...(more === undefined ? [] : [more(lines.length - count)]),
        ...tail,
    ];
}

/** Says what was cut, itself within what is kept back for it. */
function cutNotice(cuts: readonly string[]): string[] {
    if (cuts.length === 0) {
        return [];
    }
    const notice = (told: readonly string[]): string[] => {
        const more = cuts.length - told.length;
        const list = more === 0 ? told.join(", ") : [...told, `${more} more`].join(", ");
        return [`Cut to fit into a comment: ${list}. <code>npm run preview</code> prints everything.`, ""];
    };
    let told = cuts;
    while (told.length > 0 && sizeOf(notice(told)) > NOTICE) {
        told = told.slice(0, -1);
    }
    return notice(told);
}

function sizeOf(lines: readonly string[]): number {
    return lines.reduce((sum, line) => sum + size(line) + 1, 0);
}

function blockSize(block: Block): number {
    return sizeOf(block.head) + sizeOf(block.lines) + sizeOf(block.tail);
}
