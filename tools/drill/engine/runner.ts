/** Runs a runbook's steps, so that it can be interrupted anywhere and taken up again. */
import { type Clock } from "../../shared/clock";
import { InterruptedError, messageOf, RefusedError, WaitTimeoutError } from "../errors";
import { type Facts, type Journal, type Outcome } from "./journal";
import { type Context, type Step } from "./step";

/** A moment at which a process may die; tests make it so. */
export type Checkpoint = (step: string, moment: "started" | "effected") => void;

/** A step in the report. */
export interface Phase {
    readonly id: string;
    readonly title: string;
    readonly state: "done" | "already so" | "failed" | "not reached" | "undone" | "would do" | "would skip";
    readonly began?: number;
    readonly ended?: number;
    readonly detail?: string;
}

/** How a run went. */
export interface RunResult {
    /** `halfway`: something was changed, and the journal stays open for the next run. */
    readonly outcome: Outcome | "halfway";
    readonly phases: readonly Phase[];
    /** What went wrong first. */
    readonly error?: unknown;
}

/** What the runner needs beside the steps. */
export interface Runner {
    readonly journal: Journal;
    readonly clock: Clock;
    /** Says stop when somebody interrupts the run. */
    readonly signal: AbortSignal;
    /** What steps work with; the runner adds the step's own signal and limit. */
    readonly context: Omit<Context, "clock" | "facts" | "runId" | "signal" | "timeoutSeconds" | "warn">;
    readonly checkpoint?: Checkpoint;
    /** Makes sure that this run may still change things; called before each point of no return. */
    readonly assure?: () => Promise<void>;
    /** Told when something was changed, and when something was learnt that a change is made by. */
    readonly onChange?: () => Promise<void>;
}

/** Beyond its limit a step is given this long to say so itself, with what it last saw. */
const GRACE_SECONDS = 5;

/** Runs the steps that are not done yet. */
export async function runSteps(steps: readonly Step[], runner: Runner): Promise<RunResult> {
    const { journal } = runner;
    await goBackToUntaken(steps, runner);
    let failure: { readonly error: unknown } | undefined;
    for (const step of steps) {
        const wanted = failure === undefined || step.kind === "cleanup";
        if (!wanted || (isOver(step, journal) && !isDue(step, steps, journal))) {
            continue;
        }
        if (step.kind === "cleanup" && !isNeeded(step, steps, journal)) {
            continue;
        }
        // An interruption must not keep what the run made alive: cleaning up has a signal of its own.
        const signal = step.kind === "cleanup" ? new AbortController().signal : runner.signal;
        const error = await runStep(step, runner, signal);
        failure ??= error;
    }
    const outcome = failure === undefined ? "done" : outcomeOf(steps, journal, failure.error);
    const phases = steps.map((step) => phaseOf(step, journal));
    return { outcome, phases, ...(failure === undefined ? {} : { error: failure.error }) };
}

/**
 * Whether a point of no return is over that a step still waits for, and AWS shows that it was not taken: then it is
 * taken again, and with it the looks before it.
 */
async function goBackToUntaken(steps: readonly Step[], runner: Runner): Promise<void> {
    const { journal } = runner;
    for (const step of steps) {
        const { awaits, title } = step;
        const final = steps.find(({ id }) => id === awaits);
        if (final?.isDone === undefined || !isOver(final, journal) || isOver(step, journal)) {
            continue;
        }
        try {
            const isDone = final.isDone.bind(final);
            if (!(await withinLimit(final, runner, runner.signal, isDone))) {
                runner.context.log(`${title}: AWS has not taken "${final.title}", so it is asked again`);
                journal.step(final.id, "failed", "AWS shows that it was not taken");
            }
        } catch (error) {
            // The step that waits for it sees for itself, and waits until AWS answers.
            runner.context.log(`${title}: it is not known whether AWS has taken it: ${messageOf(error)}`);
        }
    }
}

function isOver({ id }: Step, journal: Journal): boolean {
    const state = journal.stateOf(id);
    return state === "done" || state === "skipped";
}

