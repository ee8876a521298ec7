import { distance } from "fastest-levenshtein";

/** The candidate that is most like the text, when it is near enough to be what was meant. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
    const ranked = candidates
        .map((candidate) => ({
            candidate,
            steps: distance(text.toLowerCase(), candidate.toLowerCase()),
            // Of two that are as near, the one with the same letters: two of them were swapped.
            swapped: lettersOf(text) === lettersOf(candidate) ? 0 : 1,
        }))
        .sort((one, other) => one.steps - other.steps || one.swapped - other.swapped);
    const [best] = ranked;
    // More than a third of the letters changed is another word, not a slip.
    return best !== undefined && best.steps <= Math.max(2, text.length / 3) ? best.candidate : undefined;
}

function lettersOf(text: string): string {
    return Array.from(text.toLowerCase()).sort().join("");
}
