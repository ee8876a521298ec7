/** `rehearse`: the whole cycle with a probe, so that RTO and RPO are measured. */
import { showDuration } from "../../shared/clock";
import { DrillError, messageOf, UsageError } from "../errors";
import { type Conclusion, type Figure, type Preparation, type Runbook } from "../engine/runbook";
import { type RunResult } from "../engine/runner";
import { type Context, type Step } from "../engine/step";
import { showFailures, showRpo } from "../probe/judge";
import { type Verdict } from "../probe/types";
import { confirmation } from "../steps/confirm";
import { brokenExperiment } from "../steps/experiments";
import { heal, looseStrike, strike } from "../steps/faults";
import { waitUntilRed } from "../steps/guard";
import {
    measuredAtEnd,
    measurePart,
    type MeasuredPart,
    type PartRequest,
    soak,
    waitUntilSteady,
} from "../steps/probing";
import { restoreSteps } from "../steps/restoring";
import { waitUntilWhole } from "../steps/switching";
import { globalAnywhere, writerOf } from "../steps/state";
import { templateOf } from "../topology/experiments";
import { regionOf, type Topology } from "../topology/types";
import { unplannedChange } from "./failover";
import { concludeRestore } from "./restoreTest";
import { peerOf, plannedChange } from "./switchover";

/** Parts of a rehearsal, in the order in which they are run. */
export const PARTS = ["switchover", "failback", "failover", "restore"] as const;

/** A part of a rehearsal. */
export type Part = (typeof PARTS)[number];

/** What is rehearsed. */
export interface RehearsalParams {
    /** Key of the region that writes before and, when all went well, after. */
    readonly from: string;
    /** Key of the region that takes over. */
    readonly to: string;
    readonly parts: readonly Part[];
}

/** Switches over and back, fails over and back, restores, and measures each. */
export const rehearse: Runbook<RehearsalParams> = {
    verb: "rehearse",
    purpose:
        "Runs the whole cycle while a probe writes markers through the application every second, and measures RTO and " +
        "RPO of each part against the targets.",
    notes: [
        "`switchover,failback` is what is run when nothing else is said. `failover` takes the primary away with a command " +
            "of yours or an experiment of AWS FIS, fails over, gives it back and goes home; it loses what was not replicated, so not in production " +
            "without a reason. `restore` restores the newest recovery point and destroys the copy.",
        "PASS: every target is met. FAIL: a target is missed, writes did not recover, or two regions took them. " +
            "INCONCLUSIVE: what was rehearsed did not take effect, the probe was not looking, or nobody knows how much is lost.",
    ],
    usage: "rehearse [--to <region>] [--parts switchover,failback,failover,restore]",
    needsProbe: true,
    prepare,
    steps: (params, topology) => [
        confirmation({
            scope: "",
            question: `rehearse ${params.parts.join(", ")} between ${params.from} and ${params.to} in ${topology.environment}`,
            word: params.to,
        }),
        ...params.parts.flatMap((part) => partSteps(part, params, topology)),
    ],
    subject: ({ parts, to }) => `${parts.join(", ")} with ${to}`,
    lockRegion: ({ to }) => to,
    conclude,
    examples: [
        {
            title: "All parts",
            params: { from: "us", to: "eu", parts: ["switchover", "failback", "failover", "restore"] },
        },
    ],
};

async function prepare(preparation: Preparation): Promise<RehearsalParams> {
    const { options, topology } = preparation;
    if (topology.probe === undefined) {
        throw new UsageError(
            "a rehearsal needs the URL that markers are written to: give --probe-url, or probe.url in the drill's settings",
        );
    }
    const parts = partsOf(options.parts ?? ["switchover", "failback"]);
    if (parts.includes("failover") && topology.fault === undefined) {
        throw new UsageError(
            "the part failover needs commands that take the primary away and give it back, or an experiment of AWS FIS: " +
                "fault.strike and fault.heal, or fault.experiment, in the drill's settings",
        );
    }
    if (parts.includes("failback") && !parts.includes("switchover")) {
        throw new UsageError("the part failback goes home from the part switchover: name both");
    }
    const database = await globalAnywhere(preparation, topology.regions);
    const writer = writerOf(topology, database);
    if (writer === undefined) {
        throw new DrillError("no region of the topology writes, so there is nothing to rehearse");
    }
    const target = options.to === undefined ? peerOf(topology, writer.key) : regionOf(topology, options.to);
    if (target === undefined || target.key === writer.key) {
        const others = topology.regions.map(({ key }) => key).filter((key) => key !== writer.key);
        throw new UsageError(`--to is ${options.to ?? ""}; allowed: ${others.join(", ")}`);
    }
    if (parts.includes("failover") && topology.fault !== undefined && "experiment" in topology.fault) {
        // The part failover strikes who writes when it begins.
        const struck = parts.includes("switchover") && !parts.includes("failback") ? target : writer;
        templateOf(topology.fault, struck);
    }
    return { from: writer.key, to: target.key, parts };
}

function partsOf(names: readonly string[]): Part[] {
    const unknown = names.filter((name) => !PARTS.some((part) => part === name));
    if (unknown.length > 0 || names.length === 0) {
        throw new UsageError(`--parts is ${names.join(",")}; allowed: ${PARTS.join(", ")}`);
    }
    return PARTS.filter((part) => names.includes(part));
}

