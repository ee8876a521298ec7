import * as pulumi from "@pulumi/pulumi";

import { allow, type PolicyStatement } from "../../security/policyDocument";
import { type SecureBucket } from "../../security/secureBucket";
import { type SyntheticCanaryArgs } from "./args";

/**
 * What a canary's role needs.
 * Source: Amazon CloudWatch User Guide, "Required roles and permissions for canaries".
 */
export function canaryStatements(
    { accountId, kmsKeyArn, region }: SyntheticCanaryArgs,
    artifacts: SecureBucket,
): PolicyStatement[] {
    return [
        allow("LeaveArtifacts", ["s3:PutObject"], pulumi.interpolate`${artifacts.bucketArn}/*`),
        allow("FindBucket", ["s3:GetBucketLocation"], artifacts.bucketArn),
        // The call knows no resource.
        allow("FindBuckets", ["s3:ListAllMyBuckets"], "*"),
        allow(
            "WriteLog",
            // Synthetics makes the function, and with it the log group, under names of its own.
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/cwsyn-*`,
        ),
        // Neither does this one; its namespace is in a condition.
        allow("PublishMetrics", ["cloudwatch:PutMetricData"], "*", {
            StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" },
        }),
        ...(kmsKeyArn === undefined
            ? []
            : [
                  allow("EncryptArtifacts", ["kms:GenerateDataKey", "kms:Decrypt"], kmsKeyArn, {
                      StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
                  }),
              ]),
    ];
}