/** Whether a step that is over is to be taken again. */
function isDue(step: Step, steps: readonly Step[], journal: Journal): boolean {
    const rest = steps.slice(steps.indexOf(step) + 1);
    const final = rest.find(({ pointOfNoReturn }) => pointOfNoReturn === true);
    return step.looksAgain === true && (final === undefined || !isOver(final, journal));
}

/** Whether a step made anything that this cleanup step takes away. */
function isNeeded(cleanup: Step, steps: readonly Step[], journal: Journal): boolean {
    const makers = steps.filter(({ cleanedBy }) => cleanedBy === cleanup.id);
    return makers.length === 0 || makers.some(({ id }) => journal.wasBegun(id));
}

function outcomeOf(steps: readonly Step[], journal: Journal, error: unknown): RunResult["outcome"] {
    const changed = steps.filter(({ id, kind }) => kind === "change" && journal.wasBegun(id));
    if (changed.length === 0) {
        return error instanceof RefusedError ? "refused" : "failed";
    }
    const isGone = ({ cleanedBy }: Step): boolean =>
        cleanedBy !== undefined && journal.stateOf(cleanedBy) === "done";
    return changed.every(isGone) ? "failed" : "halfway";
}

interface Ended {
    readonly state: "done" | "skipped";
    readonly detail?: string;
}

async function runStep(
    step: Step,
    runner: Runner,
    signal: AbortSignal,
): Promise<{ readonly error: unknown } | undefined> {
    const { journal } = runner;
    const { log } = runner.context;
    // Begun before and not ended: what is done already may well be what this run did before it was interrupted.
    const wasInterrupted = journal.wasBegun(step.id);
    try {
        journal.step(step.id, "started");
        runner.checkpoint?.(step.id, "started");
        const found = await withinLimit(step, runner, signal, async (context): Promise<Ended> => {
            if ((await step.isDone?.(context)) === true) {
                log(`${step.title}: already so`);
                return wasInterrupted
                    ? { state: "done", detail: "found done after an interruption" }
                    : { state: "skipped" };
            }
            log(`${step.title}: ${await step.describe(context)}`);
            if (step.pointOfNoReturn === true) {
                await runner.assure?.();
            }
            const detail = await step.run(context);
            runner.checkpoint?.(step.id, "effected");
            return { state: "done", ...(detail === undefined ? {} : { detail }) };
        });
        if (step.pointOfNoReturn === true) {
            journal.goOnWithoutDisk();
        }
        journal.step(step.id, found.state, found.detail);
        if (step.kind === "change") {
            await runner.onChange?.();
        }
        if (found.detail !== undefined) {
            log(`  ${found.detail}`);
        }
        return undefined;
    } catch (error) {
        if (isDeath(error)) {
            throw error;
        }
        journal.step(step.id, "failed", messageOf(error));
        log(`  ${step.kind === "check" ? "No" : "Failed"}: ${messageOf(error)}`);
        if (step.aside === true && !signal.aborted) {
            warner(journal, log)(`${step.title}: ${messageOf(error)}`);
            return undefined;
        }
        return { error };
    }
}

/** The fact that keeps the warnings of a run, whoever goes on with it. */
export const WARNINGS = "warnings";

/** The warnings of a run. */
export function warningsOf(journal: Journal): readonly string[] {
    const kept = journal.get(WARNINGS);
    // From a file, or from beside a lock: somebody else may have written it.
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
}

/** Says a warning, and keeps it, once. */
export function warner(journal: Journal, log: (line: string) => void): (text: string) => void {
    return (text) => {
        const known = warningsOf(journal);
        if (!known.includes(text)) {
            log(`Warning: ${text}`);
            journal.set(WARNINGS, [...known, text]);
        }
    };
}

/** The end of the process, as a test plays it: nothing may be noted after it. */
export class SimulatedDeath extends Error {
    override readonly name = "SimulatedDeath";
}

function isDeath(error: unknown): boolean {
    return error instanceof SimulatedDeath;
}

