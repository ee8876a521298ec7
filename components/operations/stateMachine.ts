import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm, sumOf } from "./alarms";
import { type PermissionsInput, rolePolicy } from "../security/permissions";
import { type PolicyStatement, serviceTrust } from "../security/policyDocument";
import { type TagsInput } from "../shared/tags";

/** Where a state machine is. */
export interface StateMachinePlace {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly tags: TagsInput;
}

/** What a state machine runs as. */
export interface StateMachineRoleArgs {
    /** What it does. */
    readonly description: string;
    /** What it may do, beside its log and its traces. */
    readonly statements: readonly PolicyStatement[];
    /** What it may do as other components have it. */
    readonly permissions?: PermissionsInput;
}

/** Makes the role of a state machine, `<name>-role`, and its policy, `<name>-policy`. */
export function createStateMachineRole(
    name: string,
    { region, accountId, tags }: StateMachinePlace,
    args: StateMachineRoleArgs,
    parent: pulumi.Resource,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: args.description,
            assumeRolePolicy: serviceTrust(
                "states.amazonaws.com",
                accountId,
                pulumi.interpolate`arn:aws:states:${region}:${accountId}:stateMachine:*`,
            ),
            tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.id, policy: rolePolicy([...args.statements, ...OWN_STATEMENTS], args.permissions) },
        { parent },
    );
    return { role, policy };
}

/**
 * What a service's role needs that has its log delivered.
 * Source: Amazon CloudWatch Logs User Guide, "Enable logging from AWS services".
 */
export const DELIVER_LOGS: PolicyStatement = {
    Sid: "DeliverLogs",
    Effect: "Allow",
    Action: [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
    ],
    // These calls know no resource.
    Resource: "*",
};

/** What every state machine needs that logs and traces. Source: AWS Step Functions Developer Guide, "Logging". */
const OWN_STATEMENTS: PolicyStatement[] = [
    DELIVER_LOGS,
    {
        Sid: "WriteTraces",
        Effect: "Allow",
        Action: [
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
        ],
        // X-Ray has no resources to name.
        Resource: "*",
    },
];

/** Has a state machine write all that happens in it into a log group. */
export function stateMachineLogging(logs: aws.cloudwatch.LogGroup, includeExecutionData: boolean) {
    return {
        level: "ALL",
        includeExecutionData,
        logDestination: pulumi.interpolate`${logs.arn}:*`,
    };
}

/** Whom a state machine's alarms tell. */
export interface StateMachineAlarmArgs {
    readonly region: string;
    readonly stateMachineArn: pulumi.Input<string>;
    readonly topicArns: pulumi.Input<pulumi.Input<string>[]>;
    readonly tags: TagsInput;
}

/** One alarm on the sum of what is counted of a state machine, by CloudWatch's names. */
export interface StateMachineAlarm {
    readonly description: string;
    readonly metricNames: readonly string[];
    /** What is counted, in the console. */
    readonly label: string;
}

/** Makes an alarm that rings when one run or more came to a bad end within five minutes. */
export function watchStateMachine(
    name: string,
    { region, stateMachineArn, topicArns, tags }: StateMachineAlarmArgs,
    { description, metricNames, label }: StateMachineAlarm,
    parent: pulumi.Resource,
): void {
    alarm(
        name,
        {
            ...{ region, topicArns, tags, description },
            queries: sumOf(
                "all",
                label,
                metricNames.map((metricName) => ({
                    namespace: "AWS/States",
                    metricName,
                    dimensions: { StateMachineArn: stateMachineArn },
                    statistic: "Sum",
                })),
            ),
            comparison: "GreaterThanOrEqualToThreshold",
            threshold: 1,
            period: 300,
            missingData: "notBreaching",
        },
        { parent },
    );
}
