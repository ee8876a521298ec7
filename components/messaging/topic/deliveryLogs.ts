import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { type TopicArgs } from "./args";

/** Makes the role by which SNS writes what became of deliveries. It may do so once there is a log. */
export function createDeliveryRole(name: string, args: TopicArgs, parent: pulumi.Resource): aws.iam.Role {
    const { accountId, tags } = args;
    return new aws.iam.Role(
        `${name}-delivery-role`,
        {
            description: `Writes the log of the topic ${name}'s deliveries`,
            assumeRolePolicy: serviceTrust("sns.amazonaws.com", accountId),
            ...(tags === undefined ? {} : { tags }),
        },
        { parent },
    );
}

/**
 * Makes the log of failed deliveries under the name that SNS gives it, with key and retention; SNS would make one with
 * neither. Its role comes to its rights after the log is there, and so cannot be faster.
 */
export function createDeliveryLogs(
    name: string,
    args: TopicArgs,
    { topic, role }: { topic: aws.sns.Topic; role: aws.iam.Role },
    parent: pulumi.Resource,
): void {
    const { region, accountId, tags } = args;
    const logs = new aws.cloudwatch.LogGroup(
        `${name}-delivery-logs`,
        {
            region,
            name: pulumi.interpolate`sns/${region}/${accountId}/${topic.name}/Failure`,
            retentionInDays: args.logRetentionDays ?? 365,
            kmsKeyId: args.kmsKeyArn,
            ...(tags === undefined ? {} : { tags }),
        },
        { parent },
    );
    new aws.iam.RolePolicy(
        `${name}-delivery-policy`,
        {
            role: role.id,
            policy: policyDocument([
                {
                    Sid: "WriteDeliveries",
                    Effect: "Allow",
                    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                    Resource: pulumi.interpolate`${logs.arn}:*`,
                },
            ]),
        },
        { parent },
    );
}
