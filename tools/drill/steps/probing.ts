/** The steps of a rehearsal that begin and end a measured part. */
import { DrillError, messageOf } from "../errors";
import { type Context, type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { isoTime, showDuration } from "../../shared/clock";
import { judge, showFailures } from "../probe/judge";
import { GOOD_WRITES, measure } from "../probe/measure";
import { type Judgement, type Measurement } from "../probe/types";
import { DEFAULTS, type RegionTopology } from "../topology/types";
import { lagOf } from "./lag";
import { globalAnywhere, writerOf } from "./state";
import { type ChangeRequest, regionsOf } from "./roles";

/** A part of a rehearsal, measured. */
export interface MeasuredPart {
    readonly part: string;
    readonly planned: boolean;
    readonly measurement: Measurement;
    readonly judgement: Judgement;
}

/**
 * Whether a fact is of the machine that the probe runs on: figures rest on its record, which no other machine has, and
 * name every marker that is lost, which is more than fits beside a lock.
 */
export function isFigure(fact: string): boolean {
    return fact.endsWith("/measured");
}

/** Good writes in a row before a part begins. */
const STEADY_WRITES = 5;

/** How long, in targets or lags, markers are confirmed before a loss: so that one that is kept comes before it. */
const LEAD_FACTOR = 2;

/** The share of the step's limit that the lead may take: what lags longer misses every target of a failover. */
const LEAD_SHARE = 0.8;

/** How long recovery is waited for at the end of a soak, in seconds beside the soak itself. */
const SOAK_GRACE_SECONDS = 120;

/** A part of a rehearsal. */
export interface PartRequest extends ChangeRequest {
    /** The part's name, such as `switchover`. */
    readonly part: string;
    readonly planned: boolean;
    /** The parts before it, in their order. */
    readonly earlier: readonly PartRequest[];
}

/** Waits until writes go through, so that the part begins from a system that is well. */
export function waitUntilSteady(request: PartRequest): Step {
    return {
        id: `${request.scope}steady`,
        title: "Wait until writes go through",
        kind: "wait",
        why:
            "The probe writes markers through the application every second. A part begins when five in a row are good, and " +
            "when the oldest is older than what may be lost: else nobody knows how much is.",
        timeoutSeconds: request.planned ? 120 : 600,
        describe: ({ topology }) =>
            `until ${STEADY_WRITES} markers in a row are written to ${topology.probe?.url ?? ""}, and others long enough before`,
        run: async (context) => {
            const { clock, facts, probe } = context;
            const lead = await leadOf(context, request);
            const text = await waitInStep(context, {
                what: `${STEADY_WRITES} markers in a row to be written`,
                hint: "The application refuses the probe before anything is changed. Try it by hand: see docs/drill.md.",
                look: (): Promise<Look<string>> => {
                    const good = probe?.goodInARow() ?? 0;
                    if (good < STEADY_WRITES) {
                        const seen = probe?.lastError() ?? "too few attempts";
                        return Promise.resolve({ done: false, seen });
                    }
                    const reach = clock.now() - (probe?.confirmedSince() ?? clock.now());
                    return Promise.resolve(
                        reach > lead.milliseconds
                            ? { done: true, value: `${good} writes in a row are good` }
                            : {
                                  done: false,
                                  seen: `all are good; markers are written for ${showDuration(lead.milliseconds)} first (${lead.reason})`,
                              },
                    );
                },
            });
            // The first part begins with the good writes; the others where the one before ends.
            const now = clock.now();
            const began = request.earlier.length === 0 ? (probe?.goodSince() ?? now) : now;
            await closePrevious(context, request, began);
            facts.set(`${request.scope}began`, began);
            return text;
        },
    };
}

/** How long markers must have been written before the part begins. */
async function leadOf(
    context: Context,
    request: PartRequest,
): Promise<{ readonly milliseconds: number; readonly reason: string }> {
    const { timeoutSeconds, topology } = context;
    const { failoverRpoSeconds, switchoverRpoSeconds } = topology.targets;
    const target = (request.planned ? switchoverRpoSeconds : failoverRpoSeconds) * 1000;
    const lag = request.planned ? undefined : await knownLag(context, regionsOf(request).target);
    const longest = Math.max(target, lag ?? 0);
    const wanted = LEAD_FACTOR * longest;
    return {
        milliseconds: Math.min(wanted, LEAD_SHARE * timeoutSeconds * 1000),
        reason:
            longest === lag ? `${showDuration(lag)} behind` : `the RPO must be under ${showDuration(target)}`,
    };
}

/** How far a region is behind; undefined where nobody says. The target alone counts then. */
async function knownLag(context: Context, target: RegionTopology): Promise<number | undefined> {
    try {
        return (await lagOf(context, target))?.milliseconds;
    } catch (error) {
        if (!(error instanceof DrillError)) {
            throw error;
        }
        context.log(`How far ${target.key} is behind is not known: ${messageOf(error)}`);
        return undefined;
    }
}

/** A part lasts until the next begins, so that what fails in between is somebody's. */
async function closePrevious(context: Context, request: PartRequest, until: number): Promise<void> {
    const previous = request.earlier.at(-1);
    if (previous === undefined) {
        return;
    }
    const known = context.facts.get(`${previous.scope}measured`) as MeasuredPart | undefined;
    const measured = await measureUntil(context, previous, until);
    context.facts.set(`${previous.scope}measured`, measured);
    if (known !== undefined && known.judgement.verdict !== measured.judgement.verdict) {
        const { reasons, verdict } = measured.judgement;
        context.log(`${previous.part} comes to ${verdict} after all: ${reasons.join("; ")}`);
    }
}

/** Goes on watching after writes go through again. */
export function soak(request: PartRequest): Step {
    const milliseconds = request.topology.probe?.soakMilliseconds ?? DEFAULTS.probe.soakMilliseconds;
    return {
        id: `${request.scope}soak`,
        title: "Watch whether it stays well",
        kind: "wait",
        why: "What works for a moment and fails again has not recovered. What fails meanwhile belongs to the part.",
        timeoutSeconds: Math.ceil(milliseconds / 1000) + SOAK_GRACE_SECONDS,
        describe: () => `for ${showDuration(milliseconds)}`,
        run: async ({ clock, facts, probe, signal }) => {
            const began = await facts.remember(`${request.scope}settled`, () => Promise.resolve(clock.now()));
            const last = clock.now() + milliseconds + (SOAK_GRACE_SECONDS * 1000) / 2;
            await clock.sleep(clock.now() - began < milliseconds ? milliseconds : 0, signal);
            while ((probe?.goodInARow() ?? 0) < GOOD_WRITES && clock.now() < last && !signal.aborted) {
                await clock.sleep(request.topology.pollSeconds * 1000, signal);
            }
            const good = probe?.goodSince();
            return good === undefined
                ? `writes fail: ${probe?.lastError() ?? "none was tried"}`
                : `writes are good since ${isoTime(good)}`;
        },
    };
}

/** Measures the part and judges it. A bad verdict ends nothing: the way home is still to be gone. */
export function measurePart(request: PartRequest): Step {
    return {
        id: `${request.scope}measure`,
        title: "Measure",
        kind: "measure",
        why:
            "RTO is from the first failed write to the last recovery; RPO is how far back the confirmed markers that are " +
            "gone reach. What fails until the next part begins is added.",
        timeoutSeconds: 180,
        describe: () => "read the markers back and compute RTO and RPO",
        run: async (context) => {
            const { judgement, measurement } = await context.facts.remember(`${request.scope}measured`, () =>
                measureUntil(context, request, context.clock.now()),
            );
            const failed =
                measurement.failed === 0 ? "" : ` (writes failed for ${showFailures(measurement)})`;
            return `${judgement.verdict}: ${judgement.reasons.join("; ")}${failed}`;
        },
    };
}

/**
 * What is known of a part at the end of a run: its figures, with what failed since they were taken where no other part
 * has begun. Nothing is kept: a run that goes on measures for itself.
 */
export async function measuredAtEnd(
    context: Context,
    request: PartRequest,
    isLast: boolean,
): Promise<MeasuredPart> {
    const known = context.facts.get(`${request.scope}measured`) as MeasuredPart | undefined;
    return known === undefined || isLast ? measureUntil(context, request, context.clock.now()) : known;
}

async function measureUntil(context: Context, request: PartRequest, until: number): Promise<MeasuredPart> {
    const { facts, probe, topology } = context;
    const { source, target } = regionsOf(request);
    const lostBefore = request.earlier.flatMap(({ scope }) => {
        const measured = facts.get(`${scope}measured`) as MeasuredPart | undefined;
        return measured?.measurement.lost ?? [];
    });
    const record = (await probe?.record(facts.get(`${request.scope}began`) as number, until, lostBefore)) ?? {
        attempts: [],
        intervalMilliseconds: DEFAULTS.probe.intervalMilliseconds,
    };
    const settledAt = facts.get(`${request.scope}settled`) as number | undefined;
    const measurement = measure({
        ...record,
        change: {
            from: namesOf(source),
            to: namesOf(target),
            ...(settledAt === undefined ? {} : { settledAt }),
        },
    });
    const writer = await writerNow(context, [target, source]);
    const { targets } = topology;
    const judgement = judge(measurement, {
        rtoSeconds: request.planned ? targets.switchoverRtoSeconds : targets.failoverRtoSeconds,
        rpoSeconds: request.planned ? targets.switchoverRpoSeconds : targets.failoverRpoSeconds,
        roleChanged: writer === target.key,
        intervalMilliseconds: record.intervalMilliseconds,
        from: source.key,
        to: target.key,
        names: topology.regions.flatMap(namesOf),
    });
    return { part: request.part, planned: request.planned, measurement, judgement };
}

function namesOf({ key, region }: RegionTopology): string[] {
    return [key, region];
}

/** Key of the region that writes; undefined where nobody can be asked: the figures are had all the same. */
async function writerNow(context: Context, regions: readonly RegionTopology[]): Promise<string | undefined> {
    try {
        return writerOf(context.topology, await globalAnywhere(context, regions))?.key;
    } catch (error) {
        if (!(error instanceof DrillError)) {
            throw error;
        }
        context.log(`Who writes is not known: ${messageOf(error)}`);
        return undefined;
    }
}
