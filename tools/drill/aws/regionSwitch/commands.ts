/** The calls of ARC Region switch that the drill makes. */
import { createPaginator } from "@smithy/core";
import { makeBuilder } from "@smithy/core/client";
import { getEndpointPlugin } from "@smithy/core/endpoints";
import { type MetadataBearer, type PaginationConfiguration } from "@smithy/types";
import { type PlanMode } from "../ports";
import { RegionSwitchClient, type RegionSwitchConfig } from "./client";
import * as schemas from "./schemas";

interface Page {
    readonly maxResults?: number;
    readonly nextToken?: string;
}

interface ExecutionRequest {
    readonly planArn: string;
    readonly executionId: string;
}

/** A step of a workflow. */
export interface PlanStep {
    readonly name?: string;
    readonly executionBlockType?: string;
    readonly executionBlockConfiguration?: {
        readonly executionApprovalConfig?: { readonly approvalRole?: string };
        readonly globalAuroraConfig?: {
            readonly behavior?: string;
            readonly ungraceful?: { readonly ungraceful?: string };
            readonly globalClusterIdentifier?: string;
        };
        readonly parallelConfig?: { readonly steps?: readonly PlanStep[] };
    };
}

/** A plan. */
export interface Plan {
    readonly regions?: readonly string[];
    readonly workflows?: readonly {
        readonly workflowTargetAction?: string;
        readonly workflowTargetRegion?: string;
        readonly steps?: readonly PlanStep[];
    }[];
}

interface EvaluationOutput {
    readonly lastEvaluationTime?: Date;
    readonly evaluationState?: string;
    readonly warnings?: readonly {
        readonly workflow?: { readonly action?: string; readonly name?: string };
        readonly stepName?: string;
        readonly resourceArn?: string;
        readonly warningStatus?: string;
        readonly warningMessage?: string;
    }[];
}

/** An execution, as lists show it. */
export interface ExecutionItem {
    readonly executionId?: string;
    readonly comment?: string;
    readonly startTime?: Date;
    readonly mode?: string;
    readonly executionState?: string;
    readonly executionAction?: string;
    readonly executionRegion?: string;
    readonly actualRecoveryTime?: string;
}

interface ExecutionOutput extends ExecutionItem {
    readonly stepStates?: readonly { readonly name?: string; readonly status?: string }[];
}

interface EventsOutput {
    readonly items?: readonly {
        readonly timestamp?: Date;
        readonly type?: string;
        readonly stepName?: string;
        readonly resources?: readonly string[];
        readonly error?: string;
        readonly description?: string;
    }[];
}

const build = makeBuilder<RegionSwitchConfig, object, MetadataBearer>(
    {
        UseFIPS: { type: "builtInParams", name: "useFipsEndpoint" },
        Endpoint: { type: "builtInParams", name: "endpoint" },
        Region: { type: "builtInParams", name: "region" },
    },
    schemas.SERVICE,
    "RegionSwitchClient",
    getEndpointPlugin,
);

/** A class of commands; beside the schema the SDK wants to know what goes in and out. */
function command<I extends object, O extends object>(
    schema: Parameters<typeof build>[3],
): ReturnType<typeof build<I, O & MetadataBearer>> {
    return build<I, O & MetadataBearer>({}, () => [], schema[2], schema);
}

export class GetPlanInRegionCommand extends command<{ readonly arn: string }, { readonly plan?: Plan }>(
    schemas.getPlanInRegion,
) {}

export class GetPlanEvaluationStatusCommand extends command<
    Page & { readonly planArn: string },
    EvaluationOutput
>(schemas.getPlanEvaluationStatus) {}

export class ListPlanExecutionsCommand extends command<
    Page & { readonly planArn: string; readonly state?: string },
    { readonly items?: readonly ExecutionItem[] }
>(schemas.listPlanExecutions) {}

export class StartPlanExecutionCommand extends command<
    {
        readonly planArn: string;
        readonly targetRegion: string;
        readonly action: "activate";
        readonly mode: PlanMode;
        readonly comment: string;
        readonly clientToken: string;
    },
    { readonly executionId?: string }
>(schemas.startPlanExecution) {}

export class GetPlanExecutionCommand extends command<Page & ExecutionRequest, ExecutionOutput>(
    schemas.getPlanExecution,
) {}

export class ListPlanExecutionEventsCommand extends command<Page & ExecutionRequest, EventsOutput>(
    schemas.listPlanExecutionEvents,
) {}

export class CancelPlanExecutionCommand extends command<
    ExecutionRequest & { readonly comment?: string },
    object
>(schemas.cancelPlanExecution) {}

export class ApprovePlanExecutionStepCommand extends command<
    ExecutionRequest & { readonly stepName: string; readonly approval: "approve"; readonly comment?: string },
    object
>(schemas.approvePlanExecutionStep) {}

function paginator<I extends object, O extends object>(
    one: unknown,
): ReturnType<typeof createPaginator<PaginationConfiguration, I, O>> {
    return createPaginator<PaginationConfiguration, I, O>(
        RegionSwitchClient,
        one,
        "nextToken",
        "nextToken",
        "maxResults",
    );
}

export const paginateGetPlanEvaluationStatus = paginator<{ readonly planArn: string }, EvaluationOutput>(
    GetPlanEvaluationStatusCommand,
);

export const paginateListPlanExecutions = paginator<
    { readonly planArn: string },
    { readonly items?: readonly ExecutionItem[] }
>(ListPlanExecutionsCommand);

export const paginateGetPlanExecution = paginator<ExecutionRequest, ExecutionOutput>(GetPlanExecutionCommand);

export const paginateListPlanExecutionEvents = paginator<ExecutionRequest, EventsOutput>(
    ListPlanExecutionEventsCommand,
);
