/**
 * Destroys stacks in the order that AWS demands of a global database: the writer home in the founding region, then
 * the global stack with the other regions' clusters, then the regions side by side.
 */
import { bringHome, type DatabasePort, homecoming, type Homecoming, regionsFirst } from "./database";
import { messageOf, RefusedError, StackFailure } from "./errors";
import { readersOf, waitsFor } from "./graph";
import { Journal } from "./journal";
import { leftoversBefore, reportLeftovers } from "./leftovers";
import { refusePendingCreations } from "./pending";
import { beginJournal, continuation, printPlan } from "./plan";
import { globalStack } from "./references";
import { allDone, type Deployment, openStacks, runSteps, type Step } from "./session";
import { type StackRunner, type StateResource } from "./stackRunner";

/** The step that brings the writer home. */
export const HOMECOMING = "writer-home";

const GLOBAL_CLUSTER = "aws:rds/globalCluster:GlobalCluster";

/** @returns Whether all is done. */
export async function destroy(
    deployment: Deployment,
    makeRunner: () => Promise<StackRunner>,
    confirm: () => Promise<void>,
): Promise<boolean> {
    const { chosen, graph, narrator, options, settings, stateDir, world } = deployment;
    const now = (): number => world.clock.now();
    if (!options.dryRun) {
        refuseProtectedConfiguration(deployment);
    }
    const journal = Journal.of(stateDir, "destroy", graph.environment, now);
    // Destroying depends on the states alone, so a changed program is no other run.
    const before = continuation(journal, options, "");
    const waiting = waitsFor(graph, chosen, "destroy");
    if (options.dryRun) {
        const order = planned(deployment, waiting, true);
        printPlan(deployment, order, before.already, describeStep(deployment), [
            ...before.notes,
            ...(order.has(HOMECOMING)
                ? [
                      `Step ${HOMECOMING} is only done where another region than ${settings.founding.region} writes.`,
                  ]
                : []),
        ]);
        // The plan is of use before protection is off, and whoever reads it learns here that it is on.
        refuseProtectedConfiguration(deployment);
        return true;
    }

    const runner = await makeRunner();
    const absent = new Set(await openStacks(deployment, runner, graph.stacks));
    const states = new Map<string, readonly StateResource[]>();
    for (const { name } of graph.stacks) {
        states.set(name, absent.has(name) ? [] : await runner.resources(name));
    }
    await refusePendingCreations(
        deployment,
        runner,
        chosen.filter(({ name }) => !absent.has(name)),
    );
    refuseProtectedStates(deployment, states);
    refuseLeavingReaders(deployment, states);
    // The state, not the journal, says whether a stack is gone: it may have been made again since.
    const gone = new Set([...waiting.keys()].filter((name) => isEmpty(states.get(name))));
    const database = await world.database(settings.deployRoleArn);
    const home = await findHomecoming(deployment, database, states);
    const order = planned(deployment, waiting, home.kind === "switchover");
    printPlan(deployment, order, gone, describeStep(deployment, home), [
        ...before.notes,
        ...(home.kind === "none" ? [`The writer stays where it is: ${home.because}.`] : []),
    ]);
    await confirm();
    const leftovers = leftoversBefore(states);
    Journal.of(stateDir, "up", graph.environment, now).void("the stacks were destroyed");
    beginJournal(journal, deployment, [...order.keys()], "", before);

    const started = now();
    const reader = globalStack(deployment)?.name;
    const steps = [...order].map(([id, after]): Step => ({
        id,
        after,
        run: async (watch) => {
            if (id === HOMECOMING) {
                const say = (text: string): void => {
                    narrator.event(id, text);
                    watch.onOutput(`${text}\n`);
                };
                await bringHome(database, settings, { clock: world.clock, signal: watch.signal, say });
                return undefined;
            }
            // The provider takes the members out of the global cluster by what the state says of their roles,
            // followers first: after a switchover the state is out of date.
            const changes = await runner.destroy(id, id === reader, watch);
            const left = await runner.resources(id);
            if (left.length > 0) {
                throw new StackFailure(id, `${id}: pulumi destroy ended with ${left.length} resources left`);
            }
            return changes;
        },
    }));
    const result = await runSteps(deployment, steps, gone, journal);
    const done = allDone(result);
    journal.append({ event: "finished", outcome: done ? "done" : result.stopped ? "stopped" : "failed" });
    narrator.summary(result.outcomes, result.changes, now() - started);
    await reportLeftovers(deployment, database, leftovers, result.outcomes);
    if (!done) {
        narrator.line();
        narrator.line("Call the same command again to go on with what is not done.");
    }
    return done;
}

