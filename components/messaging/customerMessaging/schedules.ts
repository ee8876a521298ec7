import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createDeadLetterQueue, createScheduleGroup, scheduleStatements } from "../../operations";
import { type Permission, permissionsOf, rolePolicy, viaService } from "../../security/permissions";
import { type CustomerMessagingArgs } from "./args";

/**
 * What a schedule calls to send a message: SES itself, without a function in between. Source: EventBridge Scheduler User
 * Guide, "Using universal targets".
 */
export const SEND_TARGET = "arn:aws:scheduler:::aws-sdk:sesv2:sendEmail";

/** Where messages for later are kept, and by whom they are sent. */
export interface Schedules {
    groupName: pulumi.Output<string>;
    roleArn: pulumi.Output<string>;
    failures: aws.sqs.Queue;
}

const MONDAY_AT_NINE = "cron(0 9 ? * MON *)";

/** Makes the group of the schedules, the role that they send with, and the queue for what could not be sent. */
export function createSchedules(
    name: string,
    args: CustomerMessagingArgs,
    sending: pulumi.Output<Permission[]>,
    parent: pulumi.Resource,
): Schedules {
    const { region, accountId, kmsKeyArn, tags = {} } = args;
    const failures = createDeadLetterQueue(name, { region, tags }, parent);
    const { group, role } = createScheduleGroup(
        name,
        { region, accountId, tags, description: "Sends messages to customers at their time" },
        parent,
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-schedule-policy`,
        {
            role: role.id,
            policy: rolePolicy(scheduleStatements(region, failures, kmsKeyArn), [
                sending,
                ...recommendationPermissions(args),
            ]),
        },
        { parent },
    );
    if (args.recommendations !== undefined) {
        const { targetArn, input = "{}", scheduleExpression, timeZone } = args.recommendations;
        new aws.scheduler.Schedule(
            `${name}-recommendations`,
            {
                region,
                groupName: group.name,
                description: "Has somebody find out what to recommend to whom",
                scheduleExpression: scheduleExpression ?? MONDAY_AT_NINE,
                scheduleExpressionTimezone: timeZone ?? "UTC",
                flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
                kmsKeyArn,
                target: {
                    arn: targetArn,
                    roleArn: role.arn,
                    input,
                    // A day late is no harm, and a week's recommendations are worth it.
                    retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 20 },
                    deadLetterConfig: { arn: failures.arn },
                },
            },
            { parent, dependsOn: [policy] },
        );
    }
    return {
        groupName: group.name,
        // Nobody gets it before it may do what it is for.
        roleArn: pulumi.all([role.arn, policy.urn]).apply(([arn]) => arn),
        failures,
    };
}

const ACTIONS: Readonly<Record<string, string>> = {
    lambda: "lambda:InvokeFunction",
    states: "states:StartExecution",
    sqs: "sqs:SendMessage",
};

/** The services whose resources may find out what to recommend. */
export const TARGET_SERVICES: readonly string[] = Object.keys(ACTIONS);

function recommendationPermissions({
    recommendations,
    region,
}: CustomerMessagingArgs): pulumi.Output<Permission[]>[] {
    if (recommendations === undefined) {
        return [];
    }
    const { targetArn, targetKmsKeyArn } = recommendations;
    const calling = pulumi.output(targetArn).apply((arn) => [
        {
            sid: "CallRecommender",
            actions: [ACTIONS[arn.split(":")[2] ?? ""] ?? ""],
            resources: [arn],
        },
    ]);
    return targetKmsKeyArn === undefined
        ? [calling]
        : [
              calling,
              permissionsOf([
                  {
                      sid: "EncryptForRecommender",
                      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                      resources: [targetKmsKeyArn],
                      conditions: [viaService("sqs", region)],
                  },
              ]),
          ];
}
