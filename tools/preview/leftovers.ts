/** What a program leaves for the process to do, such as files that it reads in a function that nobody waits for. */
import { Socket } from "node:net";

/**
 * What waits for others rather than works, as Node names it: terminals, pipes and connections of this machine, which the
 * policy packs have, too. Whatever else there is ends: timers, files, names that are looked up, processes.
 */
const WAITING =
    /^(?:TTY|TCP(?:Socket|Server)|TLS|Pipe|Write|Shutdown|HTTP2|Signal|FSEvent|Stat|MessagePort|Worker)/i;
const OWN_MACHINE = /^(?:127\.|::1$|::ffff:127\.)/;

/** How long nothing has to change until the rest is taken to go on for ever, and how often that is looked at, in milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 5;

/** Compares what the process has to do with what it had before the program. */
export class Leftovers {
    readonly #before = counted(busy());
    readonly #patience: number;
    #last = "";
    #forgotten = false;
    #since = performance.now();

    constructor(patience = PATIENCE) {
        this.#patience = patience;
    }

    /** Waits no more: the run is over. */
    forget(): void {
        this.#forgotten = true;
    }

    /** Waits for a moment where there is something left. False where there is nothing, or nothing that ends. */
    async hadAny(): Promise<boolean> {
        if (this.left().length === 0) {
            // Between one thing and the next there may be a turn of the event loop.
            await new Promise((resolve) => setImmediate(resolve));
        }
        const left = this.left().join();
        if (left === "" || this.#forgotten) {
            return false;
        }
        const now = performance.now();
        if (left !== this.#last) {
            this.#last = left;
            this.#since = now;
        } else if (now - this.#since > this.#patience) {
            return false;
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        return true;
    }

    /** The kinds of what is left. */
    left(): string[] {
        return [...counted(busy())].flatMap(([kind, count]) => {
            const more = count - (this.#before.get(kind) ?? 0);
            return more > 0 ? [more === 1 ? kind : `${more} ${kind}`] : [];
        });
    }
}

interface Internals {
    /** Node has no other way to tell the connections of a process apart. */
    _getActiveHandles?: () => readonly unknown[];
}

function busy(): string[] {
    const sockets = ((process as Internals)._getActiveHandles?.() ?? []).filter(
        (handle) =>
            handle instanceof Socket &&
            handle.remoteAddress !== undefined &&
            !OWN_MACHINE.test(handle.remoteAddress),
    );
    return [
        ...process.getActiveResourcesInfo().filter((kind) => !WAITING.test(kind)),
        ...sockets.map(() => "connection"),
    ];
}

function counted(kinds: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const kind of kinds) {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
}
