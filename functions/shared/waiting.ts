/** How patient to be, and how to pass the time. */
export interface Patience {
    /** How often to look. */
    attempts: number;
    /** How long to pause between two looks, in milliseconds. */
    pause: number;
    /** Lets time pass. */
    sleep: (milliseconds: number) => Promise<void>;
}

/** Lets real time pass. */
export const sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
    });

/**
 * Looks until something is found.
 *
 * @param look Returns what was found, or undefined to be asked again.
 * @param what Says what was waited for, for the error.
 */
export async function waitFor<T>(
    look: () => Promise<T | undefined>,
    patience: Patience,
    what: () => string,
): Promise<T> {
    for (let attempt = 1; attempt <= patience.attempts; attempt++) {
        const found = await look();
        if (found !== undefined) {
            return found;
        }
        if (attempt < patience.attempts) {
            await patience.sleep(patience.pause);
        }
    }
    throw new Error(what());
}

/**
 * How long to wait before another attempt, in milliseconds: twice as long each time up to the longest, and of that a part by
 * chance, so that those who were turned away together do not come back together.
 *
 * @param attempt 0 for the wait after the first attempt.
 */
export function jittered(attempt: number, first: number, longest: number): number {
    return Math.random() * Math.min(longest, first * 2 ** attempt);
}
