/**
 * What ARC Region switch takes and answers, as far as the drill needs it. A member that is left out here is left out of the
 * answer.
 *
 * Source: ARC Region switch API Reference, version 2022-07-26.
 */
import { type StaticListSchema, type StaticOperationSchema, type StaticStructureSchema } from "@smithy/types";

/** The namespace of the service's shapes, which errors are named by. */
export const NAMESPACE = "com.amazonaws.arcregionswitch";

// As the SDK numbers kinds of schemas.
const STRUCTURE = 3;
const LIST = 1;
const OPERATION = 9;
const TEXT = 0;
const NUMBER = 1;
const TIME = 4;
const TEXTS = 64;

type Member = typeof TEXT | typeof NUMBER | typeof TIME | typeof TEXTS;

type Shape = StaticStructureSchema | StaticListSchema;

/** A structure; the members of `required` must be given. */
function structure(
    name: string,
    members: Readonly<Record<string, Member | (() => Shape)>>,
    required: readonly string[] = [],
): StaticStructureSchema {
    // The SDK takes the first ones for those that must be there.
    const names = [...required, ...Object.keys(members).filter((member) => !required.includes(member))];
    return [
        STRUCTURE,
        NAMESPACE,
        name,
        0,
        names,
        names.map((member) => members[member] ?? TEXT),
        required.length,
    ];
}

function listOf(name: string, member: StaticStructureSchema): () => StaticListSchema {
    return () => [LIST, NAMESPACE, name, 0, member];
}

/** An operation. */
function operation(
    name: string,
    input: StaticStructureSchema,
    output: StaticStructureSchema,
): StaticOperationSchema {
    return [OPERATION, NAMESPACE, name, 0, input, output];
}

const PAGE = { maxResults: NUMBER, nextToken: TEXT } as const;

const EXECUTION = {
    planArn: TEXT,
    executionId: TEXT,
    comment: TEXT,
    startTime: TIME,
    endTime: TIME,
    mode: TEXT,
    executionState: TEXT,
    executionAction: TEXT,
    executionRegion: TEXT,
    actualRecoveryTime: TEXT,
} as const;

const EXECUTION_REQUEST = { planArn: TEXT, executionId: TEXT } as const;

/** A step of a workflow, of which a parallel one has steps of its own. */
const step: StaticStructureSchema = structure("Step", {
    name: TEXT,
    executionBlockType: TEXT,
    executionBlockConfiguration: () => blockConfiguration,
});

const blockConfiguration = structure("ExecutionBlockConfiguration", {
    executionApprovalConfig: () =>
        structure("ExecutionApprovalConfiguration", { approvalRole: TEXT, timeoutMinutes: NUMBER }),
    globalAuroraConfig: () =>
        structure("GlobalAuroraConfiguration", {
            behavior: TEXT,
            ungraceful: () => structure("GlobalAuroraUngraceful", { ungraceful: TEXT }),
            globalClusterIdentifier: TEXT,
            databaseClusterArns: TEXTS,
        }),
    parallelConfig: () => structure("ParallelExecutionBlockConfiguration", { steps: listOf("Steps", step) }),
});

const plan = structure("Plan", {
    arn: TEXT,
    regions: TEXTS,
    workflows: listOf(
        "WorkflowList",
        structure("Workflow", {
            workflowTargetAction: TEXT,
            workflowTargetRegion: TEXT,
            steps: listOf("Steps", step),
        }),
    ),
});

export const getPlanInRegion = operation(
    "GetPlanInRegion",
    structure("GetPlanInRegionRequest", { arn: TEXT }, ["arn"]),
    structure("GetPlanInRegionResponse", { plan: () => plan }),
);

export const getPlanEvaluationStatus = operation(
    "GetPlanEvaluationStatus",
    structure("GetPlanEvaluationStatusRequest", { planArn: TEXT, ...PAGE }, ["planArn"]),
    structure("GetPlanEvaluationStatusResponse", {
        planArn: TEXT,
        lastEvaluationTime: TIME,
        region: TEXT,
        evaluationState: TEXT,
        warnings: listOf(
            "PlanWarnings",
            structure("ResourceWarning", {
                workflow: () => structure("MinimalWorkflow", { action: TEXT, name: TEXT }),
                stepName: TEXT,
                resourceArn: TEXT,
                warningStatus: TEXT,
                warningMessage: TEXT,
            }),
        ),
        nextToken: TEXT,
    }),
);

export const listPlanExecutions = operation(
    "ListPlanExecutions",
    structure("ListPlanExecutionsRequest", { planArn: TEXT, ...PAGE, state: TEXT }, ["planArn"]),
    structure("ListPlanExecutionsResponse", {
        items: listOf("AbbreviatedExecutionsList", structure("AbbreviatedExecution", EXECUTION)),
        nextToken: TEXT,
    }),
);

export const startPlanExecution = operation(
    "StartPlanExecution",
    structure(
        "StartPlanExecutionRequest",
        {
            planArn: TEXT,
            targetRegion: TEXT,
            action: TEXT,
            mode: TEXT,
            comment: TEXT,
            clientToken: TEXT,
        },
        ["planArn", "targetRegion", "action"],
    ),
    structure("StartPlanExecutionResponse", { executionId: TEXT }),
);

export const getPlanExecution = operation(
    "GetPlanExecution",
    structure("GetPlanExecutionRequest", { ...EXECUTION_REQUEST, ...PAGE }, ["planArn", "executionId"]),
    structure("GetPlanExecutionResponse", {
        ...EXECUTION,
        stepStates: listOf(
            "StepStates",
            structure("StepState", { name: TEXT, status: TEXT, startTime: TIME, endTime: TIME }),
        ),
        nextToken: TEXT,
    }),
);

export const listPlanExecutionEvents = operation(
    "ListPlanExecutionEvents",
    structure("ListPlanExecutionEventsRequest", { ...EXECUTION_REQUEST, ...PAGE, name: TEXT }, [
        "planArn",
        "executionId",
    ]),
    structure("ListPlanExecutionEventsResponse", {
        items: listOf(
            "ExecutionEventList",
            structure("ExecutionEvent", {
                timestamp: TIME,
                type: TEXT,
                stepName: TEXT,
                resources: TEXTS,
                error: TEXT,
                description: TEXT,
                eventId: TEXT,
            }),
        ),
        nextToken: TEXT,
    }),
);

export const cancelPlanExecution = operation(
    "CancelPlanExecution",
    structure("CancelPlanExecutionRequest", { ...EXECUTION_REQUEST, comment: TEXT }, [
        "planArn",
        "executionId",
    ]),
    structure("CancelPlanExecutionResponse", {}),
);

export const approvePlanExecutionStep = operation(
    "ApprovePlanExecutionStep",
    structure(
        "ApprovePlanExecutionStepRequest",
        { ...EXECUTION_REQUEST, stepName: TEXT, approval: TEXT, comment: TEXT },
        ["planArn", "executionId", "stepName", "approval"],
    ),
    structure("ApprovePlanExecutionStepResponse", {}),
);
