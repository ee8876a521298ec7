import type * as pulumi from "@pulumi/pulumi";

import { type PolicyStatement } from "../../security/policyDocument";
import { ownAccountOnly } from "../ownAccountOnly";

/**
 * AWS's own buckets that instances read from, some of them without signing, so that no principal's account can
 * be asked for. Reading from these names is all that is let through.
 *
 * Sources: the file amazonlinux.repo of Amazon Linux 2023; Amazon ECR User Guide, "Amazon ECR interface VPC
 * endpoints"; Amazon CloudWatch User Guide, "Download the CloudWatch agent package"; AWS Systems Manager User
 * Guide, "SSM Agent communications with AWS managed S3 buckets".
 */
export function awsOwnedBuckets(region: string): string[] {
    return [
        // Packages of Amazon Linux 2023.
        `al2023-repos-${region}-de612dc2`,
        // Layers of the images in ECR.
        `prod-${region}-starport-layer-bucket`,
        // The CloudWatch agent.
        `amazoncloudwatch-agent-${region}`,
        "amazoncloudwatch-agent",
        // Systems Manager: the agent, its documents and its packages.
        `amazon-ssm-${region}`,
        `amazon-ssm-packages-${region}`,
        `aws-ssm-${region}`,
        `aws-ssm-distributor-file-${region}`,
        `aws-ssm-document-attachments-${region}`,
        `patch-baseline-snapshot-${region}`,
        `${region}-birdwatcher-prod`,
    ];
}

/** What the gateway endpoint of S3 lets through: the account's own principals, and reading AWS's buckets. */
export function s3EndpointStatements(region: string, accountId: pulumi.Input<string>): PolicyStatement[] {
    return [
        ownAccountOnly(accountId),
        {
            Sid: "ReadAwsOwnedBuckets",
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: awsOwnedBuckets(region).map((bucket) => `arn:aws:s3:::${bucket}/*`),
        },
    ];
}
