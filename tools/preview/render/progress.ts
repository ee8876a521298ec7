import { clip, plural, printable } from "./text";

/** A line on a terminal that is written over while work goes on, and gone when it is done. */
export interface Progress {
    /** Shows what is being done. */
    update(text: string): void;
    /** Takes the line away. */
    clear(): void;
}

/** Where a progress line can be shown: standard error, in practice. */
export interface ProgressTarget {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

/** Often enough to look alive, seldom enough to cost nothing. */
const INTERVAL_MS = 50;

/** What the line says while a stack is previewed. */
export function stackProgress({
    stack,
    resources,
}: {
    readonly stack: string;
    readonly resources: number;
}): string {
    return `Previewing ${printable(stack)}: ${plural(resources, "resource")}`;
}

/** A progress line on a terminal; anywhere else, one that shows nothing. */
export function progressLine(target: ProgressTarget, now: () => number = Date.now): Progress {
    if (target.isTTY !== true) {
        return { update: () => undefined, clear: () => undefined };
    }
    let last = -Infinity;
    let shown = false;
    return {
        update(text) {
            if (now() - last < INTERVAL_MS) {
                return;
            }
            last = now();
            shown = true;
            // One column short of the edge, where some terminals would wrap and leave the line behind.
            target.write(`\r\u001b[2K${clip(text, (target.columns ?? 80) - 1)}`);
        },
        clear() {
            if (shown) {
                target.write("\r\u001b[2K");
                shown = false;
            }
        },
    };
}