/** Runs within the step's limit, whatever the step itself does. */
async function withinLimit<T>(
    step: Step,
    runner: Runner,
    outer: AbortSignal,
    work: (context: Context) => Promise<T>,
): Promise<T> {
    const { clock, context, journal } = runner;
    const indented = (line: string): void => {
        context.log(`  … ${line}`);
    };
    const timeoutSeconds = limitOf(step, runner);
    const stop = new AbortController();
    const onOuter = (): void => {
        stop.abort(outer.reason instanceof Error ? outer.reason : new InterruptedError("interrupted"));
    };
    if (outer.aborted) {
        onOuter();
    }
    outer.addEventListener("abort", onOuter, { once: true });
    const ended = new AbortController();
    const deadline = (async (): Promise<never> => {
        await clock.sleep((timeoutSeconds + GRACE_SECONDS) * 1000, ended.signal);
        if (ended.signal.aborted) {
            return new Promise<never>(() => undefined);
        }
        const error = new WaitTimeoutError(
            `the step took longer than its ${timeoutSeconds} s`,
            "Run the same command again: it goes on where it stopped.",
        );
        stop.abort(error);
        throw error;
    })();
    const stopped = new Promise<never>((_, reject) => {
        stop.signal.addEventListener("abort", () => {
            reject(stop.signal.reason as Error);
        });
        if (stop.signal.aborted) {
            reject(stop.signal.reason as Error);
        }
    });
    try {
        return await Promise.race([
            work({
                ...context,
                log: indented,
                warn: warner(journal, indented),
                clock,
                facts: factsOf(runner),
                runId: journal.id,
                signal: stop.signal,
                timeoutSeconds,
            }),
            deadline,
            stopped,
        ]);
    } finally {
        ended.abort();
        outer.removeEventListener("abort", onOuter);
    }
}

/** The journal's facts. What is about to be changed by what was learnt is told to other machines before. */
function factsOf({ journal, onChange }: Runner): Facts {
    return {
        get: (key) => journal.get(key),
        set: (key, value) => {
            journal.set(key, value);
        },
        remember: async (key, learn) => {
            const isNew = journal.get(key) === undefined;
            const value = await journal.remember(key, learn);
            if (isNew) {
                await onChange?.();
            }
            return value;
        },
    };
}

function limitOf(step: Step, { context }: Runner): number {
    // A step of a part, such as `switchover/wait-lag`, has its own limit or that of the step that it is.
    const own = step.id.slice(step.id.lastIndexOf("/") + 1);
    const { timeouts } = context.topology;
    return timeouts[step.id] ?? timeouts[own] ?? step.timeoutSeconds;
}

function phaseOf({ id, title }: Step, journal: Journal): Phase {
    const state = journal.stateOf(id);
    const shown = {
        done: "done",
        skipped: "already so",
        failed: "failed",
        started: "failed",
        undone: "undone",
    } as const;
    return {
        id,
        title,
        state: state === undefined ? "not reached" : shown[state],
        ...journal.timesOf(id),
    };
}

/**
 * What a run would do. Checks are made, since they change nothing; everything else is described, or said to be so
 * already.
 */
export async function dryRun(steps: readonly Step[], runner: Runner): Promise<RunResult> {
    const phases: Phase[] = [];
    let failure: { readonly error: unknown } | undefined;
    for (const step of steps) {
        const { id, title } = step;
        const phase = await withinLimit(step, runner, runner.signal, async (context): Promise<Phase> => {
            const began = context.clock.now();
            const detail = await described(step, context);
            if (step.afterChange === true) {
                return { id, title, state: "would do", detail };
            }
            if (step.kind === "check") {
                const found = await step.run(context);
                return {
                    id,
                    title,
                    state: "done",
                    began,
                    ended: context.clock.now(),
                    detail: found ?? detail,
                };
            }
            // After a failed check the world is not as the steps expect it.
            const isDone =
                failure === undefined && step.aside !== true && (await step.isDone?.(context)) === true;
            return { id, title, state: isDone ? "would skip" : "would do", detail };
        }).catch((error: unknown): Phase => {
            failure ??= { error };
            return { id, title, state: "failed", detail: messageOf(error) };
        });
        runner.context.log(
            `${title}: ${phase.detail ?? ""}${phase.state === "would skip" ? " (already so)" : ""}`,
        );
        phases.push(phase);
    }
    return failure === undefined
        ? { outcome: "done", phases }
        : { outcome: "refused", phases, error: failure.error };
}

