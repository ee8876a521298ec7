/** ARC Region switch in a region. */
import { Caller } from "../call";
import { type PlanExecution, type PlanPort, type PlanStep, type SwitchPlan } from "../ports";
import { type RegionSwitchClient } from "./client";
import {
    ApprovePlanExecutionStepCommand,
    CancelPlanExecutionCommand,
    type ExecutionItem,
    GetPlanInRegionCommand,
    paginateGetPlanEvaluationStatus,
    paginateGetPlanExecution,
    paginateListPlanExecutionEvents,
    paginateListPlanExecutions,
    type Plan,
    type PlanStep as SdkStep,
    StartPlanExecutionCommand,
} from "./commands";

const ACTIVATE = "activate";

/** A plan's data plane in a region. */
export function planPort(client: RegionSwitchClient, region: string): PlanPort {
    const caller = new Caller("Region switch", region);
    return {
        plan: (arn) =>
            caller
                .find("GetPlanInRegion", ["ResourceNotFoundException"], (abortSignal) =>
                    client.send(new GetPlanInRegionCommand({ arn }), { abortSignal }),
                )
                .then((found) => (found?.plan === undefined ? undefined : planOf(found.plan))),
        evaluation: (planArn) =>
            caller.call("GetPlanEvaluationStatus", async (abortSignal) => {
                let state = "";
                let evaluatedAt: number | undefined;
                const warnings = [];
                for await (const page of paginateGetPlanEvaluationStatus(
                    { client },
                    { planArn },
                    { abortSignal },
                )) {
                    state = page.evaluationState ?? state;
                    evaluatedAt = page.lastEvaluationTime?.getTime() ?? evaluatedAt;
                    warnings.push(...(page.warnings ?? []));
                }
                return {
                    state,
                    ...(evaluatedAt === undefined ? {} : { evaluatedAt }),
                    warnings: warnings
                        .filter(({ warningStatus }) => warningStatus !== "resolved")
                        .map(({ resourceArn, stepName, warningMessage = "" }) => ({
                            text: warningMessage,
                            ...(stepName === undefined ? {} : { step: stepName }),
                            ...(resourceArn === undefined ? {} : { resourceArn }),
                        })),
                };
            }),
        executions: (planArn) =>
            caller.call("ListPlanExecutions", async (abortSignal) => {
                const found: PlanExecution[] = [];
                for await (const page of paginateListPlanExecutions(
                    { client },
                    { planArn },
                    { abortSignal },
                )) {
                    found.push(...(page.items ?? []).map((item) => ({ ...executionOf(item), steps: [] })));
                }
                return found.sort((a, b) => b.startedAt - a.startedAt);
            }),
        execution: (planArn, executionId) =>
            caller.call("GetPlanExecution", async (abortSignal) => {
                let item: ExecutionItem = {};
                const steps: PlanExecution["steps"][number][] = [];
                for await (const page of paginateGetPlanExecution(
                    { client },
                    { planArn, executionId },
                    { abortSignal },
                )) {
                    item = page;
                    steps.push(
                        ...(page.stepStates ?? []).map(({ name = "", status = "" }) => ({ name, status })),
                    );
                }
                return { ...executionOf(item), steps };
            }),
        failures: (planArn, executionId) =>
            caller.call("ListPlanExecutionEvents", async (abortSignal) => {
                const found = [];
                for await (const page of paginateListPlanExecutionEvents(
                    { client },
                    { planArn, executionId },
                    { abortSignal },
                )) {
                    found.push(...(page.items ?? []));
                }
                return found
                    .filter(({ error }) => error !== undefined && error !== "")
                    .sort((a, b) => (a.timestamp?.getTime() ?? 0) - (b.timestamp?.getTime() ?? 0))
                    .map(({ error = "", resources = [], stepName }) => ({
                        text: error,
                        resources,
                        ...(stepName === undefined ? {} : { step: stepName }),
                    }));
            }),
        start: ({ comment, mode, planArn, targetRegion, token }) =>
            caller.call("StartPlanExecution", async (abortSignal) => {
                const { executionId } = await client.send(
                    new StartPlanExecutionCommand({
                        planArn,
                        targetRegion,
                        action: ACTIVATE,
                        mode,
                        comment,
                        clientToken: token,
                    }),
                    { abortSignal },
                );
                return executionId ?? "";
            }),
        async cancel(planArn, executionId, comment) {
            await caller.call("CancelPlanExecution", (abortSignal) =>
                client.send(new CancelPlanExecutionCommand({ planArn, executionId, comment }), {
                    abortSignal,
                }),
            );
        },
        async approve(planArn, executionId, stepName, comment) {
            await caller.call("ApprovePlanExecutionStep", (abortSignal) =>
                client.send(
                    new ApprovePlanExecutionStepCommand({
                        planArn,
                        executionId,
                        stepName,
                        approval: "approve",
                        comment,
                    }),
                    { abortSignal },
                ),
            );
        },
    };
}

/** A workflow that names no region is that of each. */
function planOf({ regions = [], workflows = [] }: Plan): SwitchPlan {
    return {
        regions,
        activates: Object.fromEntries(
            regions.flatMap((region) => {
                const own = workflows.find(
                    ({ workflowTargetAction: action, workflowTargetRegion: target = region }) =>
                        action === ACTIVATE && target === region,
                );
                return own === undefined ? [] : [[region, (own.steps ?? []).flatMap(flat)] as const];
            }),
        ),
    };
}

/** A step, or those that go on beside each other in it. */
function flat(step: SdkStep): PlanStep[] {
    const { executionBlockConfiguration: block = {}, executionBlockType: kind = "", name = "" } = step;
    const { executionApprovalConfig: approval, globalAuroraConfig: database, parallelConfig } = block;
    if (parallelConfig !== undefined) {
        return (parallelConfig.steps ?? []).flatMap(flat);
    }
    return [
        {
            name,
            kind,
            ...(approval?.approvalRole === undefined ? {} : { approvalRole: approval.approvalRole }),
            ...(database === undefined
                ? {}
                : {
                      database: {
                          globalClusterIdentifier: database.globalClusterIdentifier ?? "",
                          graceful: database.behavior ?? "",
                          ungraceful: database.ungraceful?.ungraceful ?? database.behavior ?? "",
                      },
                  }),
        },
    ];
}

function executionOf(item: ExecutionItem): Omit<PlanExecution, "steps"> {
    const { actualRecoveryTime, comment = "", executionAction = "", executionId = "" } = item;
    return {
        id: executionId,
        state: item.executionState ?? "",
        mode: item.mode ?? "",
        action: executionAction,
        region: item.executionRegion ?? "",
        comment,
        startedAt: item.startTime?.getTime() ?? 0,
        ...(actualRecoveryTime === undefined ? {} : { recoveryTime: actualRecoveryTime }),
    };
}
