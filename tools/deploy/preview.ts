/** Previews stacks against what there is, all side by side, and says whether the global stack's references are stale. */
import { differences, type RegionSays, saidSettings, writtenSettings } from "../../regions/agreement";
import { readStackConfig } from "../project/stackConfig";
import { waitsFor } from "./graph";
import { printPlan } from "./plan";
import { checkReferences, narrateReferences } from "./references";
import { allDone, type Deployment, missingStacks, openStacks, outputsOrNone, runSteps } from "./session";
import { type StackRunner } from "./stackRunner";
import { checkZones } from "./zones";

/** What the regions were told otherwise, when they were updated last, than a stack's file says now. */
function regionsBehind(
    { graph, project, world }: Deployment,
    stack: string,
    said: readonly RegionSays[],
): readonly string[] {
    const { values } = readStackConfig(project, stack);
    const own = writtenSettings(project.name, values, world.catalogueOf(graph.environment));
    return differences(graph.environment, own, said).problems;
}

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
        const said: RegionSays[] = [];
        for (const other of reads) {
            const outputs = await outputsOrNone(runner, other);
            if (Object.keys(outputs).length === 0) {
                unmade.push(other);
            }
            said.push({ key: other.slice(graph.environment.length + 1), settings: saidSettings(outputs) });
        }
        const behind = unmade.length > 0 || reads.length === 0 ? [] : regionsBehind(deployment, name, said);
        if (unmade.length > 0) {
            narrator.event(name, `not previewed: it reads ${unmade.join(" and ")}, not made yet`);
        } else if (behind.length > 0) {
            // The program refuses regions that were told otherwise, and an update of all brings them up to date first.
            narrator.event(name, `not previewed until the regions are updated: ${behind.join("; ")}`);
        } else {
            ready.push(name);
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
