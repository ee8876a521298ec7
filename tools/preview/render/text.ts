/**
 * Code points that a terminal gives two columns: East Asian wide and full-width characters (Unicode Standard Annex
 * #11), and emoji.
 */
const WIDE =
    /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Code points that take no column: marks that combine with what is before them, and marks of formatting. */
const NARROWEST = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** What is measured at a time: a code point, or a change of colour, which takes no column. */
const CHARACTER = /\u001b\[\d+m|[^]/gu;
/** Asks for the picture of the character before it, for which most terminals take a second column. */
const PICTURE = "\ufe0f";

/**
 * The number of columns that a terminal takes for a text. Where terminals differ, as for pictures that are joined of
 * several, it is the larger number: a line is then too short rather than too long.
 */
export function width(text: string): number {
    return charactersOf(text).reduce((columns, character) => columns + widthOf(character), 0);
}

function charactersOf(text: string): string[] {
    return text.match(CHARACTER) ?? [];
}

function widthOf(character: string): number {
    if (character.startsWith("\u001b[")) {
        return 0;
    }
    if ((character >= " " && character <= "~") || character === PICTURE) {
        return 1;
    }
    return NARROWEST.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}

/** Fills up with spaces on the right. */
export function pad(text: string, columns: number): string {
    return text + " ".repeat(Math.max(0, columns - width(text)));
}

/** Cuts off the end, so that it takes at most `columns` columns. */
export function clip(text: string, columns: number): string {
    return take(charactersOf(text), columns).join("");
}

/** Cuts off the end, so that so many characters are left, the sign that something is cut included. */
export function cutOff(text: string, characters: number): string {
    return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}

/** Cuts out the middle, where names differ least, so that it takes at most `columns` columns. */
export function shorten(text: string, columns: number): string {
    if (width(text) <= columns) {
        return text;
    }
    if (columns < 1) {
        return "";
    }
    const kept = columns - 1;
    const front = take(charactersOf(text), Math.ceil(kept / 2));
    const back = take(charactersOf(text).reverse(), kept - Math.ceil(kept / 2));
    return `${front.join("")}…${back.reverse().join("")}`;
}

/** As many of the first characters as `columns` columns have room for. */
function take(characters: readonly string[], columns: number): string[] {
    let left = columns;
    const taken: string[] = [];
    for (const character of characters) {
        left -= widthOf(character);
        if (left < 0) {
            break;
        }
        taken.push(character);
    }
    return taken;
}

/** Fewer columns than this beside an indent are no room for words: then the indent gives way. */
const LEAST_ROOM = 16;

/**
 * Breaks a line between words, or inside a word that is too long for a line, so that it takes at most `columns` columns.
 * The lines after the first are indented like the first one, and by `hang` more. Undefined breaks nothing.
 */
export function wrap(line: string, columns: number | undefined, hang = 0): string[] {
    if (columns === undefined || width(line) <= columns) {
        return [line];
    }
    const room = Math.max(2, columns);
    const least = Math.max(0, room - LEAST_ROOM);
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const rest = " ".repeat(Math.min(indent + hang, least));
    const lines: string[] = [];
    let current = " ".repeat(Math.min(indent, least));
    let started = false;
    for (const word of line.trim().split(/ +/)) {
        if (started && width(current) + 1 + width(word) > room) {
            lines.push(current);
            [current, started] = [rest, false];
        }
        let left = charactersOf(started ? ` ${word}` : word);
        while (width(current) + left.reduce((sum, each) => sum + widthOf(each), 0) > room) {
            const piece = take(left, room - width(current));
            lines.push(current + piece.join(""));
            left = left.slice(piece.length);
            current = rest;
        }
        current += left.join("");
        started = true;
    }
    return [...lines, current];
}

/**
 * Text from a program, made harmless for a terminal and for a line: control characters, with which a name could
 * move the cursor or rewrite what was printed, and the marks that reverse the direction of writing.
 */
export function printable(text: string): string {
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** `1 resource`, `2 resources`. */
export function plural(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The first of some names and how many more there are, `a, b and 3 more`; all of them where no more than `most`. */
export function firstOf(names: readonly string[], most: number): string {
    const named = names.slice(0, most).join(", ");
    return names.length > most ? `${named} and ${names.length - most} more` : named;
}

/** `840 ms` or `2.1 s`. */
export function duration(milliseconds: number): string {
    return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
