/** Says stop when somebody interrupts the command. */
import { type Clock } from "../shared/clock";
import { InterruptedError } from "./errors";

/** What listens to signals. */
export interface SignalSource {
    on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

/** What becomes of an interruption. */
export interface Interruptions {
    readonly source: SignalSource;
    readonly clock: Pick<Clock, "now">;
    readonly say: (text: string) => void;
    /** Ends the process at once. */
    readonly leave: () => void;
}

/** A signal that comes again so soon is the same one: whoever has started the command passes on what the terminal has sent. */
const SAME_MILLISECONDS = 1000;

/**
 * The signal that a run listens to. Ctrl-C, a request to end and a terminal that goes away stop it at the next safe point,
 * with everything cleaned up; the first two stop it at once when they come again. A terminal that goes may say so several
 * times.
 */
export function interruptions({ clock, leave, say, source }: Interruptions): AbortSignal {
    const interrupt = new AbortController();
    let last = -Infinity;
    const onSignal = (signal: NodeJS.Signals): void => {
        const isSame = clock.now() - last < SAME_MILLISECONDS;
        last = clock.now();
        if (!interrupt.signal.aborted) {
            say(`${signal}: stopping at the next safe point; once more to stop at once.\n`);
            interrupt.abort(new InterruptedError(`interrupted by ${signal}`));
        } else if (!isSame && signal !== "SIGHUP") {
            // Somebody means it. The journal is on the disk already.
            leave();
        }
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        source.on(signal, onSignal);
    }
    return interrupt.signal;
}
