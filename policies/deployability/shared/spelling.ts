/**
 * How many letters must be added, dropped, changed or swapped with the next to make one text of the other.
 */
export function distance(one: string, other: string): number {
    let beforeLast: readonly number[] = [];
    let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (let row = 1; row <= one.length; row += 1) {
        const current = [row];
        for (let column = 1; column <= other.length; column += 1) {
            const isSame = one[row - 1] === other[column - 1];
            const isSwapped =
                row > 1 &&
                column > 1 &&
                one[row - 1] === other[column - 2] &&
                one[row - 2] === other[column - 1];
            current.push(
                Math.min(
                    (last[column] ?? 0) + 1,
                    (current[column - 1] ?? 0) + 1,
                    (last[column - 1] ?? 0) + (isSame ? 0 : 1),
                    isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
                ),
            );
        }
        beforeLast = last;
        last = current;
    }
    return last[other.length] ?? 0;
}

/**
 * Whether a name in camel case looks like a slip in writing the other: one of its words is a letter off, or two where
 * it is long. Short words that differ are other words, as in minSize and maxSize.
 */
export function isSlip(given: string, meant: string): boolean {
    if (given === meant) {
        return false;
    }
    if (given.toLowerCase() === meant.toLowerCase()) {
        return true;
    }
    const words = wordsOf(given);
    const others = wordsOf(meant);
    const different = words.flatMap((word, index) => (word === others[index] ? [] : [index]));
    const [index = 0] = different;
    const word = words[index] ?? "";
    const other = others[index] ?? "";
    return (
        words.length === others.length &&
        different.length === 1 &&
        distance(word, other) <= tolerance(Math.max(word.length, other.length))
    );
}

function tolerance(letters: number): number {
    return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

function wordsOf(name: string): readonly string[] {
    return (name.match(/[A-Za-z][a-z]*|\d+/g) ?? []).map((word) => word.toLowerCase());
}
