/** Lets a plan of ARC Region switch move the writer: looks at it, starts it once, and watches it. */
import { type PlanEvaluation, type PlanExecution, type PlanMode, type SwitchPlan } from "../aws/ports";
import { AwsCallError, DrillError, isPassing, messageOf, RefusedError } from "../errors";
import { insist } from "../engine/insist";
import { type Context, type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { type RegionTopology, type Topology } from "../topology/types";
import { ASKS } from "./asks";
import { lookUp } from "./outsideView";
import {
    cancelByHand,
    executionByHand,
    isBroken,
    isCarriedOut,
    isOpen,
    openExecutions,
    planArnOf,
    planIn,
    showExecution,
} from "./planExecutions";
import { awaiting, type ChangeRequest, regionsOf } from "./roles";
import { hasMoved, whetherTaken } from "./switching";

/** A change of the writer that a plan makes. */
export interface PlanRequest extends ChangeRequest {
    readonly mode: PlanMode;
}

/** The fact that keeps the execution's id. */
const EXECUTION = "plan-execution";

/** The fact that keeps how many executions of this run have ended without having been carried out. */
const BROKEN = "plan-executions-broken";

/** The fact that keeps whether the operator approves what the plan asks for. */
export const APPROVES = "approves";

/** The fact that keeps what became of the plan. */
const OUTCOME = "plan-outcome";

/** What became of the plan, as the journal and the lock keep it. */
export interface PlanOutcome {
    readonly text: string;
    /** The execution that was not carried out to its end, with its failed steps alone. */
    readonly left?: Pick<PlanExecution, "id" | "region" | "state" | "steps">;
    readonly recoveryTime?: string;
}

/** Most of AWS's reason that is kept: what lies with the lock has little room. */
const KEPT_CHARACTERS = 500;

/** What became of the plan that a run has started; undefined while that is not known. */
export function planOutcome({ facts }: Pick<Context, "facts">): PlanOutcome | undefined {
    return facts.get(OUTCOME) as PlanOutcome | undefined;
}

/** What an execution says of who has started it. */
function commentOf({ runId }: Context): string {
    return `meridian drill, run ${runId}`;
}

function isOwn(context: Context, { comment }: PlanExecution): boolean {
    return comment === commentOf(context);
}

const SHOWN_ARN = "<the plan's ARN>";

/** The same without the plan. */
function withoutPlan({ mode, to }: PlanRequest): string {
    return mode === "graceful"
        ? `Without the plan: \`npm run drill -- switchover --to ${to}\`.`
        : `Without the plan: \`npm run drill -- failover --to ${to} --accept-data-loss\`.`;
}

/** Looks whether the plan would do what is wanted, before anything is changed. */
export function checkPlan(request: PlanRequest): Step {
    const { mode, topology } = request;
    const { target } = regionsOf(request);
    return {
        id: `${request.scope}check-plan`,
        title: "Look at the plan",
        kind: "check",
        why:
            "A plan that does not move this database, or moves it in another way, is refused: one that fails over in a " +
            "graceful execution would lose data, and one that only switches over needs the region that is lost. So is a " +
            "second execution. What AWS's own evaluation warns of stops a planned change and is a warning in a failover, as " +
            "is everything that cannot be asked.",
        byHand: [
            `aws arc-region-switch get-plan-in-region --region ${target.region} --arn ${SHOWN_ARN}`,
            `aws arc-region-switch get-plan-evaluation-status --region ${target.region} --plan-arn ${SHOWN_ARN}`,
            `aws arc-region-switch list-plan-executions --region ${target.region} --plan-arn ${SHOWN_ARN}`,
        ].join("\n"),
        timeoutSeconds: 60,
        looksAgain: true,
        asks: ASKS.checkPlan,
        isDone: (context) => hasMoved(context, target),
        describe: () => `look whether the plan ${planArnOf(topology)} would activate ${target.region}`,
        run: async (context) => {
            const { arn, plans } = planIn(context, target);
            const [plan, evaluation, running] = await Promise.all([
                lookUp(context, () => plans.plan(arn)),
                lookUp(context, () => plans.evaluation(arn)),
                runningProblems(context, request),
            ]);
            const problems: string[] = [];
            // A failover has no time for what only may be wrong.
            const doubt = (text: string): void => {
                if (mode === "ungraceful") {
                    context.warn(text);
                } else {
                    problems.push(text);
                }
            };
            if ("missing" in plan) {
                doubt(`the plan could not be looked at: ${plan.missing}`);
            } else {
                problems.push(...planProblems(plan.value, request));
                sayApprovals(context, plan.value, target);
            }
            if ("missing" in evaluation) {
                doubt(`what AWS's evaluation says of the plan is not known: ${evaluation.missing}`);
            } else {
                evaluationWarnings(evaluation.value).forEach(doubt);
            }
            problems.push(...running);
            if (problems.length > 0) {
                throw new RefusedError(problems, withoutPlan(request));
            }
            return "missing" in plan ? undefined : showSteps(plan.value, target);
        },
    };
}

/** What keeps a plan from doing what is wanted. */
function planProblems(plan: SwitchPlan | undefined, request: PlanRequest): string[] {
    const { mode, topology } = request;
    const { target } = regionsOf(request);
    if (plan === undefined) {
        return [`${target.region} knows no plan ${planArnOf(topology)}`];
    }
    const steps = plan.activates[target.region];
    if (steps === undefined) {
        return [
            `the plan does not activate ${target.region}: its regions are ${plan.regions.join(" and ")}, and it activates ` +
                (Object.keys(plan.activates).join(" and ") || "none"),
        ];
    }
    const identifier = topology.globalClusterIdentifier;
    const moves = steps.flatMap(({ database, name }) =>
        database?.globalClusterIdentifier === identifier ? [{ ...database, name }] : [],
    );
    if (moves.length === 0) {
        return [`the plan has no step that moves the writer of ${identifier}`];
    }
    const wanted = mode === "graceful" ? "switchoverOnly" : "failover";
    const why =
        mode === "graceful"
            ? "data would be lost"
            : "that needs the region that is left, and a failover is for when it is lost";
    return moves
        .filter((move) => move[mode] !== wanted)
        .map((move) => `the plan's step ${move.name} does ${move[mode]} in a ${mode} execution: ${why}`);
}

/** What AWS's own evaluation of a plan warns of, a sentence each. */
export function evaluationWarnings({ state, warnings }: PlanEvaluation): string[] {
    if (warnings.length > 0) {
        return warnings.map(
            ({ resourceArn, step, text }) =>
                `AWS's evaluation of the plan${step === undefined ? "" : `, step ${step}`}` +
                `${resourceArn === undefined ? "" : `, ${resourceArn}`}: ${text}`,
        );
    }
    return state === "passed"
        ? []
        : [`AWS's evaluation of the plan says ${state === "" ? "nothing" : state}`];
}

function sayApprovals(context: Context, plan: SwitchPlan | undefined, { region }: RegionTopology): void {
    for (const { approvalRole, name } of plan?.activates[region] ?? []) {
        if (approvalRole !== undefined) {
            context.log(`the plan waits for somebody's approval at the step ${name}, as ${approvalRole}`);
        }
    }
}

function showSteps(plan: SwitchPlan | undefined, { region }: RegionTopology): string {
    const steps = plan?.activates[region] ?? [];
    return `its steps are ${steps.map(({ kind, name }) => `${name} (${kind})`).join(", ")}`;
}

/** Executions that go on and are not what this run is about. */
async function runningProblems(context: Context, request: PlanRequest): Promise<string[]> {
    const { source, target } = regionsOf(request);
    const { open, silent } = await openExecutions(context, [target, source]);
    silent.forEach((why) => {
        context.log(`whether the plan is carried out already is not known: ${why}`);
    });
    return open
        .filter((execution) => !isFor(context, request, execution))
        .map(
            (execution) =>
                `${showExecution(execution)}. Cancel it: ${cancelByHand(context.topology, execution)}` +
                harden(context.topology, request, execution),
        );
}

/** What makes a planned execution of the same region the one that is wanted, when the region that is left is lost meanwhile. */
function harden(topology: Topology, request: PlanRequest, execution: PlanExecution): string {
    const { action, region } = execution;
    return request.mode === "ungraceful" &&
        action === "activate" &&
        region === regionsOf(request).target.region
        ? "; or make it ungraceful, and run the same command again: " +
              `${executionByHand("update-plan-execution", topology, execution)} --action switchToUngraceful`
        : "";
}

/** Whether an execution is the one that is wanted, whoever has started it: an alarm, for instance. */
function isFor(context: Context, request: PlanRequest, execution: PlanExecution): boolean {
    const { action, mode, region } = execution;
    const { target } = regionsOf(request);
    return (
        isOwn(context, execution) ||
        (action === "activate" && region === target.region && mode === request.mode)
    );
}

/** Starts the plan in the region that it activates, once. */
export function startPlan(request: PlanRequest): Step {
    const { mode, topology } = request;
    const { source, target } = regionsOf(request);
    return {
        id: `${request.scope}start-plan`,
        title: "Start the plan",
        kind: "change",
        why:
            "AWS carries the plan out by itself, from the region that is activated. An execution that goes on already is " +
            "watched and not started anew: one of this run by its comment, one of an alarm or of somebody else by what it " +
            "does. While the writer has not moved, an execution of this run is cancelled by a rollback." +
            (mode === "ungraceful" ? " Ungraceful, the plan fails over: what was not sent yet is lost." : ""),
        byHand:
            `aws arc-region-switch start-plan-execution --region ${target.region} --plan-arn ${SHOWN_ARN} ` +
            `--target-region ${target.region} --action activate --mode ${mode}`,
        timeoutSeconds: 60,
        pointOfNoReturn: true,
        isTaken: (context) => whetherTaken(context, target),
        asks: ASKS.startPlan,
        describe: () =>
            `${planArnOf(topology)}, ${mode}, to activate ${target.region} in place of ${source.region}` +
            (mode === "ungraceful" ? "; unsent writes are lost" : ""),
        isDone: async (context) => (await adopt(context, request)) || (await hasMoved(context, target)),
        run: async (context) => {
            const { facts, runId } = context;
            const { arn, plans } = planIn(context, target);
            const broken = (facts.get(BROKEN) as number | undefined) ?? 0;
            const hint = `Run the same command again: it starts nothing twice. ${withoutPlan(request)}`;
            try {
                const id = await insist(context, { what: "the plan", hint }, () =>
                    plans.start({
                        planArn: arn,
                        targetRegion: target.region,
                        mode,
                        comment: commentOf(context),
                        // The same of a run that is resumed; another one when what it had started was cancelled or failed.
                        token: `${runId}.${broken + 1}`,
                    }),
                );
                facts.set(EXECUTION, id);
                return `the plan's execution is ${id}`;
            } catch (error) {
                if (!(error instanceof AwsCallError)) {
                    throw error;
                }
                // Somebody else may have been first.
                if (NO_SECOND.includes(error.code) && (await adopt(context, request))) {
                    return `the plan's execution is ${String(facts.get(EXECUTION))}, which went on already`;
                }
                throw new DrillError(messageOf(error), hint);
            }
        },
        undo: {
            title: "cancel the plan's execution, and make sure that the writer has not moved meanwhile",
            run: (context) => cancelOwn(context, request),
        },
    };
}

/** What Region switch says to a start while something goes on. */
const NO_SECOND = ["IllegalStateException", "ConflictException"];

/** Finds the execution that is wanted, and remembers it. False where there is none that is known. */
async function adopt(context: Context, request: PlanRequest): Promise<boolean> {
    const { facts, log } = context;
    const { target } = regionsOf(request);
    const { arn, plans } = planIn(context, target);
    const found = await lookUp(context, () => plans.executions(arn));
    if ("missing" in found) {
        log(`what the plan does is not known: ${found.missing}`);
        return false;
    }
    const own = found.value.filter((execution) => isOwn(context, execution));
    const wanted =
        found.value.find((execution) => isOpen(execution) && isFor(context, request, execution)) ??
        own.find(isCarriedOut);
    facts.set(BROKEN, own.filter(isBroken).length);
    if (wanted !== undefined) {
        facts.set(EXECUTION, wanted.id);
        log(showExecution(wanted));
    }
    return wanted !== undefined;
}

/** Cancels what this run has started; what somebody else has is left alone. */
async function cancelOwn(context: Context, request: PlanRequest): Promise<void> {
    const { target } = regionsOf(request);
    const { arn, plans } = planIn(context, target);
    const hint = `Look at the plan in the console of ARC in ${target.region}, and run the same command again.`;
    await waitInStep(context, {
        what: "the plan's execution to be cancelled",
        hint,
        look: async (): Promise<Look<undefined>> => {
            const all = await plans.executions(arn);
            all.filter((execution) => isOpen(execution) && !isOwn(context, execution)).forEach(
                (execution) => {
                    context.warn(
                        `${showExecution(execution)}: this run has not started it, and leaves it alone`,
                    );
                },
            );
            const own = all.find((execution) => isOpen(execution) && isOwn(context, execution));
            if (own === undefined) {
                return { done: true, value: undefined };
            }
            await plans.cancel(arn, own.id, commentOf(context));
            return { done: false, seen: showExecution(own) };
        },
    });
    const { seen, taken } = await whetherTaken(context, target);
    if (taken) {
        throw new DrillError(
            `the writer has moved before the plan was cancelled: ${seen}`,
            "From here the way is forward: run the same command without --rollback.",
        );
    }
    context.warn(
        "groups that the plan has let grow are as large as they were then: the plan's own steps are not undone",
    );
}

const WATCHES =
    "Each step of the plan is said as it begins and ends. A step that waits for approval is said with the command to type, or " +
    "approved by --approve.";

const watchByHand = ({ region }: RegionTopology): string =>
    `aws arc-region-switch get-plan-execution --region ${region} --plan-arn ${SHOWN_ARN} --execution-id <the execution>`;

/** Watches the plan until the writer moves. */
export function watchPlan(request: PlanRequest): Step {
    const { target } = regionsOf(request);
    return {
        ...awaiting({ ...request, awaits: "start-plan" }),
        id: `${request.scope}wait-plan`,
        title: "Watch the plan until the writer moves",
        kind: "wait",
        why:
            `${WATCHES} When the plan stops before the writer has moved, the step and AWS's reason are said, and the run ends ` +
            "halfway.",
        byHand: watchByHand(target),
        timeoutSeconds: 7200,
        asks: ASKS.watchPlan,
        describe: () => `until AWS moves the writer to ${target.key}`,
        run: (context) =>
            watch(context, request, "to move the writer", async (execution) => {
                if (await hasMoved(context, target)) {
                    return `AWS moves the writer to ${target.key}`;
                }
                if (execution === undefined) {
                    return undefined;
                }
                if (hasStopped(execution)) {
                    throw await stoppedBefore(context, request, execution);
                }
                return isCarriedOut(execution) ? noteEnd(context, execution) : undefined;
            }),
    };
}

/** Watches what the plan does besides moving the writer, which has moved. */
export function watchPlanEnd(request: PlanRequest): Step {
    const { target } = regionsOf(request);
    return {
        id: `${request.scope}wait-plan-end`,
        title: "Watch the plan to its end",
        kind: "wait",
        why:
            `${WATCHES} The writer has moved by now, so that the run goes on whatever becomes of the plan; when the plan stops, the ` +
            "report says FAIL, with the step, AWS's reason and what is left to do.",
        byHand: watchByHand(target),
        timeoutSeconds: 3600,
        aside: true,
        asks: ASKS.watchPlanEnd,
        describe: () => `until AWS has activated ${target.region}`,
        run: (context) =>
            watch(context, request, "to end", async (execution, trouble) => {
                if (execution === undefined) {
                    return trouble;
                }
                if (hasStopped(execution)) {
                    return stoppedAfter(context, request, execution);
                }
                return isCarriedOut(execution) ? noteEnd(context, execution) : undefined;
            }),
    };
}

/** Whether an execution does nothing any more, and has not done it all. */
function hasStopped(execution: PlanExecution): boolean {
    return isBroken(execution) || execution.state === "pausedByFailedStep";
}

/** The execution to watch; undefined where none is known, and none goes on. */
async function executionOf(context: Context, request: PlanRequest): Promise<string | undefined> {
    const known = (): string | undefined => context.facts.get(EXECUTION) as string | undefined;
    if (known() === undefined) {
        await adopt(context, request);
    }
    return known();
}

/**
 * Looks at the execution until what is seen is the end.
 *
 * @param what What it is waited for.
 * @param judge Given the execution, or why looking again would be in vain; says what came of it at the end.
 */
async function watch(
    context: Context,
    request: PlanRequest,
    what: string,
    judge: (execution: PlanExecution | undefined, trouble?: string) => Promise<string | undefined>,
): Promise<string> {
    const { target } = regionsOf(request);
    const { arn, plans } = planIn(context, target);
    const id = await executionOf(context, request);
    if (id === undefined) {
        return "the plan has no execution that is known";
    }
    const said = new Map<string, string>();
    const approved = new Set<string>();
    return waitInStep(context, {
        what: `the plan's execution ${id} ${what}`,
        hint:
            `Look at it in the console of ARC in ${target.region}. Run the same command again to go on watching. ` +
            withoutPlan(request),
        look: async (): Promise<Look<string>> => {
            const found = await lookUp(context, () => plans.execution(arn, id));
            if ("missing" in found) {
                const trouble = `the plan cannot be watched: ${found.missing}`;
                if (!found.passes) {
                    context.warn(trouble);
                }
                const end = await judge(undefined, found.passes ? undefined : trouble);
                return end === undefined ? { done: false, seen: trouble } : { done: true, value: end };
            }
            const execution = found.value;
            saySteps(context, execution, said);
            const end = await judge(execution);
            if (end !== undefined) {
                return { done: true, value: end };
            }
            await seeToApprovals(context, request, execution, approved);
            return { done: false, seen: showExecution(execution) };
        },
    });
}

/** Says what has begun or ended since the last look. */
function saySteps({ log }: Context, { steps }: PlanExecution, said: Map<string, string>): void {
    for (const { name, status } of steps) {
        if (said.get(name) !== status && (status !== "notStarted" || said.has(name))) {
            log(`step ${name}: ${status}`);
        }
        said.set(name, status);
    }
}

function noteEnd(context: Context, execution: PlanExecution): string {
    const { id, recoveryTime, state, steps } = execution;
    const left = steps.filter(({ status }) => status !== "completed");
    if (left.length > 0) {
        context.warn(
            `the plan is ${state}, and not all of its steps: ${left.map(({ name, status }) => `${name} ${status}`).join(", ")}`,
        );
    }
    const text = `the plan's execution ${id}: ${state}, ${steps.length - left.length} of ${steps.length} steps`;
    const outcome: PlanOutcome = { text, ...(recoveryTime === undefined ? {} : { recoveryTime }) };
    context.facts.set(OUTCOME, outcome);
    return text;
}

function failedSteps({ steps }: Pick<PlanExecution, "steps">): PlanExecution["steps"] {
    return steps.filter(({ status }) => status === "failed");
}

/** How a plan that has stopped is gone on with, where it can be. */
function mending(topology: Topology, execution: NonNullable<PlanOutcome["left"]>): string {
    const byHand = (command: string): string => executionByHand(command, topology, execution);
    return [
        `resume it when it is mended: ${byHand("update-plan-execution")} --action resume`,
        ...failedSteps(execution).map(
            ({ name }) =>
                `leave out ${name}: ${byHand("update-plan-execution-step")} --step-name ${name} ` +
                "--action-to-take skip --comment <why>",
        ),
        `cancel it: ${cancelByHand(topology, execution)}`,
    ].join("; or ");
}

/** The plan has stopped, and the writer has not moved. */
async function stoppedBefore(
    context: Context,
    request: PlanRequest,
    execution: PlanExecution,
): Promise<DrillError> {
    const why = await whyStopped(context, regionsOf(request).target, execution);
    const next = isOpen(execution)
        ? `The plan waits: ${mending(context.topology, execution)}. Then run the same command again, which goes on watching.`
        : "Mend it, and run the same command again, which starts the plan anew.";
    return new DrillError(
        `${showExecution(execution)}: ${why}`,
        `${next} With --rollback the run is taken back. ${withoutPlan(request)}`,
    );
}

/** The plan has stopped, and the writer has moved. */
async function stoppedAfter(
    context: Context,
    request: PlanRequest,
    execution: PlanExecution,
): Promise<string> {
    const why = await whyStopped(context, regionsOf(request).target, execution);
    const text = `${showExecution(execution)}: ${why}`;
    context.warn(`${text}. The writer has moved all the same`);
    const { id, region, state } = execution;
    const outcome: PlanOutcome = {
        text: text.slice(0, KEPT_CHARACTERS),
        left: { id, region, state, steps: failedSteps(execution) },
    };
    context.facts.set(OUTCOME, outcome);
    return text;
}

/** What is left to be done by a person after a plan that was not carried out to its end. */
export function leftByPlan(topology: Topology, { left }: PlanOutcome): string | undefined {
    if (left === undefined) {
        return undefined;
    }
    return isOpen(left)
        ? `The plan's execution ${left.id} is still open: ${mending(topology, left)}.`
        : "See to what the plan has left undone.";
}

/** The steps that failed, and AWS's reason for each, as far as it says one. */
async function whyStopped(
    context: Context,
    target: RegionTopology,
    execution: PlanExecution,
): Promise<string> {
    const { arn, plans } = planIn(context, target);
    const failures = await lookUp(context, () => plans.failures(arn, execution.id));
    const failed = failedSteps(execution).map(({ name }) => name);
    if ("missing" in failures) {
        return `failed steps: ${failed.join(", ") || "none"}; AWS's reason is not known: ${failures.missing}`;
    }
    const reasons = failures.value.map(
        ({ resources, step, text }) =>
            `${step === undefined ? "" : `step ${step}: `}${text}${resources.length === 0 ? "" : ` (${resources.join(", ")})`}`,
    );
    const unexplained = failed.filter((name) => !failures.value.some(({ step }) => step === name));
    return (
        [...reasons, ...unexplained.map((name) => `step ${name} has failed`)].join("; ") ||
        "no step has failed"
    );
}

/** Says what waits for approval, or approves it where the operator says so. */
async function seeToApprovals(
    context: Context,
    request: PlanRequest,
    { id, steps }: PlanExecution,
    approved: Set<string>,
): Promise<void> {
    const { target } = regionsOf(request);
    const { arn, plans } = planIn(context, target);
    for (const { name } of steps.filter(({ status }) => status === "pendingApproval")) {
        if (approved.has(name)) {
            continue;
        }
        approved.add(name);
        const command = executionByHand("approve-plan-execution-step", context.topology, {
            id,
            region: target.region,
        });
        const byHand = `${command} --step-name ${name} --approval approve`;
        if (context.facts.get(APPROVES) !== true) {
            context.log(`step ${name} waits for approval, by the role that the plan names: ${byHand}`);
            continue;
        }
        try {
            await plans.approve(arn, id, name, commentOf(context));
            context.log(`step ${name}: approved`);
        } catch (error) {
            if (isPassing(error)) {
                approved.delete(name);
            }
            context.warn(
                `step ${name} could not be approved (${messageOf(error)}). As the role that may: ${byHand}`,
            );
        }
    }
}
