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
const NOTICE = 1_500;

/** A comment before it is cut. */
export interface Comment {
    readonly opening: readonly string[];
    /** What comes first, each with the part of the whole that it may take at most. */
    readonly leading: readonly (readonly [share: number, block: Block])[];
    /** What shares the room that is then left. */
    readonly rest: readonly Block[];
    /** The command that prints everything. */
    readonly command: string;
}

/** The comment with as much of its blocks as fits into `limit`, and what was cut. */
export function fitComment({ opening, leading, rest, command }: Comment, limit: number): string {
    const cuts: string[] = [];
    let left = limit - sizeOf(opening) - NOTICE;
    const body: string[] = [];
    for (const [share, block] of leading) {
        const lines = fit(block, Math.min(left, Math.floor(limit * share)), cuts);
        body.push(...lines);
        left -= sizeOf(lines);
    }
    body.push(...fitTogether(rest, left, cuts));
    return [...opening, ...cutNotice(cuts, command), ...body].join("\n").trimEnd() + "\n";
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

/** Blocks that share what room there is: the smallest come whole, and the larger ones share what is then left. */
function fitTogether(blocks: readonly Block[], room: number, cuts: string[]): string[] {
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
function cutNotice(cuts: readonly string[], command: string): string[] {
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
function sizeOf(lines: readonly string[]): number {
    return lines.reduce((sum, line) => sum + size(line) + 1, 0);
}

function blockSize(block: Block): number {
    return sizeOf(block.head) + sizeOf(block.lines) + sizeOf(block.tail);
}
