import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "../security/policyDocument";
import { type TagsInput } from "../shared/tags";

/** Where a component's schedules are, and what they are for. */
export interface ScheduleGroupArgs {
    region: string;
    accountId: pulumi.Input<string>;
    /** What the role does. */
    description: string;
    permissionsBoundaryArn?: pulumi.Input<string>;
    tags: TagsInput;
}

/** Makes the group of a component's schedules, `<name>-schedules`, and the role that they have, `<name>-schedule-role`. */
export function createScheduleGroup(
    name: string,
    { region, accountId, description, permissionsBoundaryArn, tags }: ScheduleGroupArgs,
    parent: pulumi.Resource,
): { readonly group: aws.scheduler.ScheduleGroup; readonly role: aws.iam.Role } {
    const group = new aws.scheduler.ScheduleGroup(`${name}-schedules`, { region, tags }, { parent });
    const role = new aws.iam.Role(
        `${name}-schedule-role`,
        {
            description,
            assumeRolePolicy: policyDocument([
                {
                    Sid: "SchedulerAssumesRole",
                    Effect: "Allow",
                    Principal: { Service: "scheduler.amazonaws.com" },
                    Action: "sts:AssumeRole",
                    Condition: {
                        StringEquals: { "aws:SourceAccount": accountId },
                        // Scheduler names the group that the schedule is in.
                        ArnEquals: { "aws:SourceArn": group.arn },
                    },
                },
            ]),
            ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
            tags,
        },
        { parent },
    );
    return { group, role };
}

/** What the role of schedules needs beside what they call: to keep what could not be called, and to read itself. */
export function scheduleStatements(
    region: string,
    failures: aws.sqs.Queue,
    kmsKeyArn: pulumi.Input<string>,
): PolicyStatement[] {
    return [
        { Sid: "KeepFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: failures.arn },
        {
            Sid: "ReadSchedules",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: kmsKeyArn,
            Condition: { StringEquals: { "kms:ViaService": `scheduler.${region}.amazonaws.com` } },
        },
    ];
}
