import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement, serviceTrust } from "../../security/policyDocument";
import { type SecureBucket } from "../../security/secureBucket";
import { type SyntheticCanaryArgs } from "./args";

/**
 * Makes the role that a canary runs as, `<name>-role`, and `<name>-policy`.
 * Source: Amazon CloudWatch User Guide, "Required roles and permissions for canaries".
 *
 * @returns The role's ARN, known once the policy is in force.
 */
export function createCanaryRole(
    name: string,
    args: SyntheticCanaryArgs,
    artifacts: SecureBucket,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: `What the canary ${name} runs as`,
            assumeRolePolicy: serviceTrust("lambda.amazonaws.com", args.accountId),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.id, policy: policyDocument(statements(args, artifacts)) },
        { parent },
    );
    return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}

function statements(
    { accountId, kmsKeyArn, region }: SyntheticCanaryArgs,
    artifacts: SecureBucket,
): PolicyStatement[] {
    return [
        {
            Sid: "LeaveArtifacts",
            Effect: "Allow",
            Action: ["s3:PutObject"],
            Resource: pulumi.interpolate`${artifacts.bucketArn}/*`,
        },
        {
            Sid: "FindBucket",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation"],
            Resource: artifacts.bucketArn,
        },
        {
            Sid: "FindBuckets",
            Effect: "Allow",
            Action: ["s3:ListAllMyBuckets"],
            // The call knows no resource.
            Resource: "*",
        },
        {
            Sid: "WriteLog",
            Effect: "Allow",
            // Synthetics makes the function, and with it the log group, under names of its own.
            Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/cwsyn-*`,
        },
        {
            Sid: "PublishMetrics",
            Effect: "Allow",
            Action: ["cloudwatch:PutMetricData"],
            // Neither does this one; its namespace does.
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
        },
        ...(kmsKeyArn === undefined
            ? []
            : [
                  {
                      Sid: "EncryptArtifacts",
                      Effect: "Allow" as const,
                      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
                      Resource: kmsKeyArn,
                      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
                  },
              ]),
    ];
}
