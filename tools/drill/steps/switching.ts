/** Moves the writer from one region to another, planned or not. */
import { type GlobalDatabase, type Lag, LAG_METRIC } from "../aws/ports";
import { DrillError } from "../errors";
import { type Clock } from "../../shared/clock";
import { insist } from "../engine/insist";
import { type Context, type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { type Answer, showAnswer } from "../outside";
import { isWritten, takerOf, writeMarker } from "../probe/marker";
import { clusterArn, type ProbeTopology, regionProbeUrls, type RegionTopology } from "../topology/types";
import { ASKS } from "./asks";
import { LAG_AGE_MILLISECONDS, lagOf, showLag } from "./lag";
import { lookUp } from "./outsideView";
import { awaiting, type ChangeRequest, regionsOf } from "./roles";
import {
    clusterOf,
    globalIn,
    instancesOf,
    isWhole,
    type Looker,
    memberOf,
    showGlobal,
    writerOf,
} from "./state";
import { viewsOfWriter } from "./whoWrites";

/** How long a metric may be silent before that is no reason to wait any more; it has one value a minute. */
const SILENCE_MILLISECONDS = 90_000;

/** Waits until the target is hardly behind. */
export function waitForLag(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    const limit = request.topology.limits.replicationLagMilliseconds;
    return {
        id: `${request.scope}wait-lag`,
        title: "Wait for the replication to catch up",
        kind: "wait",
        why:
            "A switchover waits until the target has everything, and nobody can write meanwhile: the less it is behind, " +
            "the shorter that is. A metric that is silent, as after a change of the writer, is not waited for: nothing is " +
            "lost in a switchover however far behind the target is.",
        byHand:
            `aws cloudwatch get-metric-statistics --region ${target.region} --namespace AWS/RDS ` +
            `--metric-name ${LAG_METRIC} --statistics Maximum --period 60 ` +
            `--dimensions Name=DBClusterIdentifier,Value=${target.clusterIdentifier} Name=SourceRegion,Value=${source.region} ` +
            "--start-time <ten minutes ago> --end-time <now>",
        timeoutSeconds: 900,
        looksAgain: true,
        // Resumed after AWS had heard of the switchover: who writes is not behind.
        isDone: (context) => hasMoved(context, target),
        describe: () => `until ${target.key} is at most ${limit} ms behind ${source.key}`,
        run: async (context) => {
            const { clock, timeoutSeconds } = context;
            const patience = Math.min(SILENCE_MILLISECONDS, timeoutSeconds * 500);
            const began = clock.now();
            return waitInStep(context, {
                what: `${target.key} to be at most ${limit} ms behind ${source.key}`,
                hint:
                    "Look at the writer's load (a large batch?) and at the replication alarm. Run the same command again " +
                    "to go on, or with --rollback.",
                look: async (): Promise<Look<string>> => {
                    const found = await lookUp(context, () => lagOf(context, target));
                    const lag = "missing" in found ? undefined : found.value;
                    if (lag === undefined || lag.ageMilliseconds > LAG_AGE_MILLISECONDS) {
                        const why = "missing" in found ? found.missing : silence(lag);
                        const mayCome = !("missing" in found) || found.passes;
                        if (mayCome && clock.now() - began < patience) {
                            return { done: false, seen: why };
                        }
                        const text = `the lag is not known (${why}), and a switchover waits for the target by itself`;
                        context.warn(text);
                        return { done: true, value: text };
                    }
                    const text = showLag(lag);
                    return lag.milliseconds <= limit
                        ? { done: true, value: text }
                        : { done: false, seen: text };
                },
            });
        },
    };
}

function silence(lag: Lag | undefined): string {
    return lag === undefined
        ? "CloudWatch has no measurement of the lag"
        : `the newest measurement: ${showLag(lag)}`;
}

/** Whether the writer moves to the target already, or has. */
async function isMoving(context: Context, target: RegionTopology): Promise<boolean> {
    return hasTaken(context, await globalIn(context, target), target);
}

/** Whether a global database shows that AWS has been asked to let a region write, and has not thought better of it. */
function hasTaken({ topology }: Looker, database: GlobalDatabase, target: RegionTopology): boolean {
    return (
        writerOf(topology, database)?.key === target.key ||
        (database.change?.toArn === clusterArn(topology, target) && database.change.status !== CANCELLING)
    );
}

/** As `isMoving`; where that is not answered soon, not that we know of. */
export async function hasMoved(context: Context, target: RegionTopology): Promise<boolean> {
    const found = await lookUp(context, () => isMoving(context, target));
    if ("missing" in found) {
        context.log(found.missing);
        return false;
    }
    return found.value;
}

/** AWS's word for a change of the writer that it takes back. */
const CANCELLING = "cancelling";

/**
 * Whether AWS has been asked to let a region write, as all regions that answer say. While AWS takes it back, or is at
 * something else, that is waited for.
 */
export async function whetherTaken(
    context: Context,
    target: RegionTopology,
): Promise<{ readonly taken: boolean; readonly seen: string }> {
    const { topology } = context;
    return waitInStep(context, {
        what: `AWS to say whether ${target.key} is to write`,
        hint: "Look at the global database in the RDS console, and run the same command again.",
        look: async (): Promise<Look<{ readonly taken: boolean; readonly seen: string }>> => {
            const { answered, silent } = await viewsOfWriter(context);
            const [first] = answered;
            if (first === undefined) {
                return { done: false, seen: silent.map(({ why }) => why).join("; ") };
            }
            const taking = answered.find(({ database }) => hasTaken(context, database, target));
            const busy = answered.find(({ database }) => !isQuiet(database));
            const seen = showGlobal(topology, (taking ?? busy ?? first).database);
            return taking === undefined && busy !== undefined
                ? { done: false, seen }
                : { done: true, value: { taken: taking !== undefined, seen } };
        },
    });
}

/** Whether nothing is going on with a global database. */
function isQuiet({ change, status }: GlobalDatabase): boolean {
    return status === "available" && change === undefined;
}

/**
 * Asks AWS to move the writer, once. When the answer is lost, or says that something is going on or not in the right
 * state, what AWS shows decides whether it was heard. Where AWS does not show it, it is asked all the same: it refuses
 * what is under way already.
 */
async function ask(
    context: Context,
    target: RegionTopology,
    call: () => Promise<void>,
    what: string,
    refused = "",
): Promise<string> {
    const hint =
        "Look at the global database in the RDS console. Run the same command again: it asks only if AWS has not " +
        `heard.${refused}`;
    await insist(context, { what: `the ${what}`, hint }, async () => {
        if (!(await hasMoved(context, target))) {
            await call();
        }
    });
    return `AWS has taken up the ${what}`;
}

/** Starts the planned switchover. */
export function switchOver(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    const { topology } = request;
    return {
        id: `${request.scope}switch-over`,
        title: "Switch over",
        kind: "change",
        why:
            "Aurora stops the writer, waits until the target has everything, and turns the roles round. Nothing is " +
            "lost; nobody writes for some seconds to minutes. It cannot be taken back midway, only by another switchover.",
        byHand:
            `aws rds switchover-global-cluster --region ${source.region} ` +
            `--global-cluster-identifier ${topology.globalClusterIdentifier} ` +
            `--target-db-cluster-identifier ${clusterArn(topology, target)}`,
        timeoutSeconds: 120,
        pointOfNoReturn: true,
        isTaken: (context) => whetherTaken(context, target),
        describe: () =>
            `from ${source.key} (${source.region}) to ${target.key} (${target.region}); nobody writes meanwhile`,
        isDone: (context) => hasMoved(context, target),
        run: (context) =>
            ask(
                context,
                target,
                () =>
                    context.aws
                        .in(source.region)
                        .database.switchover(topology.globalClusterIdentifier, clusterArn(topology, target)),
                "switchover",
            ),
    };
}

/** Starts the unplanned failover. */
export function failOver(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    const { topology } = request;
    return {
        id: `${request.scope}fail-over`,
        title: "Fail over",
        kind: "change",
        why:
            "Aurora promotes the target as it is. What the lost region committed and had not sent yet is lost. The call " +
            "goes to the target's region, so the lost one need not answer. When it comes back, Aurora makes its cluster a " +
            "standby again.",
        byHand:
            `aws rds failover-global-cluster --region ${target.region} ` +
            `--global-cluster-identifier ${topology.globalClusterIdentifier} ` +
            `--target-db-cluster-identifier ${clusterArn(topology, target)} --allow-data-loss`,
        timeoutSeconds: 120,
        pointOfNoReturn: true,
        isTaken: (context) => whetherTaken(context, target),
        describe: () =>
            `promote ${target.key} (${target.region}) in place of ${source.key}; unsent writes are lost`,
        asks: ASKS.failOver,
        isDone: (context) => hasMoved(context, target),
        run: (context) =>
            ask(
                context,
                target,
                () =>
                    context.aws
                        .in(target.region)
                        .database.failover(topology.globalClusterIdentifier, clusterArn(topology, target)),
                "failover",
                // Source: Aurora User Guide, "Performing manual failovers for Aurora global databases".
                " When AWS goes on refusing it, as between other engine versions, the cluster can be made a database of " +
                    "its own: aws rds remove-from-global-cluster " +
                    `--region ${target.region} --global-cluster-identifier ${topology.globalClusterIdentifier} ` +
                    `--db-cluster-identifier ${clusterArn(topology, target)}. The global database is then to be built anew.`,
            ),
    };
}

/** Waits until the target writes; after a planned switchover, until all members are connected again as well. */
export function waitUntilSwitched(
    request: ChangeRequest & { readonly whole: boolean; readonly awaits?: string },
): Step {
    const { target } = regionsOf(request);
    return {
        ...awaiting(request),
        id: `${request.scope}wait-switched`,
        title: `Wait until ${target.key} writes`,
        kind: "wait",
        why: "Usually a minute or two. An interruption here does no harm: AWS goes on by itself.",
        byHand:
            `aws rds describe-global-clusters --region ${target.region} ` +
            `--global-cluster-identifier ${request.topology.globalClusterIdentifier}`,
        timeoutSeconds: 1800,
        asks: ASKS.waitUntilSwitched,
        describe: () => `until AWS says that ${target.key} writes`,
        run: async (context) => {
            const { clock, topology } = context;
            const cancelled = cancellations(clock);
            return waitInStep(context, {
                what: `${target.key} to become the writer`,
                hint:
                    "AWS has not finished. Look at the events of the global database in the RDS console, and open a case with " +
                    "AWS when they stand still. Run the same command again to go on waiting; a planned switchover of a " +
                    "region that has been lost meanwhile becomes `npm run drill -- failover`.",
                look: async (): Promise<Look<string>> => {
                    const database = await globalIn(context, target);
                    const seen = showGlobal(topology, database);
                    const writes = writerOf(topology, database)?.key === target.key;
                    if (!writes && cancelled(database)) {
                        throw new DrillError(
                            `AWS has cancelled the change of the writer: ${seen}`,
                            "Look at the events of the global database in the RDS console. Run the same command again " +
                                "to ask AWS once more, or with --rollback.",
                        );
                    }
                    // After a failover the lost region is not expected back.
                    const settled = !request.whole || (database.status === "available" && isWhole(database));
                    return writes && settled ? { done: true, value: seen } : { done: false, seen };
                },
            });
        },
    };
}

/** Looks in a row that find nothing going on, after something was, before that is believed. */
const QUIET_LOOKS = 3;

/**
 * How long AWS may take to show what it was asked for: it answers with the change that it has taken up. Who is told
 * wrongly that it was cancelled runs the command again, and it goes on.
 */
const QUIET_MILLISECONDS = 30_000;

/** Tells, look by look, whether AWS has taken a change back: it was at it and is no more, or never shows it. */
function cancellations(clock: Clock): (database: GlobalDatabase) => boolean {
    let wasAtIt = false;
    let quietLooks = 0;
    let quietSince: number | undefined;
    return (database) => {
        if (!isQuiet(database)) {
            wasAtIt = true;
            quietLooks = 0;
            quietSince = undefined;
            return false;
        }
        quietLooks += 1;
        quietSince ??= clock.now();
        return (wasAtIt && quietLooks >= QUIET_LOOKS) || clock.now() - quietSince >= QUIET_MILLISECONDS;
    };
}

/** Waits until every region is a connected member again. */
export function waitUntilWhole(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    return {
        id: `${request.scope}wait-whole`,
        title: `Wait until ${source.key} is a standby again`,
        kind: "wait",
        why:
            "When a region that was failed over from comes back, Aurora makes its cluster a standby and copies the data " +
            "anew, which takes as long as there is data.",
        timeoutSeconds: 14_400,
        describe: () => `until ${source.key} is connected to ${target.key}`,
        run: async (context) => {
            const { topology } = context;
            return waitInStep(context, {
                what: `${source.key} to be a connected standby of ${target.key}`,
                hint:
                    "Look at the cluster's events in the RDS console. When AWS could not resynchronise it, remove it from the " +
                    "global database, delete it, and let `npm run up` make a new one.",
                look: async (): Promise<Look<string>> => {
                    const database = await globalIn(context, target);
                    const seen = showGlobal(topology, database);
                    const isMember = memberOf(topology, database, source) !== undefined;
                    const isDone = isMember && database.status === "available" && isWhole(database);
                    return isDone ? { done: true, value: seen } : { done: false, seen };
                },
            });
        },
    };
}

/** Looks whether the target does what it should, up to a write through the application. */
export function verifyWriter(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    return {
        id: `${request.scope}verify`,
        title: `Verify that ${target.key} writes`,
        kind: "wait",
        why:
            "AWS's word is not the shop's: the cluster and its instances are available, a write goes through, and the " +
            "application of the region that wrote before does not go on writing there.",
        timeoutSeconds: 600,
        asks: ASKS.verify,
        describe: ({ topology }) =>
            topology.probe === undefined
                ? `${target.key}'s cluster and instances (no probe is configured, so no write is tried)`
                : `${target.key}'s cluster and instances, and a write through ${topology.probe.url}`,
        run: (context) =>
            waitInStep(context, {
                what: `${target.key} to work as the writer`,
                hint:
                    "The writer has moved, so do not switch again in haste: look at what was seen last. Applications whose " +
                    "connections hang need a restart. Run the same command again to look again.",
                look: async (): Promise<Look<string>> => {
                    const { status } = await clusterOf(context, target);
                    const instances = await instancesOf(context, target);
                    if (status !== "available" || instances.available === 0) {
                        return { done: false, seen: `cluster ${status}; ${instances.text}` };
                    }
                    return lookAtWrite(context, source, target);
                },
            }),
    };
}

async function lookAtWrite(
    context: Context,
    source: RegionTopology,
    target: RegionTopology,
): Promise<Look<string>> {
    const { probe, topology } = context;
    if (topology.probe === undefined) {
        return { done: true, value: `${target.key}'s cluster and instances are available` };
    }
    if (probe !== undefined) {
        const good = probe.goodInARow();
        return good >= 3
            ? { done: true, value: `${good} writes in a row have gone through` }
            : { done: false, seen: `writes fail: ${probe.lastError() ?? "none was tried yet"}` };
    }
    return lookAtTakers(context, topology.probe, source, target);
}

/** Looks whether a write goes through to the new writer, and whether the old one still takes any at its own host. */
async function lookAtTakers(
    { clock, outside, topology }: Context,
    { timeoutMilliseconds, url }: ProbeTopology,
    source: RegionTopology,
    target: RegionTopology,
): Promise<Look<string>> {
    const write = (to: string): Promise<Answer> => writeMarker(outside, to, clock.now(), timeoutMilliseconds);
    const answer = await write(url);
    if (!isWritten(answer)) {
        return { done: false, seen: `a write fails: ${showAnswer(answer)}` };
    }
    const taker = takerOf(answer);
    if (taker !== undefined && ![target.key, target.region].includes(taker)) {
        return { done: false, seen: `${taker} takes writes, and not ${target.key}` };
    }
    const own = regionProbeUrls(topology)[source.key];
    const old = own === undefined ? undefined : takerOf(await write(own));
    return old !== undefined && [source.key, source.region].includes(old)
        ? { done: false, seen: `the application of ${source.key} goes on writing to ${source.key}` }
        : {
              done: true,
              value: `a write through the application has gone through${taker === undefined ? "" : ` to ${target.key}`}`,
          };
}
