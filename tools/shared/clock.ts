/** Time, which tests replace. */

/** Tells the time and waits. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    /** Ends after some milliseconds, or at once, quietly, when the signal says stop. */
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own time. */
export const systemClock: Clock = {
    now: () => Date.now(),
    sleep: (milliseconds, signal) =>
        new Promise((resolve) => {
            if (signal?.aborted === true) {
                resolve();
                return;
            }
            const finish = (): void => {
                clearTimeout(timer);
                signal?.removeEventListener("abort", finish);
                resolve();
            };
            const timer = setTimeout(finish, milliseconds);
            signal?.addEventListener("abort", finish, { once: true });
        }),
};

/** A time as journals and reports write it. */
export function isoTime(milliseconds: number): string {
    return new Date(milliseconds).toISOString();
}

const UNITS: readonly (readonly [string, number])[] = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
];

/** A duration for people: `850 ms`, `42.5 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function showDuration(milliseconds: number): string {
    if (milliseconds < 1000) {
        return `${Math.round(milliseconds)} ms`;
    }
    if (milliseconds < 59_950) {
        return `${Math.round(milliseconds / 100) / 10} s`;
    }
    let rest = Math.round(milliseconds / 1000);
    const parts: string[] = [];
    for (const [unit, size] of UNITS) {
        if (rest >= size && parts.length < 2) {
            parts.push(`${Math.floor(rest / size)} ${unit}`);
            rest %= size;
        } else if (parts.length === 1) {
            break;
        }
    }
    return parts.join(" ");
}
