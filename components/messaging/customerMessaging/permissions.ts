import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf, viaService } from "../../security/permissions";

/** What sending needs. */
export interface SendingParts {
    region: string;
    accountId: pulumi.Input<string>;
    identity: aws.sesv2.EmailIdentity;
    configurationSet: aws.sesv2.ConfigurationSet;
    templates: Record<string, aws.ses.Template>;
    contactListName: pulumi.Input<string>;
    senderAddress: string;
}

/** What a role must be let do that sends: these messages, from this address. */
export function sendPermissions(parts: SendingParts): pulumi.Output<Permission[]> {
    const { region, accountId, identity, configurationSet, templates } = parts;
    return permissionsOf([
        {
            sid: "SendMessages",
            // The second is what SES asks for where a request names a template.
            actions: ["ses:SendEmail", "ses:SendTemplatedEmail"],
            resources: [
                identity.arn,
                configurationSet.arn,
                ...Object.values(templates).map(({ arn }) => arn),
                pulumi.interpolate`arn:aws:ses:${region}:${accountId}:contact-list/${parts.contactListName}`,
            ],
            conditions: [{ operator: "StringEquals", key: "ses:FromAddress", values: [parts.senderAddress] }],
        },
    ]);
}

/** What a role must be let do that writes down who wants which messages. */
export function contactPermissions({
    region,
    accountId,
    contactListName,
}: Pick<SendingParts, "region" | "accountId" | "contactListName">): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "KeepContacts",
            actions: ["ses:CreateContact", "ses:DeleteContact", "ses:GetContact", "ses:UpdateContact"],
            resources: [
                pulumi.interpolate`arn:aws:ses:${region}:${accountId}:contact-list/${contactListName}`,
            ],
        },
    ]);
}

/** What schedules need. */
export interface SchedulingParts {
    region: string;
    accountId: pulumi.Input<string>;
    groupName: pulumi.Input<string>;
    roleArn: pulumi.Input<string>;
    kmsKeyArn: pulumi.Input<string>;
}

/** What a role must be let do that schedules messages, moves them and takes them back. */
export function schedulePermissions(parts: SchedulingParts): pulumi.Output<Permission[]> {
    const { region, accountId, groupName, roleArn, kmsKeyArn } = parts;
    return permissionsOf([
        {
            sid: "ScheduleMessages",
            actions: [
                "scheduler:CreateSchedule",
                "scheduler:DeleteSchedule",
                "scheduler:GetSchedule",
                "scheduler:UpdateSchedule",
            ],
            resources: [pulumi.interpolate`arn:aws:scheduler:${region}:${accountId}:schedule/${groupName}/*`],
        },
        {
            sid: "HandScheduleItsRole",
            actions: ["iam:PassRole"],
            resources: [roleArn],
            conditions: [
                {
                    operator: "StringEquals",
                    key: "iam:PassedToService",
                    values: ["scheduler.amazonaws.com"],
                },
            ],
        },
        {
            sid: "EncryptSchedules",
            actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
            resources: [kmsKeyArn],
            conditions: [viaService("scheduler", region)],
        },
    ]);
}
