/** How the executions of a plan of ARC Region switch stand. */
import { type PlanExecution, type PlanPort } from "../aws/ports";
import { UsageError } from "../errors";
import { type Context } from "../engine/step";
import { type RegionTopology, type Topology } from "../topology/types";
import { lookUp } from "./outsideView";
import { type ChangeRequest, regionsOf } from "./roles";

// Source: ARC Region switch API Reference, GetPlanExecution, executionState.
const WELL = ["completed", "completedWithExceptions", "completedMonitoringApplicationHealth"];
const BADLY = ["canceled", "failed", "planExecutionTimedOut"];

/** Whether AWS has carried an execution out to its end. */
export function isCarriedOut({ state }: Pick<PlanExecution, "state">): boolean {
    return WELL.includes(state);
}

/** Whether an execution is over without having been carried out. */
export function isBroken({ state }: Pick<PlanExecution, "state">): boolean {
    return BADLY.includes(state);
}

/** Whether an execution goes on, or may. */
export function isOpen(execution: Pick<PlanExecution, "state">): boolean {
    return !isCarriedOut(execution) && !isBroken(execution);
}

/** The plan, which must be there. */
export function planArnOf({ environment, regionSwitchPlanArn }: Topology): string {
    if (regionSwitchPlanArn === undefined) {
        throw new UsageError(
            `${environment} has no plan of Region switch`,
            "The global stack makes one with regionSwitchPlan: true, and what the stacks said last has it when `status` has run since. " +
                "Without --by-plan the drill does it all by itself.",
        );
    }
    return regionSwitchPlanArn;
}

/** The plan's data plane in a region, and the plan. */
export function planIn(
    { aws, topology }: Pick<Context, "aws" | "topology">,
    { region }: RegionTopology,
): { readonly plans: PlanPort; readonly arn: string } {
    return { plans: aws.in(region).plans, arn: planArnOf(topology) };
}

/** An execution in a line. */
export function showExecution({ action, id, mode, region, state }: PlanExecution): string {
    return `the plan's execution ${id} (${mode}, to ${action} ${region}) is ${state}`;
}

/** A command about an execution, to be typed by hand. */
export function executionByHand(
    command: string,
    topology: Topology,
    { id, region }: Pick<PlanExecution, "id" | "region">,
): string {
    return `aws arc-region-switch ${command} --region ${region} --plan-arn ${planArnOf(topology)} --execution-id ${id}`;
}

/** How an execution is cancelled by hand. */
export function cancelByHand(topology: Topology, execution: Pick<PlanExecution, "id" | "region">): string {
    return executionByHand("cancel-plan-execution", topology, execution);
}

/**
 * Executions that go on in these regions, each once. The data plane of each region is its own, so all are asked at once.
 */
export async function openExecutions(
    context: Pick<Context, "aws" | "clock" | "topology">,
    regions: readonly RegionTopology[],
): Promise<{ readonly open: readonly PlanExecution[]; readonly silent: readonly string[] }> {
    const looks = await Promise.all(
        regions.map((region) => {
            const { arn, plans } = planIn(context, region);
            return lookUp(context, () => plans.executions(arn));
        }),
    );
    const open = looks.flatMap((look) => ("missing" in look ? [] : look.value)).filter(isOpen);
    return {
        open: open.filter(({ id }, index) => open.findIndex((other) => other.id === id) === index),
        silent: looks.flatMap((look) => ("missing" in look ? [look.missing] : [])),
    };
}

/** Whether there is a plan of Region switch, and this change goes without it. */
export function isBesidePlan({ byPlan, topology }: ChangeRequest): boolean {
    return byPlan !== true && topology.regionSwitchPlanArn !== undefined;
}

/** What forbids a change beside a plan: one that is carried out would move the writer as well. Nothing where there is none. */
export async function executionProblems(context: Context, request: ChangeRequest): Promise<string[]> {
    if (!isBesidePlan(request)) {
        return [];
    }
    const { source, target } = regionsOf(request);
    const { open, silent } = await openExecutions(context, [target, source]);
    silent.forEach((why) => {
        context.warn(`whether the plan is carried out is not known: ${why}`);
    });
    return open.map(
        (execution) =>
            `${showExecution(execution)}: wait for its end, or cancel it: ${cancelByHand(context.topology, execution)}`,
    );
}
