import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { bucketPolicyDocument, SecureBucket } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";

/** What a bucket for access logs is made with. */
export interface AccessLogBucketArgs {
    accountId: pulumi.Input<string>;
    region: string;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** A bucket for S3's own access logs, which S3 writes to its own region alone. */
export function makeAccessLogBucket(
    parent: pulumi.Resource,
    name: string,
    args: AccessLogBucketArgs,
): SecureBucket {
    return new SecureBucket(
        name,
        {
            region: args.region,
            accountId: args.accountId,
            // No KMS key: S3 cannot deliver access logs to a bucket that is encrypted with one.
            lifecycle: { expireAfterDays: args.logRetentionDays, noncurrentExpireAfterDays: 1 },
            policyStatements: [
                {
                    Sid: "S3WritesAccessLogs",
                    Principal: { Service: "logging.s3.amazonaws.com" },
                    Action: "s3:PutObject",
                    Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
                },
            ],
            deletionProtection: args.deletionProtection,
            tags: classified(DataClassification.Internal, args.tags),
        },
        { parent },
    );
}

/** The policy by which one distribution, and nobody else from outside, reads a bucket. */
export function readableBy(
    distribution: aws.cloudfront.Distribution,
    bucketArn: pulumi.Input<string>,
): pulumi.Output<string> {
    const ofDistribution = { StringEquals: { "AWS:SourceArn": distribution.arn } };
    return bucketPolicyDocument(bucketArn, [
        {
            Sid: "DistributionReadsObjects",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Condition: ofDistribution,
        },
        {
            // Without it S3 answers 403 for what is not there, and 403 then cannot be told from a
            // broken policy or key. No list is ever shown: a request for the root gets the root object.
            Sid: "DistributionLearnsWhatIsMissing",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:ListBucket",
            Paths: [""],
            Condition: ofDistribution,
        },
    ]);
}
