/** Whether a failover by the plan of ARC Region switch would work tonight: what AWS's own evaluation says of it. */
import { showDuration } from "../../shared/clock";
import { type PlanEvaluation, type PlanExecution, type SwitchPlan } from "../aws/ports";
import { evaluationWarnings } from "../steps/byPlan";
import { lookUp } from "../steps/outsideView";
import { cancelByHand, isOpen, planIn, showExecution } from "../steps/planExecutions";
import { type RegionTopology, type Topology } from "../topology/types";
import { type Asked, type Watcher } from "./facts";
import { type FailoverOutlook, type Finding } from "./types";

/** AWS evaluates a plan every half hour; one that it has not for a day may be as it was, or not. */
const EVALUATION_MILLISECONDS = 86_400_000;

/** What stands in the way of a plan. */
const PLAN = "Plan";

/** Whether that is known. */
const EVALUATION = "Plan evaluation";

/** What a region's data plane says of the plan. */
export interface PlanFacts {
    readonly region: RegionTopology;
    readonly plan: Asked<SwitchPlan | undefined>;
    readonly evaluation: Asked<PlanEvaluation>;
    readonly executions: Asked<readonly PlanExecution[]>;
}

/** Asks every region's data plane; nothing where there is no plan. */
export async function lookAtPlan(watcher: Watcher): Promise<readonly PlanFacts[]> {
    const { regions, regionSwitchPlanArn } = watcher.topology;
    return regionSwitchPlanArn === undefined
        ? []
        : Promise.all(
              regions.map(async (region) => {
                  const { arn, plans } = planIn(watcher, region);
                  const [plan, evaluation, executions] = await Promise.all([
                      lookUp(watcher, () => plans.plan(arn)),
                      lookUp(watcher, () => plans.evaluation(arn)),
                      lookUp(watcher, () => plans.executions(arn)),
                  ]);
                  return { region, plan, evaluation, executions };
              }),
          );
}

/** None of it stops a failover that goes without the plan, so nothing is worse than a thing to look at. */
export function planFindings(facts: readonly PlanFacts[], topology: Topology, now: number): Finding[] {
    return [
        ...goingOn(facts, topology),
        ...facts.flatMap((each) => [...obstacles(each), evaluationFinding(each, now)]),
    ];
}

/** What is carried out already, wherever it was started: no other execution begins beside it. */
function goingOn(facts: readonly PlanFacts[], topology: Topology): Finding[] {
    const open = facts
        .flatMap(({ executions }) => ("value" in executions ? executions.value : []))
        .filter(isOpen);
    const byId = new Map(open.map((execution) => [execution.id, execution]));
    return [...byId.values()].map((execution) => ({
        subject: PLAN,
        state: "warn",
        text: `${showExecution(execution)}; cancel it: ${cancelByHand(topology, execution)}`,
        data: execution,
    }));
}

/** What a plan would not get past in a region. */
function obstacles({ evaluation, plan, region }: PlanFacts): Finding[] {
    const texts = [
        ...("value" in plan ? unfit(plan.value, region) : []),
        ...("value" in evaluation && evaluation.value.warnings.length > 0
            ? evaluationWarnings(evaluation.value)
            : []),
    ];
    return texts.map((text) => ({ region: region.key, subject: PLAN, state: "warn", text }));
}

function unfit(plan: SwitchPlan | undefined, { region }: RegionTopology): string[] {
    if (plan === undefined) {
        return [`${region} knows no such plan`];
    }
    return plan.activates[region] === undefined ? [`the plan does not activate ${region}`] : [];
}

function evaluationFinding({ evaluation, executions, plan, region }: PlanFacts, now: number): Finding {
    const say = (state: "ok" | "warn", text: string, data?: unknown): Finding => ({
        region: region.key,
        subject: EVALUATION,
        state,
        text,
        ...(data === undefined ? {} : { data }),
    });
    const missing = [evaluation, plan, executions].flatMap((asked) =>
        "missing" in asked ? [asked.missing] : [],
    );
    if ("missing" in evaluation || missing.length > 0) {
        return say("warn", `unknown: ${[...new Set(missing)].join("; ")}`);
    }
    const { evaluatedAt, state } = evaluation.value;
    const age = evaluatedAt === undefined ? undefined : Math.max(0, now - evaluatedAt);
    const text = `${state}, ${age === undefined ? "never evaluated" : `evaluated ${showDuration(age)} ago`}`;
    if (age === undefined || age > EVALUATION_MILLISECONDS) {
        return say("warn", `${text}: AWS does so every 30 minutes`, evaluation.value);
    }
    // What is to be done is said by itself.
    return say(["passed", "actionRequired"].includes(state) ? "ok" : "warn", text, evaluation.value);
}

/** What would stop and slow a failover by the plan to a region; nothing where there is no plan. */
export function planOutlook(findings: readonly Finding[], key: string): Pick<FailoverOutlook, "byPlan"> {
    const own = findings.filter(({ region }) => region === undefined || region === key);
    const textsOf = (subject: string): string[] =>
        own
            .filter((finding) => finding.subject === subject && finding.state !== "ok")
            .map(({ text }) => `${subject}: ${text}`);
    return own.length === 0 ? {} : { byPlan: { stops: textsOf(PLAN), slows: textsOf(EVALUATION) } };
}
