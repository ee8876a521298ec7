import * as pulumi from "@pulumi/pulumi";

import { type BucketPolicyStatement, SecureBucket } from "../security/secureBucket";

/** Whose logs go into a bucket, and where in it. */
export interface BalancerLogPlace {
    accountId: pulumi.Input<string>;
    /** Prefix of the keys, without slashes at its ends. */
    prefix: string;
}

/**
 * What a bucket's policy must say for an Application Load Balancer's access and connection logs.
 * Source: User Guide for Application Load Balancers, "Enable access logs for your Application Load Balancer".
 */
export function applicationLogStatements(place: BalancerLogPlace): BucketPolicyStatement[] {
    return [
        {
            Sid: `${sid(place.prefix)}RequestLogs`,
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            // The path shuts other accounts out: the service writes below the id of the balancer's own account.
            Paths: [pulumi.interpolate`/${place.prefix}/AWSLogs/${place.accountId}/*`],
        },
    ];
}

/**
 * What a bucket's policy must say for a Network Load Balancer's access logs.
 * Source: User Guide for Network Load Balancers, "Enable access logs for your Network Load Balancer".
 */
export function networkLogStatements(place: BalancerLogPlace & { region: string }): BucketPolicyStatement[] {
    const principal = { Service: "delivery.logs.amazonaws.com" };
    const fromHere = {
        StringEquals: { "aws:SourceAccount": place.accountId },
        ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:logs:${place.region}:${place.accountId}:*` },
    };
    return [
        {
            Sid: `${sid(place.prefix)}LogDeliveryChecks`,
            Principal: principal,
            Action: "s3:GetBucketAcl",
            Paths: [""],
            Condition: fromHere,
        },
        {
            Sid: `${sid(place.prefix)}LogDeliveryWrites`,
            Principal: principal,
            Action: "s3:PutObject",
            Paths: [pulumi.interpolate`/${place.prefix}/AWSLogs/${place.accountId}/*`],
            Condition: {
                ...fromHere,
                StringEquals: { ...fromHere.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
            },
        },
    ];
}

/** Letters and digits are all that a statement's id may hold. */
function sid(prefix: string): string {
    return prefix.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());
}

/** Arguments of `balancerLogBucket`. */
export interface BalancerLogBucketArgs {
    region: string;
    accountId: pulumi.Input<string>;
    statements: BucketPolicyStatement[];
    retentionDays: number;
    deletionProtection: boolean;
}

// Amazon S3 User Guide, "Transitioning objects": earlier is refused, and later than this nobody reads a log.
const INFREQUENT_ACCESS_AFTER_DAYS = 30;

/**
 * Makes a bucket for one balancer's logs.
 *
 * @returns The bucket's name, known once its policy lets the balancer write: the balancer tries when it is made.
 */
export function balancerLogBucket(
    name: string,
    args: BalancerLogBucketArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> {
    // Standard-IA bills 30 days at least, so an object that goes earlier is cheaper where it is.
    const moves = args.retentionDays >= 2 * INFREQUENT_ACCESS_AFTER_DAYS;
    return new SecureBucket(
        name,
        {
            region: args.region,
            accountId: args.accountId,
            // No kmsKeyArn: Application Load Balancers write to nothing but SSE-S3.
            policyStatements: args.statements,
            lifecycle: {
                expireAfterDays: args.retentionDays,
                noncurrentExpireAfterDays: 30,
                transitionToInfrequentAccessAfterDays: moves ? INFREQUENT_ACCESS_AFTER_DAYS : undefined,
            },
            deletionProtection: args.deletionProtection,
        },
        opts,
    ).policyReady;
}
