/** `switchover --to <region>`: planned, nothing lost. */
import { RefusedError, UsageError } from "../errors";
import { plainConclusion, type Preparation, type Runbook } from "../engine/runbook";
import { type Step } from "../engine/step";
import { APPROVES, checkPlan, type PlanRequest, startPlan, watchPlan, watchPlanEnd } from "../steps/byPlan";
import { confirmation } from "../steps/confirm";
import { planArnOf } from "../steps/planExecutions";
import { preflight } from "../steps/preflight";
import { type ChangeRequest, type Roles } from "../steps/roles";
import { scaleOtherDown, scaleTargetDatabase, scaleTargetFleets, waitForFleets } from "../steps/scaling";
import { globalAnywhere, writerOf } from "../steps/state";
import { disagreements, viewsOfWriter } from "../steps/whoWrites";
import { switchOver, verifyWriter, waitForLag, waitUntilSwitched } from "../steps/switching";
import { type RegionTopology, type Topology } from "../topology/types";
import { concludePlan, demandPlan } from "./byPlan";
import { namedRegion } from "./namedRegion";

/** Moves the writer, with nothing lost. */
export const switchover: Runbook<Roles> = {
    verb: "switchover",
    purpose: "Moves the writer to another region, planned, with no data lost.",
    notes: [
        "For a rehearsal, for maintenance, or when a region gets doubtful but still answers. Both regions must be well: " +
            "otherwise see `failover`.",
        "Until the switch itself begins, `--rollback` takes everything back. After it the way is forward; `failback` " +
            "or another `switchover` goes back.",
    ],
    usage: "switchover --to <region> [--by-plan [--approve]]",
    needsProbe: false,
    said: ({ approve }) => ({ [APPROVES]: approve }),
    demand: demandPlan,
    prepare: async (preparation) => {
        const target = targetOf(preparation);
        await refuseTwoWriters(preparation);
        return changeTo(preparation, target);
    },
    steps: (roles, topology) => confirmedChange({ ...roles, topology, scope: "" }, "switch the writer over"),
    subject,
    lockRegion: ({ to }) => to,
    conclude: (roles, context, result) =>
        Promise.resolve(concludePlan(context, plainConclusion(result, afterChange(roles)))),
    examples: [
        { title: "From us to eu", params: { from: "us", to: "eu" } },
        { title: "By the plan", params: { from: "us", to: "eu", byPlan: true } },
    ],
};

/** `failback`: the way home. */
export const failback: Runbook<Roles> = {
    verb: "failback",
    purpose: "Moves the writer back to the region that it is at home in, planned, with no data lost.",
    notes: [
        "The same as `switchover` to the home region. After a failover, Aurora first makes the old primary a standby " +
            "again and copies the data anew; preflight refuses until that is done.",
    ],
    usage: "failback [--to <region>]",
    needsProbe: false,
    prepare: async (preparation) => {
        const { options, topology } = preparation;
        const target = targetOf({ ...preparation, options: { ...options, to: options.to ?? topology.home } });
        await refuseTwoWriters(preparation);
        return changeTo(preparation, target);
    },
    steps: (roles, topology) => confirmedChange({ ...roles, topology, scope: "" }, "switch the writer back"),
    subject,
    lockRegion: ({ to }) => to,
    conclude: (roles, _context, result) => Promise.resolve(plainConclusion(result, afterChange(roles))),
    examples: [{ title: "From eu back to us", params: { from: "eu", to: "us" } }],
};

function confirmedChange(request: ChangeRequest, what: string): Step[] {
    if (request.finishing === true) {
        return restByPlan({ ...request, mode: "graceful" });
    }
    const [check, ...rest] = request.byPlan === true ? switchoverByPlan(request) : plannedChange(request);
    const confirm = confirmation({
        scope: request.scope,
        question: `${what} from ${request.from} to ${request.to} in ${request.topology.environment}`,
        word: request.to,
    });
    return [...(check === undefined ? [] : [check]), confirm, ...rest];
}

/** The steps of a planned change, without the question. */
export function plannedChange(request: ChangeRequest): Step[] {
    return [
        preflight(request),
        scaleTargetDatabase({ ...request, asksSource: true }),
        scaleTargetFleets({ ...request, asksSource: true }),
        waitForFleets({ ...request, asksSource: true }),
        waitForLag(request),
        switchOver(request),
        waitUntilSwitched({ ...request, whole: true, awaits: "switch-over" }),
        verifyWriter(request),
        scaleOtherDown(request),
    ];
}

