import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { type Vpc3TierArgs } from "./args";
import { type Settings } from "./settings";
import { mergeTags } from "../../shared/tags";

/** Sends a record of all traffic in the VPC to a log group, and returns the group. */
export function createFlowLogs(
    name: string,
    args: Vpc3TierArgs,
    settings: Settings,
    vpcId: pulumi.Output<string>,
    parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
    const { region, accountId, tags } = args;
    const tagged = tags === undefined ? {} : { tags };
    const group = new aws.cloudwatch.LogGroup(
        `${name}-flow-logs`,
        {
            retentionInDays: settings.flowLogRetentionDays,
            ...(args.kmsKeyArn === undefined ? {} : { kmsKeyId: args.kmsKeyArn }),
            ...tagged,
        },
        { parent },
    );
    const role = new aws.iam.Role(
        `${name}-flow-log-role`,
        {
            description: "Lets VPC flow logs write to their log group",
            assumeRolePolicy: serviceTrust(
                "vpc-flow-logs.amazonaws.com",
                accountId,
                pulumi.interpolate`arn:aws:ec2:${region}:${accountId}:vpc-flow-log/*`,
            ),
            ...tagged,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-flow-log-policy`,
        {
            role: role.name,
            policy: policyDocument([
                {
                    Sid: "WriteFlowLogs",
                    Effect: "Allow",
                    Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                    Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
                },
                {
                    Sid: "FindLogGroup",
                    Effect: "Allow",
                    Action: "logs:DescribeLogGroups",
                    // The call lists groups, so it cannot be limited to one.
                    Resource: pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:*`,
                },
            ]),
        },
        { parent },
    );
    new aws.ec2.FlowLog(
        `${name}-flow-log`,
        {
            vpcId,
            trafficType: "ALL",
            logDestinationType: "cloud-watch-logs",
            logDestination: group.arn,
            iamRoleArn: role.arn,
            // Ten minutes, AWS's default: a tenth of the records that one minute would be billed for. What has
            // to be noticed at once, GuardDuty notices in a flow log of its own.
            maxAggregationInterval: 600,
            tags: mergeTags({ Name: `${name}-flow-log` }, tags),
        },
        {
            parent,
            // Without its permissions a flow log comes up in an error state, and stays silent for a while.
            dependsOn: [policy],
            // A flow log cannot be changed, and EC2 refuses a second one of the same VPC to the same log group
            // (FlowLogAlreadyExists). What passes in between goes unrecorded: at most the interval that is open.
            deleteBeforeReplace: true,
        },
    );
    return group;
}
