/** Updates stacks: the regions side by side, then the global stack, which must see what they say now. */
import { waitsFor } from "./graph";
import { Journal } from "./journal";
import { refusePendingCreations } from "./pending";
import { beginJournal, continuation, printPlan } from "./plan";
import { checkReferences, globalStack, narrateReferences } from "./references";
import {
    allDone,
    type Deployment,
    missingStacks,
    openStacks,
    type Result,
    runSteps,
    type Step,
} from "./session";
import { fingerprint } from "./settings";
import { type StackRunner } from "./stackRunner";
import { checkZones } from "./zones";

/** @returns Whether all is done. */
export async function up(
    deployment: Deployment,
    makeRunner: () => Promise<StackRunner>,
    confirm: () => Promise<void>,
): Promise<boolean> {
    const { chosen, graph, narrator, options, project, stateDir, world } = deployment;
    const now = (): number => world.clock.now();
    const journal = Journal.of(stateDir, "up", graph.environment, now);
    const mark = fingerprint(project.directory);
    const before = continuation(journal, options, mark);
    const waiting = waitsFor(graph, chosen, "up");
    const reader = globalStack(deployment);
    const readerFollows = reader !== undefined && !waiting.has(reader.name);
    printPlan(deployment, waiting, before.already, (step) => `update ${step}`, [
        ...before.notes,
        ...(readerFollows ? [`Then ${reader.name} too, if what it reads of the others has changed.`] : []),
    ]);
    if (options.dryRun) {
        return true;
    }
    await confirm();
    const runner = await makeRunner();
    const missing = await openStacks(deployment, runner, chosen);
    if (missing.length > 0) {
        throw missingStacks(missing);
    }
    await refusePendingCreations(deployment, runner, chosen);
    await checkZones(deployment, runner);
    // What was destroyed before this run no longer is.
    Journal.of(stateDir, "destroy", graph.environment, now).void("the stacks were updated");
    beginJournal(journal, deployment, [...waiting.keys()], mark, before);
    narrateReferences(deployment, await checkReferences(deployment, runner));

    const started = now();
    const stepOf = (id: string, after: readonly string[]): Step => ({
        id,
        after,
        run: (watch) => runner.up(id, watch),
    });
    let result = await runSteps(
        deployment,
        [...waiting].map(([id, after]) => stepOf(id, after)),
        before.already,
        journal,
    );
    if (readerFollows && allDone(result) && !result.stopped) {
        const references = await checkReferences(deployment, runner);
        narrateReferences(deployment, references);
        if (references.kind === "stale") {
            await refusePendingCreations(deployment, runner, [reader]);
            // A step that an earlier run did is done again: it read what was there then.
            const more = await runSteps(deployment, [stepOf(reader.name, [])], new Set(), journal);
            result = joined(result, more);
        } else if (references.kind === "none") {
            narrator.event(reader.name, `left alone: ${references.because}`);
        }
    }
    const done = allDone(result);
    journal.append({ event: "finished", outcome: done ? "done" : result.stopped ? "stopped" : "failed" });
    narrator.summary(result.outcomes, result.changes, now() - started);
    if (!done) {
        narrator.line();
        narrator.line("Call the same command again to go on with what is not done.");
    }
    return done;
}

function joined(one: Result, other: Result): Result {
    return {
        outcomes: new Map([...one.outcomes, ...other.outcomes]),
        changes: new Map([...one.changes, ...other.changes]),
        stopped: one.stopped || other.stopped,
    };
}