/** The plan with the homecoming before the stacks that wait for nothing else. */
function planned(
    deployment: Deployment,
    waiting: ReadonlyMap<string, readonly string[]>,
    withHomecoming: boolean,
): ReadonlyMap<string, readonly string[]> {
    const reader = globalStack(deployment)?.name;
    if (!withHomecoming || reader === undefined || !waiting.has(reader)) {
        return waiting;
    }
    return new Map<string, readonly string[]>([
        [HOMECOMING, []],
        ...[...waiting].map(([id, after]): [string, readonly string[]] => [
            id,
            id === reader ? [HOMECOMING, ...after] : after,
        ]),
    ]);
}

function describeStep({ settings }: Deployment, home?: Homecoming): (step: string) => string {
    return (step) => {
        if (step !== HOMECOMING) {
            return `destroy ${step}`;
        }
        const from = home?.kind === "switchover" ? ` from ${home.from.region}` : "";
        return (
            `${HOMECOMING}: switch ${settings.globalClusterIdentifier} over${from} to ${settings.founding.region}, ` +
            "where it was founded (no data is lost; writes pause for about a minute)"
        );
    };
}

async function findHomecoming(
    deployment: Deployment,
    database: DatabasePort,
    states: ReadonlyMap<string, readonly StateResource[]>,
): Promise<Homecoming> {
    const { chosen, settings } = deployment;
    const reader = globalStack(deployment)?.name;
    if (reader === undefined) {
        return { kind: "none", because: "there is no global stack" };
    }
    if (!chosen.some(({ name }) => name === reader)) {
        return { kind: "none", because: "the global stack is not destroyed" };
    }
    const inState = (states.get(reader) ?? []).some(({ type }) => type === GLOBAL_CLUSTER);
    if (!inState) {
        return { kind: "none", because: `${reader} has no global database` };
    }
    try {
        const found = await database.find(settings.globalClusterIdentifier, regionsFirst(settings));
        return homecoming(found, settings, inState);
    } catch (error) {
        throw error instanceof RefusedError
            ? error
            : new RefusedError(`it must be known where the database is written, and ${messageOf(error)}`);
    }
}

function isEmpty(resources: readonly StateResource[] | undefined): boolean {
    return (resources ?? []).length === 0;
}

function refuseProtectedConfiguration({ chosen, graph, settings }: Deployment): void {
    const guarded = chosen.filter(({ name }) => settings.protectedStacks.includes(name));
    if (guarded.length === 0) {
        return;
    }
    throw new RefusedError(
        `protection is on in ${guarded.map(({ name }) => name).join(", ")}. If everything in ${graph.environment} ` +
            "is to go, databases and all, turn it off and have that applied first:\n" +
            guarded
                .map(({ name }) => `  pulumi config set deletionProtection false --stack ${name}\n`)
                .join("") +
            `  npm run up -- --environment ${graph.environment}`,
    );
}

function refuseProtectedStates(
    { chosen, graph }: Deployment,
    states: ReadonlyMap<string, readonly StateResource[]>,
): void {
    const guarded = chosen.flatMap(({ name }) => {
        const count = (states.get(name) ?? []).filter(({ protect }) => protect).length;
        return count === 0 ? [] : [`${name} (${count} ${count === 1 ? "resource" : "resources"})`];
    });
    if (guarded.length > 0) {
        throw new RefusedError(
            `the configuration turns protection off, and it is not applied yet in ${guarded.join(", ")}:\n` +
                `  npm run up -- --environment ${graph.environment}`,
        );
    }
}

/** A region must not go while the global stack still has a cluster in it. */
function refuseLeavingReaders(
    { chosen, graph }: Deployment,
    states: ReadonlyMap<string, readonly StateResource[]>,
): void {
    const names = new Set(chosen.map(({ name }) => name));
    for (const { name } of chosen) {
        const left = readersOf(graph, name).filter(
            (reader) => !names.has(reader) && !isEmpty(states.get(reader)),
        );
        if (left.length > 0) {
            throw new RefusedError(
                `${left.join(", ")} still uses what ${name} made: destroy it first, or name it too`,
            );
        }
    }
}
