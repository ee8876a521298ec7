import * as pulumi from "@pulumi/pulumi";

import { accountId, flag, input, region, required, tags } from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { type BucketLifecycle, LIFECYCLE, logLifecycle } from "../security/bucketLifecycle";
import { classified, DataClassification } from "../security/dataClassification";
import { type BucketPolicyStatement, checkBucketName, SecureBucket } from "../security/secureBucket";
import { checkNameLength } from "../shared/names";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of LogArchive. */
export interface LogArchiveArgs {
    /** The AWS region of the archive, which must be that of the load balancers and buckets that write to it. */
    region: string;
    /** The AWS account whose logs are taken: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * How long logs stay and where they move. Left out: Standard-IA after 30 days, Glacier after 90, deleted after
     * 400, which keeps one year's peak season comparable with the last.
     */
    lifecycle?: BucketLifecycle;
    /** Whether Pulumi refuses to delete the bucket. True when left out. */
    deletionProtection?: boolean;
    /** Tags of the bucket, beside the provider's default tags. */
    tags?: TagsInput;
}

const DEFAULT_LIFECYCLE = logLifecycle(400);

/**
 * The bucket of one region to which AWS delivers logs: load balancers, S3 access logs, CloudFront's and other
 * vended logs.
 *
 * It is encrypted with S3's own keys, has no Object Lock and no access log of its own. Load balancers and S3's
 * access logs write to no other kind of bucket (Elastic Load Balancing User Guide, "Enable access logs";
 * Amazon S3 User Guide, "Object Lock considerations"), and a bucket that logs to itself grows for ever.
 *
 * Children: `<name>-targets` (a SecureBucket).
 */
export class LogArchive extends pulumi.ComponentResource {
    /** Name of the bucket, known once its policy lets the log services write. */
    readonly bucketName: pulumi.Output<string>;
    /** ARN of the bucket. */
    readonly bucketArn: pulumi.Output<string>;

    constructor(name: string, args: LogArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:LogArchive", name, args, opts);

        const bucket = new SecureBucket(
            `${name}-targets`,
            {
                region: args.region,
                accountId: args.accountId,
                lifecycle: args.lifecycle ?? DEFAULT_LIFECYCLE,
                policyStatements: logDeliveryStatements(args.accountId),
                deletionProtection: args.deletionProtection ?? true,
                // Logs of balancers hold viewers' addresses.
                tags: classified(DataClassification.Confidential, args.tags),
            },
            { parent: this },
        );

        this.bucketName = bucket.policyReady;
        this.bucketArn = bucket.bucketArn;
        this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
    }
}

const ARGUMENTS: ArgumentTable<LogArchiveArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    lifecycle: LIFECYCLE,
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: LogArchiveArgs): LogArchiveArgs {
    const problems = new Problems("meridian:index:LogArchive", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-targets-bucket`, "aws:s3/bucket:Bucket");
    problems.throwIfAny();
    return args;
}

/** What the services that deliver logs may do in a bucket of this account. */
export function logDeliveryStatements(accountId: pulumi.Input<string>): BucketPolicyStatement[] {
    // With or without a prefix before it, as whoever turns a log on may choose.
    const deliveries = pulumi.interpolate`/*AWSLogs/${accountId}/*`;
    const vended = {
        StringEquals: { "aws:SourceAccount": accountId },
        // Any region: CloudFront's deliveries start in us-east-1 wherever the bucket is.
        ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:logs:*:${accountId}:*` },
    };
    return [
        {
            Sid: "ApplicationLoadBalancersWrite",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Paths: [deliveries],
            // The path names the account already; ELB's documentation does not promise the condition key.
            Condition: { StringEqualsIfExists: { "aws:SourceAccount": accountId } },
        },
        {
            Sid: "LogDeliveryWrites",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:PutObject",
            Paths: [deliveries],
            Condition: {
                ...vended,
                StringEquals: { ...vended.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
            },
        },
        {
            Sid: "LogDeliveryChecksBucket",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: ["s3:GetBucketAcl", "s3:ListBucket"],
            Paths: [""],
            Condition: vended,
        },
        {
            Sid: "BucketsWriteAccessLogs",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Paths: ["/s3/*"],
            Condition: {
                StringEquals: { "aws:SourceAccount": accountId },
                ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
            },
        },
    ];
}
