import type * as pulumi from "@pulumi/pulumi";

import { type PermissionsInput } from "../../security/permissions";
import { type TagsInput } from "../../shared/tags";

/** How a workflow's runs are kept. It cannot be changed. */
export enum WorkflowType {
    /** Each run exactly once, for up to a year, with its history. */
    Standard = "STANDARD",
    /** Each run at least once, for up to five minutes, without waiting for task tokens. */
    Express = "EXPRESS",
}

/** Arguments of Workflow. */
export interface WorkflowArgs {
    /** The AWS region of the workflow. */
    region: string;
    /** The AWS account that owns the workflow: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the state machine: 1 to 80 letters, digits, `_` and `-`. Made up from the component's name when left out.
     * Changing it replaces the workflow.
     */
    workflowName?: string;
    /** What runs are kept for. `WorkflowType.Standard` when left out. Changing it replaces the workflow. */
    workflowType?: WorkflowType;
    /**
     * The definition in Amazon States Language, a JSON text such as `workflowDefinition()` makes. `${Name}` in it stands for
     * what `substitutions` have by that name.
     */
    definition: string;
    /** ARNs and other texts that are put into the definition, by their names there: letters and digits. None when left out. */
    substitutions?: Record<string, pulumi.Input<string>>;
    /** What the workflow's tasks may do: permissions of functions, queues, topics, buses. */
    permissions?: PermissionsInput;
    /**
     * ARN of the key that encrypts definition, runs and logs, in the workflow's region. Its policy must let CloudWatch Logs
     * write the log (KeyUser.CloudWatchLogs) and read what it is handed (KeyUser.WorkflowLogs).
     */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * Whether input and output of states are in the log. False when left out: they may be personal. The error of a state that
     * failed is there in any case.
     */
    logExecutionData?: boolean;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Name of the alias that callers start: 1 to 80 letters, digits, `_.-`. `live` when left out. */
    aliasName?: string;
    /** Topics of the workflow's region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
