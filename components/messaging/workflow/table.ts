import {
    accountId,
    flag,
    input,
    keyArn,
    logRetention,
    map,
    namesLike,
    oneOf,
    region,
    required,
    tags,
    text,
    textLike,
    topicArns,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import { permissions } from "../../security/permissions";
import { type WorkflowArgs, WorkflowType } from "./args";
import { definitionProblems } from "./problems";

/** The rules of Workflow's arguments. */
export const WORKFLOW_ARGUMENTS: ArgumentTable<WorkflowArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    workflowName: textLike(/^[A-Za-z0-9_-]{1,80}$/, "1 to 80 letters, digits, _ and -"),
    workflowType: oneOf(WorkflowType),
    definition: required(
        text("a definition in Amazon States Language", (value, { workflowType, substitutions }) =>
            definitionProblems(String(value), {
                workflowType:
                    workflowType === WorkflowType.Express ? WorkflowType.Express : WorkflowType.Standard,
                substitutions: Object.keys(substitutions ?? {}),
            }),
        ),
    ),
    substitutions: map(
        input(text()),
        "texts by the names of their placeholders",
        namesLike(/^[A-Za-z0-9]{1,100}$/, "1 to 100 letters and digits"),
    ),
    permissions: permissions(),
    kmsKeyArn: required(input(keyArn())),
    logExecutionData: flag(),
    logRetentionDays: logRetention(),
    aliasName: textLike(
        /^(?!\d+$)[A-Za-z0-9_.-]{1,80}$/,
        "1 to 80 letters, digits and _.-, not digits alone",
    ),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
