import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { asSetting } from "../../shared/replacement";
import { SecureBucket } from "../../security/secureBucket";
import { EDGE_REGION } from "./webAcl";
import { type TagsInput } from "../../shared/tags";

/** What the access logs' bucket depends on. */
export interface EdgeLogsArgs {
    accountId: pulumi.Input<string>;
    region: string;
    kmsKeyArn: pulumi.Input<string>;
    /** Takes the access logs of the logs' own bucket. */
    accessLogBucket: pulumi.Input<string>;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

// Below this a move to cheaper storage would come too late to pay.
const ARCHIVE_WHEN_KEPT_DAYS = 180;
const ARCHIVE_AFTER_DAYS = 90;

/**
 * The fields of a log record. Cookies and query strings are left out: they hold sessions, tokens and search terms.
 * Source: Amazon CloudFront Developer Guide, "Access log fields" of standard logging (v2).
 */
export const LOG_FIELDS: readonly string[] = [
    "date",
    "time",
    "DistributionId",
    "x-edge-location",
    "x-edge-request-id",
    "x-host-header",
    "c-ip",
    "c-country",
    "cs-protocol",
    "cs-protocol-version",
    "cs-method",
    "cs-uri-stem",
    "cs(User-Agent)",
    "cs(Referer)",
    "cs-bytes",
    "sc-status",
    "sc-bytes",
    "sc-content-type",
    "time-taken",
    "time-to-first-byte",
    "origin-fbl",
    "x-edge-result-type",
    "x-edge-response-result-type",
    "x-edge-detailed-result-type",
    "ssl-protocol",
    "ssl-cipher",
];

/**
 * Makes the bucket of the distribution's access logs. It is in the home region and has no replica: the logs hold
 * viewers' addresses, which are personal data.
 */
export function makeLogBucket(parent: pulumi.Resource, name: string, args: EdgeLogsArgs): SecureBucket {
    const { accountId, logRetentionDays } = args;
    return new SecureBucket(
        `${name}-logs`,
        {
            region: args.region,
            accountId,
            kmsKeyArn: args.kmsKeyArn,
            accessLogBucket: args.accessLogBucket,
            lifecycle: {
                expireAfterDays: logRetentionDays,
                ...(logRetentionDays < ARCHIVE_WHEN_KEPT_DAYS
                    ? {}
                    : { transitionToGlacierAfterDays: ARCHIVE_AFTER_DAYS }),
                noncurrentExpireAfterDays: 1,
            },
            policyStatements: [
                {
                    Sid: "CloudFrontWritesAccessLogs",
                    Principal: { Service: "delivery.logs.amazonaws.com" },
                    Action: "s3:PutObject",
                    Paths: [pulumi.interpolate`/AWSLogs/${accountId}/*`],
                    Condition: {
                        StringEquals: {
                            "s3:x-amz-acl": "bucket-owner-full-control",
                            "aws:SourceAccount": accountId,
                        },
                        // Deliveries of CloudFront are in us-east-1, wherever the bucket is.
                        ArnLike: {
                            "aws:SourceArn": pulumi.interpolate`arn:aws:logs:${EDGE_REGION}:${accountId}:delivery-source:*`,
                        },
                    },
                },
            ],
            deletionProtection: args.deletionProtection,
            tags: classified(DataClassification.Confidential, args.tags),
        },
        { parent },
    );
}

/**
 * Sends the distribution's access logs to the bucket (standard logging, version 2).
 *
 * @returns Name of what stands for the distribution to CloudWatch Logs, from which others may have its logs, too.
 */
export function deliverLogs(
    parent: pulumi.Resource,
    name: string,
    distribution: aws.cloudfront.Distribution,
    bucket: SecureBucket,
    tags: TagsInput,
): pulumi.Output<string> {
    const source = new aws.cloudwatch.LogDeliverySource(
        `${name}-access-logs`,
        { region: EDGE_REGION, logType: "ACCESS_LOGS", resourceArn: distribution.arn, tags },
        // CloudWatch Logs takes no second source of the same distribution. The delivery, which names it, goes first.
        asSetting({ parent }),
    );
    const destination = new aws.cloudwatch.LogDeliveryDestination(
        `${name}-access-logs`,
        {
            region: EDGE_REGION,
            // A format cannot be changed afterwards.
            outputFormat: "json",
            deliveryDestinationConfiguration: {
                // The bucket's policy must be there first, or AWS tries to write one of its own.
                destinationResourceArn: pulumi.interpolate`arn:aws:s3:::${bucket.policyReady}`,
            },
            tags,
        },
        asSetting({ parent }),
    );
    new aws.cloudwatch.LogDelivery(
        `${name}-access-logs`,
        {
            region: EDGE_REGION,
            deliverySourceName: source.name,
            deliveryDestinationArn: destination.arn,
            recordFields: [...LOG_FIELDS],
            s3DeliveryConfigurations: [
                {
                    // AWS puts AWSLogs/<account>/CloudFront/ in front. One folder per day keeps queries cheap.
                    suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}",
                    enableHiveCompatiblePath: false,
                },
            ],
            tags,
        },
        { parent },
    );
    return source.name;
}
