/** Number of characters as a terminal counts them: code points, for want of anything wider in our output. */
export function width(text: string): number {
    return Array.from(text).length;
}

/** Fills up with spaces on the right. */
export function pad(text: string, columns: number): string {
    return text + " ".repeat(Math.max(0, columns - width(text)));
}

/** Cuts out the middle, where names differ least, so that at most `columns` characters are left. */
export function shorten(text: string, columns: number): string {
    const characters = Array.from(text);
    if (characters.length <= columns) {
        return text;
    }
    const kept = Math.max(0, columns - 1);
    const front = Math.ceil(kept / 2);
    return `${characters.slice(0, front).join("")}…${characters.slice(characters.length - (kept - front)).join("")}`;
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

/** `840 ms` or `2.1 s`. */
export function duration(milliseconds: number): string {
    return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