function partSteps(part: Part, params: RehearsalParams, topology: Topology): Step[] {
    if (part === "restore") {
        // Whoever is home writes again by now, or never stopped to.
        const region = finalWriter(params);
        return restoreSteps({ topology, scope: "restore/", region, resource: "Aurora" });
    }
    const all = measuredParts(params, topology);
    return all
        .filter((request) => request.scope.startsWith(`${part}/`))
        .flatMap((request) => {
            const steps = measuredSteps(request);
            // The first part begins from what there is, unless that is struck first.
            return request.scope === all[0]?.scope && request.planned
                ? steps
                : steps.map((step): Step => ({ ...step, afterChange: true }));
        });
}

function measuredSteps(request: PartRequest): Step[] {
    return [
        waitUntilSteady(request),
        ...(request.planned
            ? [...plannedChange(request), soak(request), measurePart(request)]
            : [
                  strike(request),
                  waitUntilRed(request),
                  ...unplannedChange(request),
                  soak(request),
                  measurePart(request),
                  heal(request),
                  waitUntilWhole(request),
              ]),
    ];
}

/** Where the database is written when all parts went well. */
function finalWriter({ from, parts, to }: RehearsalParams): string {
    const isAway = parts.includes("switchover") && !parts.includes("failback");
    return isAway ? to : from;
}

/** The parts that move the writer, each from where the last one left it. */
function measuredParts(params: RehearsalParams, topology: Topology): PartRequest[] {
    const requests: PartRequest[] = [];
    let writer = params.from;
    const other = (): string => (writer === params.from ? params.to : params.from);
    const move = (part: string, scope: string, planned: boolean): void => {
        requests.push({ topology, scope, part, planned, from: writer, to: other(), earlier: [...requests] });
        writer = other();
    };
    for (const part of params.parts) {
        if (part === "switchover" || part === "failback") {
            move(part, `${part}/`, true);
        } else if (part === "failover") {
            move(part, "failover/", false);
            move("return from the failover", "failover/return/", true);
        }
    }
    return requests;
}

async function conclude(params: RehearsalParams, context: Context, result: RunResult): Promise<Conclusion> {
    const { facts, topology } = context;
    const measured: MeasuredPart[] = [];
    const reasons: string[] = [];
    const begun = measuredParts(params, topology).filter(
        ({ scope }) => facts.get(`${scope}began`) !== undefined,
    );
    for (const request of begun) {
        // A part that failed midway has figures too: what was seen until then.
        const part = await measuredAtEnd(context, request, request === begun.at(-1));
        measured.push(withBroken(part, brokenExperiment(context, request)));
    }
    const verdicts = measured.map(({ judgement }) => judgement.verdict);
    for (const { judgement, part } of measured) {
        reasons.push(...judgement.reasons.map((reason) => `${part}: ${reason}`));
    }
    const figures = measured.flatMap(partFigures);
    if (params.parts.includes("restore")) {
        const restored = concludeRestore(context, result, "restore/");
        figures.push(...restored.figures.map(({ name, ...rest }) => ({ ...rest, name: `restore: ${name}` })));
        if (result.outcome === "done") {
            verdicts.push(restored.verdict);
            reasons.push(...restored.reasons.map((reason) => `restore: ${reason}`));
        }
    }
    if (result.error !== undefined) {
        verdicts.push("INCONCLUSIVE");
        reasons.push(`not all of it was run: ${messageOf(result.error)}`);
    }
    const loose = measuredParts(params, topology).flatMap((request) => looseStrike(context, request) ?? []);
    return {
        verdict: worst(verdicts),
        reasons,
        figures,
        afterwards: [...loose, ...afterwards(params, result)],
    };
}

/** A fault that ended by itself has not tried what was to be tried. */
function withBroken(part: MeasuredPart, broken: string | undefined): MeasuredPart {
    if (broken === undefined) {
        return part;
    }
    const { reasons, verdict } = part.judgement;
    return {
        ...part,
        judgement: {
            ...part.judgement,
            verdict: worst([verdict, "INCONCLUSIVE"]),
            reasons: [...reasons, broken],
        },
    };
}

function worst(verdicts: readonly Verdict[]): Verdict {
    const order: readonly Verdict[] = ["FAIL", "INCONCLUSIVE", "PASS"];
    return order.find((verdict) => verdicts.includes(verdict)) ?? "INCONCLUSIVE";
}

function partFigures({ judgement, measurement, part }: MeasuredPart): Figure[] {
    const { rtoSeconds } = measurement;
    return [
        {
            name: `${part}: RTO`,
            value: rtoSeconds === undefined ? "writes did not recover" : showDuration(rtoSeconds * 1000),
            data: measurement.rtoSeconds ?? null,
        },
        {
            name: `${part}: failed`,
            value: showFailures(measurement),
            data: { seconds: measurement.failedSeconds, errorRate: measurement.errorRate },
        },
        {
            name: `${part}: RPO`,
            value: showRpo(measurement),
            data: measurement.rpoSeconds ?? null,
        },
        {
            name: `${part}: markers`,
            value:
                `${measurement.acknowledged} of ${measurement.attempts} acknowledged, ` +
                `${measurement.lost.length} lost`,
            data: measurement,
        },
        ...measurement.hosts.map((host) => ({
            name: `${part}: through ${host.through}'s own host`,
            value: `${host.acknowledged} of ${host.attempts} acknowledged, ${host.lost} of them lost`,
            data: host,
        })),
        { name: `${part}: verdict`, value: judgement.verdict, data: judgement },
    ];
}

function afterwards(params: RehearsalParams, result: RunResult): string[] {
    if (result.outcome === "halfway") {
        return [
            "The rehearsal stopped midway: look at `npm run drill -- status`, then run the same command again to go on.",
        ];
    }
    const writer = finalWriter(params);
    return writer === params.from ? [] : [`${writer} writes now: \`npm run drill -- failback\` goes home.`];
}
