/** Runs tasks that wait for one another, side by side where they do not. */

/** Something to do. */
export interface Task {
    readonly id: string;
    /** Ids of the tasks that must have succeeded before. */
    readonly after: readonly string[];
    run(): Promise<void>;
}

/** What became of a task. */
export type Outcome =
    /** An earlier run did it. */
    | { readonly status: "before" }
    | { readonly status: "done"; readonly milliseconds: number }
    | { readonly status: "failed"; readonly milliseconds: number; readonly error: unknown }
    /** What it waits for failed, or was itself not done. */
    | { readonly status: "blocked"; readonly by: readonly string[] }
    /** Somebody stopped the run before its turn. */
    | { readonly status: "stopped" };

/** How tasks are run. */
export interface Schedule {
    /** Most tasks at a time. */
    readonly parallel: number;
    /** Ids of what an earlier run did. */
    readonly done?: ReadonlySet<string>;
    /** Says that nothing new is to begin; what runs is waited for. */
    readonly signal: AbortSignal;
    readonly now: () => number;
    readonly onStart?: (id: string) => void;
    readonly onEnd?: (id: string, outcome: Outcome) => void;
}

/**
 * Runs tasks. One that fails stops those that wait for it, and no others.
 *
 * @returns What became of each, in the order given.
 */
export async function runTasks(
    tasks: readonly Task[],
    schedule: Schedule,
): Promise<ReadonlyMap<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const running = new Map<string, Promise<void>>();
    const settle = (id: string, outcome: Outcome): void => {
        outcomes.set(id, outcome);
        schedule.onEnd?.(id, outcome);
    };
    const begin = (task: Task): void => {
        const started = schedule.now();
        schedule.onStart?.(task.id);
        const work = task
            .run()
            .then(
                (): Outcome => ({ status: "done", milliseconds: schedule.now() - started }),
                (error: unknown): Outcome => ({
                    status: "failed",
                    milliseconds: schedule.now() - started,
                    error,
                }),
            )
            .then((outcome) => {
                running.delete(task.id);
                settle(task.id, outcome);
            });
        running.set(task.id, work);
    };

    for (const { id } of tasks) {
        if (schedule.done?.has(id) === true) {
            settle(id, { status: "before" });
        }
    }
    for (;;) {
        const settled = outcomes.size;
        const open = tasks.filter(({ id }) => !outcomes.has(id) && !running.has(id));
        for (const task of open) {
            const by = task.after.filter((id) => isLost(outcomes.get(id)));
            if (by.length > 0) {
                settle(task.id, { status: "blocked", by });
            } else if (schedule.signal.aborted) {
                settle(task.id, { status: "stopped" });
            } else if (
                running.size < schedule.parallel &&
                task.after.every((id) => isGood(outcomes.get(id)))
            ) {
                begin(task);
            }
        }
        if (running.size > 0) {
            await Promise.race(running.values());
        } else if (tasks.every(({ id }) => outcomes.has(id))) {
            return new Map(tasks.map(({ id }) => [id, outcomes.get(id) ?? { status: "stopped" }]));
        } else if (outcomes.size === settled) {
            const rest = tasks.filter(({ id }) => !outcomes.has(id)).map(({ id }) => id);
            throw new Error(`these wait for each other: ${rest.join(", ")}`);
        }
    }
}

function isGood(outcome: Outcome | undefined): boolean {
    return outcome?.status === "done" || outcome?.status === "before";
}

function isLost(outcome: Outcome | undefined): boolean {
    return outcome !== undefined && !isGood(outcome);
}
