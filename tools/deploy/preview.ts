/** Previews stacks against what there is, all side by side, and says whether the global stack's references are stale. */
import { waitsFor } from "./graph";
import { printPlan } from "./plan";
import { checkReferences, narrateReferences } from "./references";
import { allDone, type Deployment, missingStacks, openStacks, outputsOrNone, runSteps } from "./session";
import { type StackRunner } from "./stackRunner";
import { checkZones } from "./zones";

/** @returns Whether all previews are fine. */
export async function preview(
    deployment: Deployment,
    makeRunner: () => Promise<StackRunner>,
): Promise<boolean> {
    const { chosen, graph, narrator, options, world } = deployment;
    const waiting = waitsFor(graph, chosen, "preview");
    printPlan(deployment, waiting, new Set(), (step) => `preview ${step}`, []);
    if (options.dryRun) {
        return true;
    }
    const runner = await makeRunner();
    const missing = await openStacks(deployment, runner, chosen);
    if (missing.length > 0) {
        throw missingStacks(missing);
    }
    await checkZones(deployment, runner);
    const started = world.clock.now();
    const ready: string[] = [];
    for (const { name, reads } of chosen) {
        const unmade: string[] = [];
        for (const other of reads) {
            if (Object.keys(await outputsOrNone(runner, other)).length === 0) {
                unmade.push(other);
            }
        }
        if (unmade.length === 0) {
            ready.push(name);
        } else {
            narrator.event(name, `not previewed: it reads ${unmade.join(" and ")}, not made yet`);
        }
    }
    const result = await runSteps(
        deployment,
        ready.map((id) => ({ id, after: [], run: (watch) => runner.preview(id, watch) })),
        new Set(),
        undefined,
    );
    const references = await checkReferences(deployment, runner);
    narrator.summary(result.outcomes, result.changes, world.clock.now() - started);
    if (references.kind === "stale") {
        narrator.line();
        narrateReferences(deployment, references);
        narrator.line(`An update of ${references.stack} is due: npm run up -- ${references.stack}`);
    }
    return allDone(result) && !result.stopped;
}
