/** What the verbs have in common: the environment at hand, its journal, and running steps with both. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Project } from "../project/project";
import { type DeployOptions } from "./args";
import { messageOf, StackFailure } from "./errors";
import { type StackGraph, type StackNode } from "./graph";
import { type Journal } from "./journal";
import { type Narrator } from "./narrator";
import { type Outcome, runTasks, type Task } from "./scheduler";
import { type EnvironmentSettings } from "./settings";
import { type Changes, type StackRunner, type Watch } from "./stackRunner";
import { type World } from "./world";

/** A deployment of an environment. */
export interface Deployment {
    readonly options: DeployOptions;
    readonly world: World;
    readonly project: Project;
    readonly graph: StackGraph;
    readonly chosen: readonly StackNode[];
    readonly settings: EnvironmentSettings;
    readonly narrator: Narrator;
    /** Where journals, logs and locks are. */
    readonly stateDir: string;
}

/** A step of a plan. */
export interface Step {
    readonly id: string;
    readonly after: readonly string[];
    /** Does it, and says what it changed, where that can be counted. */
    run(watch: Watch): Promise<Changes | undefined>;
}

/** What became of a plan. */
export interface Result {
    readonly outcomes: ReadonlyMap<string, Outcome>;
    readonly changes: ReadonlyMap<string, Changes>;
    readonly stopped: boolean;
}

/** Opens the stacks one after the other, since each selection writes Pulumi's workspace file. */
export async function openStacks(
    { narrator, options }: Deployment,
    runner: StackRunner,
    stacks: readonly StackNode[],
): Promise<readonly string[]> {
    const missing: string[] = [];
    for (const { name } of stacks) {
        const found = await runner.open(name, options.init);
        if (found === "made") {
            narrator.event(name, "made, empty, in the backend");
        } else if (found === "missing") {
            missing.push(name);
        }
    }
    return missing;
}

/** Runs steps, with the journal if there is one, until they are done or somebody stops them. */
export async function runSteps(
    deployment: Deployment,
    steps: readonly Step[],
    already: ReadonlySet<string>,
    journal: Journal | undefined,
): Promise<Result> {
    const { narrator, options, world } = deployment;
    const stop = new AbortController();
    const cancel = new AbortController();
    const running = new Set<string>();
    const changes = new Map<string, Changes>();
    const removeHandler = world.onInterrupt(({ name, reachedChildren }) => {
        const again = stop.signal.aborted;
        const list = running.size === 0 ? "nothing" : [...running].join(", ");
        narrator.line();
        narrator.line(
            `${name}: ${list} ${running.size > 1 ? "are" : "is"} still running; waiting for Pulumi to end. Nothing new ` +
                "is begun" +
                (journal === undefined
                    ? "."
                    : `, and the journal ${journal.file} is intact: call again to go on.`),
        );
        if (!again) {
            journal?.append({ event: "stopped", running: [...running] });
            stop.abort();
        }
        // A second signal to Pulumi makes it drop what it is doing, so it gets exactly those that it has not had.
        if (!reachedChildren) {
            cancel.abort();
        }
    });
    const tasks = steps.map((step): Task => ({
        id: step.id,
        after: step.after,
        run: async () => {
            const log = openLog(deployment, step.id);
            running.add(step.id);
            try {
                const counted = await step.run({
                    onOutput: (text) => {
                        fs.writeSync(log, text);
                    },
                    signal: cancel.signal,
                });
                if (counted !== undefined) {
                    changes.set(step.id, counted);
                }
            } finally {
                running.delete(step.id);
                fs.closeSync(log);
            }
        },
    }));
    try {
        const outcomes = await runTasks(tasks, {
            parallel: options.parallel,
            done: already,
            signal: stop.signal,
            now: () => world.clock.now(),
            onStart: (id) => {
                journal?.append({ event: "started", step: id });
                narrator.event(
                    id,
                    `begun, output in ${path.relative(process.cwd(), logFile(deployment, id))}`,
                );
            },
            onEnd: (id, outcome) => {
                if (outcome.status === "done") {
                    journal?.append({ event: "done", step: id });
                } else if (outcome.status === "failed") {
                    journal?.append({ event: "failed", step: id, error: messageOf(outcome.error) });
                }
                narrator.ended(id, outcome, changes.get(id));
            },
        });
        return { outcomes, changes, stopped: stop.signal.aborted };
    } finally {
        removeHandler();
    }
}

/** Where a step's output goes. */
export function logFile({ graph, options, stateDir }: Deployment, step: string): string {
    const name = step.startsWith(`${graph.environment}-`) ? step : `${graph.environment}-${step}`;
    return path.join(stateDir, "logs", `${options.verb}-${name}.log`);
}

function openLog(deployment: Deployment, step: string): number {
    const file = logFile(deployment, step);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    return fs.openSync(file, "w");
}

/** Whether everything is done. */
export function allDone({ outcomes }: Pick<Result, "outcomes">): boolean {
    return [...outcomes.values()].every(({ status }) => status === "done" || status === "before");
}

/** Outputs of a stack; none where it cannot be asked because it does not exist. */
export async function outputsOrNone(
    runner: StackRunner,
    stack: string,
): Promise<Readonly<Record<string, unknown>>> {
    if ((await runner.open(stack, false)) === "missing") {
        return {};
    }
    return runner.outputs(stack);
}

/** Ends a run for a reason that is the backend's. */
export function missingStacks(missing: readonly string[]): StackFailure {
    return new StackFailure(
        missing[0] ?? "",
        `the backend has no ${missing.length === 1 ? "stack" : "stacks"} ${missing.join(", ")}; --init makes ` +
            (missing.length === 1 ? "it" : "them"),
    );
}