/** The same by a plan of Region switch: AWS moves the writer and lets the groups grow; the rest is the drill's own. */
function switchoverByPlan(request: ChangeRequest): Step[] {
    const byPlan = { ...request, mode: "graceful" } as const;
    return [
        preflight(request),
        checkPlan(byPlan),
        scaleTargetDatabase({ ...request, asksSource: true }),
        waitForLag(request),
        startPlan(byPlan),
        watchPlan(byPlan),
        waitUntilSwitched({ ...request, whole: true }),
        verifyWriter(request),
        scaleOtherDown(request),
        watchPlanEnd(byPlan),
        waitForFleets({ ...request, asksSource: false }),
    ];
}

/**
 * What is left of a change when the target writes already: whoever made it may have been interrupted, on a machine that
 * nobody knows of. Each step leaves alone what is as it should be.
 */
function restOfChange(request: ChangeRequest): Step[] {
    const strength = { ...request, asksSource: false };
    return [
        // A region that is lost is not waited for.
        waitUntilSwitched({ ...request, whole: false }),
        scaleTargetDatabase(strength),
        verifyWriter(request),
        // As strong as the other one, where that can be asked: what a failover asks for besides is not to be doubled.
        scaleTargetFleets({ ...request, asksSource: true, aside: true }),
        waitForFleets(strength),
    ];
}

/** As `restOfChange`; a plan that goes on is watched to its end before. */
export function restByPlan(request: PlanRequest): Step[] {
    const rest = restOfChange(request);
    return request.byPlan === true ? [...rest, watchPlanEnd(request)] : rest;
}

/** @throws RefusedError when the regions disagree about who writes: whoever is asked first must not decide it. */
async function refuseTwoWriters(preparation: Preparation): Promise<void> {
    const { topology } = preparation;
    const problems = disagreements(topology, await viewsOfWriter(preparation));
    if (problems.length > 0) {
        throw new RefusedError(
            problems,
            "Nothing is moved while two regions may write. Look at both clusters in the RDS console, and let nobody " +
                "write to the one that is not to be kept; `npm run drill -- status` shows when they agree.",
        );
    }
}

/** The region that the operator named. */
export function targetOf({ options, topology }: Pick<Preparation, "options" | "topology">): RegionTopology {
    return namedRegion(topology, "to", options.to);
}

/** Who writes now, and who is to. */
export async function changeTo(preparation: Preparation, target: RegionTopology): Promise<Roles> {
    const { options, topology } = preparation;
    if (options.byPlan === true) {
        planArnOf(topology);
    }
    const others = topology.regions.filter(({ key }) => key !== target.key);
    const database = await globalAnywhere(preparation, [target, ...others]);
    const writer = writerOf(topology, database);
    // Preflight and guard refuse a writer that is not known; until then the steps need a name for it.
    const source = writer === undefined || writer.key === target.key ? others[0] : writer;
    if (source === undefined) {
        throw new UsageError("there is no other region");
    }
    const roles = {
        from: source.key,
        to: target.key,
        ...(options.byPlan === true ? { byPlan: true as const } : {}),
    };
    return writer?.key === target.key ? { ...roles, finishing: true } : roles;
}

/** What a change is about. */
export function subject({ byPlan, finishing, to }: Roles): string {
    return `to ${to}${byPlan === true ? " by the plan" : ""}${finishing === true ? ", which writes already" : ""}`;
}

/** What is left to be done after the writer has moved. */
export function afterChange({ finishing, from, to }: Roles): string[] {
    if (finishing === true) {
        return [];
    }
    return [
        `Say that ${to} writes: set primaryRegion to ${to} in the stacks' configuration and run \`npm run up\`, in peace. ` +
            "It changes capacity floors, alarms and the order in which instances take over; nothing is replaced.",
        `Migrations of the schema now run in ${to}: ${from} forwards writes, but no changes of the schema.`,
    ];
}

/** The region that takes over from another one, for those that do not name it. */
export function peerOf(topology: Topology, key: string): RegionTopology {
    const peer = topology.regions.find((region) => region.key !== key);
    if (peer === undefined) {
        throw new UsageError("there is no other region");
    }
    return peer;
}
