/** Waiting with an end to it. */
import { type Clock, showDuration } from "../../shared/clock";
import { InterruptedError, isPassingOrBusy, messageOf, WaitTimeoutError } from "../errors";
import { type Context } from "./step";

/** What a look at the awaited thing found: the value, once it is there, or what was seen instead. */
export type Look<T> =
    { readonly done: true; readonly value: T } | { readonly done: false; readonly seen: string };

/** What to wait for. */
export interface WaitOptions<T> {
    /** What is waited for, as in "waited for <what>". */
    readonly what: string;
    readonly timeoutSeconds: number;
    readonly pollSeconds: number;
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly look: () => Promise<Look<T>>;
    /** Told whenever something new is seen. */
    readonly onSeen?: (seen: string) => void;
    /** What the operator is to do when it never comes. */
    readonly hint: string;
}

/**
 * Looks until the thing is there. A call that is throttled, not answered or refused for
 * a state that passes is one more thing seen, not the end.
 *
 * @throws WaitTimeoutError that says what was waited for, for how long, what was seen last and what to do.
 */
export async function waitFor<T>(options: WaitOptions<T>): Promise<T> {
    const { clock, signal, timeoutSeconds } = options;
    const began = clock.now();
    let last = "";
    for (;;) {
        throwIfStopped(signal);
        const found = await lookOnce(options);
        if (found.done) {
            return found.value;
        }
        if (found.seen !== last) {
            last = found.seen;
            options.onSeen?.(last);
        }
        const left = timeoutSeconds * 1000 - (clock.now() - began);
        if (left <= 0) {
            throw new WaitTimeoutError(
                `waited ${showDuration(timeoutSeconds * 1000)} for ${options.what}; last seen: ${last}`,
                options.hint,
            );
        }
        await clock.sleep(Math.min(options.pollSeconds * 1000, left), signal);
    }
}

/** As `waitFor`, within a step: its limit and its signal hold, and what is seen is logged. */
export function waitInStep<T>(
    { clock, log, signal, timeoutSeconds, topology }: Context,
    wait: Pick<WaitOptions<T>, "hint" | "look" | "what">,
): Promise<T> {
    return waitFor({
        ...wait,
        timeoutSeconds,
        pollSeconds: topology.pollSeconds,
        clock,
        signal,
        onSeen: log,
    });
}

async function lookOnce<T>(options: WaitOptions<T>): Promise<Look<T>> {
    try {
        return await options.look();
    } catch (error) {
        if (!isPassingOrBusy(error)) {
            throw error;
        }
        return { done: false, seen: messageOf(error) };
    }
}

/** @throws InterruptedError, or the reason that the signal was given, when it says stop. */
export function throwIfStopped(signal: AbortSignal): void {
    if (signal.aborted) {
        throw signal.reason instanceof Error ? signal.reason : new InterruptedError("stopped");
    }
}

/**
 * What a promise comes to, if it does in time; otherwise undefined, and `late` is told when it comes after all.
 */
export async function inTime<T>(
    work: Promise<T>,
    milliseconds: number,
    clock: Clock,
    late: (value: T) => void = () => undefined,
): Promise<T | undefined> {
    const ended = new AbortController();
    let isLate = false;
    const watched = work.then((value) => {
        if (isLate) {
            late(value);
        }
        return value;
    });
    try {
        return await Promise.race([
            watched,
            clock.sleep(milliseconds, ended.signal).then(() => {
                isLate = !ended.signal.aborted;
                return undefined;
            }),
        ]);
    } finally {
        ended.abort();
        // Whoever is late fails unheard: nobody waits any more.
        watched.catch(() => undefined);
    }
}
