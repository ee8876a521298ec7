/** Fits blocks of Markdown into what a comment may have, whole lines alone, and says what was cut. */
import { size } from "./markdownText";

/** A piece of the comment: `head` and `tail` are whole or not there at all, of `lines` as many as fit. */
export interface Block {
    /** What a cut is called: `of the resources of prod-us`. */
    readonly what: string;
    readonly head: readonly string[];
    readonly lines: readonly string[];
    readonly tail: readonly string[];
    /** The line in place of what was cut, for blocks that can say it where it happened. */
    readonly more?: (lines: number) => string;
}

/** Kept back for saying what was cut. */
export const NOTICE = 1_500;

/** As much of a block as fits into `room`, whole lines alone; what does not is added to `cuts`. */
export function fit(block: Block, room: number, cuts: string[]): string[] {
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

/** Blocks that share what room there is: the smallest come whole, and the larger ones share what is then left. */
export function fitTogether(blocks: readonly Block[], room: number, cuts: string[]): string[] {
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

/** Says what was cut, itself within what is kept back for it. */
export function cutNotice(cuts: readonly string[], command: string): string[] {
    if (cuts.length === 0) {
        return [];
    }
    const notice = (told: readonly string[]): string[] => {
        const more = cuts.length - told.length;
        const list = more === 0 ? told.join(", ") : [...told, `${more} more`].join(", ");
        return [`Cut to fit into a comment: ${list}. <code>${command}</code> prints everything.`, ""];
    };
    let told = cuts;
    while (told.length > 0 && sizeOf(notice(told)) > NOTICE) {
        told = told.slice(0, -1);
    }
    return notice(told);
}

/** What lines take, their ends included. */
export function sizeOf(lines: readonly string[]): number {
    return lines.reduce((sum, line) => sum + size(line) + 1, 0);
}

function blockSize(block: Block): number {
    return sizeOf(block.head) + sizeOf(block.lines) + sizeOf(block.tail);
}
