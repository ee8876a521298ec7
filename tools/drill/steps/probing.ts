/** The steps of a rehearsal that begin and end a measured part. */
import { type Context, type Step } from "../engine/step";
import { waitFor } from "../engine/wait";
import { judge, measure } from "../probe/measure";
import { type Judgement, type Measurement } from "../probe/types";
import { globalAnywhere, writerOf } from "./state";
import { type ChangeRequest, regionsOf } from "./roles";

/** A part of a rehearsal, measured. */
export interface MeasuredPart {
    readonly part: string;
    readonly planned: boolean;
    readonly measurement: Measurement;
    readonly judgement: Judgement;
}

/** Good writes in a row before a part begins. */
const STEADY_WRITES = 5;

/** A part of a rehearsal. */
export interface PartRequest extends ChangeRequest {
    /** The part's name, such as `switchover`. */
    readonly part: string;
    readonly planned: boolean;
}

/** Waits until writes go through, so that the part begins from a system that is well. */
export function waitUntilSteady(request: PartRequest): Step {
    return {
        id: `${request.scope}steady`,
        title: "Wait until writes go through",
        kind: "wait",
        why: "The probe writes a marker through the application every second. A part begins when five in a row are good.",
        timeoutSeconds: 120,
        describe: ({ topology }) =>
            `until ${STEADY_WRITES} markers in a row are written to ${topology.probe?.url ?? ""}`,
        run: async (context) => {
            const { clock, facts, probe, signal, timeoutSeconds, topology } = context;
            const text = await waitFor({
                what: `${STEADY_WRITES} markers in a row to be written`,
                timeoutSeconds,
                pollSeconds: topology.pollSeconds,
                clock,
                signal,
                onSeen: context.log,
                hint: "The application refuses the probe before anything is changed. Try it by hand: see docs/drill.md.",
                look: () => {
                    const good = probe?.goodInARow() ?? 0;
                    return Promise.resolve(
                        good >= STEADY_WRITES
                            ? { done: true as const, value: `${good} writes in a row are good` }
                            : { done: false as const, seen: probe?.lastError() ?? "too few attempts" },
                    );
                },
            });
            // From the first good write on: those just before a fault are the ones that it may lose.
            facts.set(`${request.scope}began`, probe?.goodSince() ?? clock.now());
            return text;
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
            "RTO is from the first failed write to the first good one after it; RPO is how far back the acknowledged " +
            "markers that are gone reach.",
        timeoutSeconds: 120,
        describe: () => "read the markers back and compute RTO and RPO",
        run: async (context) => {
            const { judgement } = await measureNow(context, request);
            return `${judgement.verdict}: ${judgement.reasons.join("; ")}`;
        },
    };
}

/** Measures what there is of a part, once: a resumed run keeps the first figures. */
export async function measureNow(context: Context, request: PartRequest): Promise<MeasuredPart> {
    const { facts, probe, topology } = context;
    const { source, target } = regionsOf(request);
    return facts.remember(`${request.scope}measured`, async () => {
        const since = facts.get(`${request.scope}began`) as number;
        const record = (await probe?.record(since)) ?? { attempts: [], intervalMilliseconds: 1000 };
        const measurement = measure(record);
        const database = await globalAnywhere(context, [target, source]);
        const { targets } = topology;
        const judgement = judge(measurement, {
            rtoSeconds: request.planned ? targets.switchoverRtoSeconds : targets.failoverRtoSeconds,
            rpoSeconds: request.planned ? targets.switchoverRpoSeconds : targets.failoverRpoSeconds,
            roleChanged: writerOf(topology, database)?.key === target.key,
            intervalMilliseconds: record.intervalMilliseconds,
        });
        return { part: request.part, planned: request.planned, measurement, judgement };
    });
}