/** What a step would do; of one that stops nothing also when that cannot be found out. */
async function described(step: Step, context: Context): Promise<string> {
    try {
        return await step.describe(context);
    } catch (error) {
        if (step.aside !== true) {
            throw error;
        }
        context.warn(`${step.title}: ${messageOf(error)}`);
        return messageOf(error);
    }
}

/** How long a call may be on its way when the process that made it is no more. */
const UNDER_WAY_MILLISECONDS = 10_000;

/** @throws RefusedError when the run got to a point from which the way is forward. */
async function refuseAfterFinal(steps: readonly Step[], runner: Runner): Promise<void> {
    const { clock, journal } = runner;
    for (const step of steps.filter(({ pointOfNoReturn }) => pointOfNoReturn === true)) {
        const { id, isTaken, title, undo } = step;
        const wasBegun = journal.wasBegun(id);
        const isSettled = steps.some((other) => other.awaits === id && isOver(other, journal));
        if (isTaken === undefined || isSettled) {
            if (wasBegun) {
                throw refusedAfter(title);
            }
        } else {
            // The journal may lack the line, and AWS may have refused or cancelled what the journal has.
            const { began } = journal.timesOf(id);
            if (began !== undefined) {
                // By a clock that was ahead when the step began, and has been set right since, it began just now.
                const left = Math.min(began + UNDER_WAY_MILLISECONDS - clock.now(), UNDER_WAY_MILLISECONDS);
                await clock.sleep(Math.max(0, left), runner.signal);
            }
            const { seen, taken } = await withinLimit(step, runner, runner.signal, isTaken.bind(step));
            if (taken) {
                throw refusedAfter(title, seen);
            }
            runner.context.log(`AWS has not taken "${title}": ${seen}`);
            // What may still be taken is taken back first.
            if (wasBegun && undo === undefined) {
                journal.step(id, "undone", `AWS has not taken it: ${seen}`);
            }
        }
        if (!wasBegun) {
            // Those behind it were not begun either, and what they would do may be as it is now.
            return;
        }
    }
}

function refusedAfter(title: string, seen?: string): RefusedError {
    return new RefusedError(
        [`"${title}" has begun, and from there the way is forward${seen === undefined ? "" : `: ${seen}`}`],
        "Finish it by running the same command without --rollback; then `npm run drill -- failback` goes back.",
    );
}

/**
 * Takes back what an unfinished run changed, the last change first.
 *
 * @throws RefusedError when the run got to a point from which the way is forward.
 */
export async function rollBack(steps: readonly Step[], runner: Runner): Promise<RunResult> {
    const { journal } = runner;
    await refuseAfterFinal(steps, runner);
    let failure: { readonly error: unknown } | undefined;
    const begun = steps.filter(({ id, undo }) => undo !== undefined && journal.wasBegun(id));
    for (const step of begun.reverse()) {
        const { undo } = step;
        if (undo === undefined) {
            continue;
        }
        runner.context.log(`Undo ${step.title}: ${undo.title}`);
        try {
            await withinLimit(step, runner, runner.signal, (context) => undo.run(context));
            runner.checkpoint?.(step.id, "effected");
            journal.step(step.id, "undone");
        } catch (error) {
            if (isDeath(error)) {
                throw error;
            }
            journal.note(`undoing ${step.id} failed: ${messageOf(error)}`);
            failure ??= { error };
        }
    }
    for (const step of steps.filter(({ kind }) => kind === "cleanup")) {
        if (isNeeded(step, steps, journal) && journal.stateOf(step.id) !== "done") {
            const error = await runStep(step, runner, runner.signal);
            failure ??= error;
        }
    }
    const phases = steps.map((step) => phaseOf(step, journal));
    return failure === undefined
        ? { outcome: "rolled-back", phases }
        : { outcome: "halfway", phases, error: failure.error };
}
