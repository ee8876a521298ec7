/** What a run is to do, printed before it does it. */
import { type Deployment } from "./session";
import { type Journal, type Unfinished } from "./journal";
import { waves } from "./graph";

/** What a journal means for a run. */
export interface Continuation {
    /** Steps that an earlier run did. */
    readonly already: ReadonlySet<string>;
    /** The run that goes on; undefined for a new one. */
    readonly unfinished: Unfinished | undefined;
    /** What the operator is to know of it. */
    readonly notes: readonly string[];
}

/** Decides whether an unfinished run goes on. One of another program would skip what has changed since. */
export function continuation(
    journal: Journal,
    options: { readonly fromStart: boolean },
    fingerprint: string,
): Continuation {
    const unfinished = journal.unfinished();
    const afresh = (notes: readonly string[]): Continuation => ({
        already: new Set(),
        unfinished: undefined,
        notes,
    });
    if (unfinished === undefined) {
        return afresh([]);
    }
    if (options.fromStart) {
        return afresh([`The run of ${unfinished.begunAt} is unfinished; --from-start leaves it.`]);
    }
    if (unfinished.fingerprint !== fingerprint) {
        return afresh([
            `The run of ${unfinished.begunAt} is unfinished, and the program or its configuration has changed ` +
                "since: everything is done again.",
        ]);
    }
    return {
        already: unfinished.done,
        unfinished,
        notes: [
            `Goes on with the run of ${unfinished.begunAt}.`,
            ...unfinished.interrupted.map(
                (step) => `${step} was interrupted: it is begun again, and Pulumi finds out how far it came.`,
            ),
            ...[...unfinished.failed].map(([step, error]) => `${step} had failed: ${error}`),
        ],
    };
}

/** Prints the plan: a line per group of steps that go side by side. */
export function printPlan(
    { graph, narrator, options }: Deployment,
    waiting: ReadonlyMap<string, readonly string[]>,
    already: ReadonlySet<string>,
    describe: (step: string) => string,
    notes: readonly string[],
): void {
    narrator.line(`Plan: ${options.verb} ${graph.environment}, at most ${options.parallel} at a time`);
    waves(waiting).forEach((steps, index) => {
        const shown = steps.map((step) => (already.has(step) ? `${step} (already done)` : describe(step)));
        narrator.line(`  ${index + 1}. ${shown.join("; side by side with ")}`);
    });
    for (const note of notes) {
        narrator.line(`  ${note}`);
    }
    narrator.line();
}

/** Notes in the journal that a run begins or goes on. */
export function beginJournal(
    journal: Journal,
    { graph, options }: Deployment,
    steps: readonly string[],
    fingerprint: string,
    { unfinished }: Continuation,
): void {
    if (unfinished === undefined) {
        journal.append({
            event: "run",
            verb: options.verb,
            environment: graph.environment,
            steps,
            fingerprint,
        });
    } else {
        journal.append({ event: "resumed", steps });
    }
}
