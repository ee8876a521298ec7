import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type BucketLifecycle } from "../../security/bucketLifecycle";
import { classified, DataClassification } from "../../security/dataClassification";
import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { type BucketPolicyStatement, SecureBucket } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";

/** What the account's trail needs to know. */
export interface TrailSettings {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly logRetentionDays: number;
    readonly lockDays: number;
    readonly accessLogBucket?: pulumi.Input<string>;
    readonly deletionProtection: boolean;
    readonly tags?: TagsInput;
}

/** The account's trail and where it writes. */
export interface AccountTrail {
    readonly trailArn: pulumi.Output<string>;
    readonly bucketName: pulumi.Output<string>;
    readonly logGroupName: pulumi.Output<string>;
}

// Seven years: the longest that auditors of shops commonly ask for.
const LIFECYCLE: BucketLifecycle = {
    transitionToInfrequentAccessAfterDays: 30,
    transitionToGlacierAfterDays: 90,
    expireAfterDays: 2557,
    noncurrentExpireAfterDays: 90,
};

/** Records the API calls of all regions in a bucket that forgets nothing and in a log group that can be searched. */
export function accountTrail(parent: pulumi.Resource, name: string, settings: TrailSettings): AccountTrail {
    const { region } = settings;
    const tags = settings.tags === undefined ? {} : { tags: settings.tags };
    const bucket = new SecureBucket(
        `${name}-trail-store`,
        {
            region,
            accountId: settings.accountId,
            kmsKeyArn: settings.kmsKeyArn,
            lifecycle: LIFECYCLE,
            objectLockDays: settings.lockDays,
            policyStatements: trailStatements(name, settings),
            deletionProtection: settings.deletionProtection,
            ...(settings.accessLogBucket === undefined ? {} : { accessLogBucket: settings.accessLogBucket }),
            tags: classified(DataClassification.Internal, settings.tags),
        },
        { parent },
    );
    const logGroup = new aws.cloudwatch.LogGroup(
        `${name}-trail-log`,
        { region, retentionInDays: settings.logRetentionDays, kmsKeyId: settings.kmsKeyArn, ...tags },
        { parent },
    );
    const role = new aws.iam.Role(
        `${name}-trail-role`,
        { assumeRolePolicy: serviceTrust("cloudtrail.amazonaws.com", settings.accountId) },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-trail-policy`,
        {
            role: role.name,
            policy: policyDocument([
                {
                    Sid: "WriteTrailStreams",
                    Effect: "Allow",
                    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                    Resource: pulumi.interpolate`${logGroup.arn}:log-stream:${settings.accountId}_CloudTrail_*`,
                },
            ]),
        },
        { parent },
    );
    const trail = new aws.cloudtrail.Trail(
        `${name}-trail`,
        {
            region,
            s3BucketName: bucket.policyReady,
            isMultiRegionTrail: true,
            // IAM, STS and CloudFront report to one region alone; without this nobody sees what they do.
            includeGlobalServiceEvents: true,
            enableLogFileValidation: true,
            enableLogging: true,
            kmsKeyId: settings.kmsKeyArn,
            // CloudTrail wants the ARN of the group's streams.
            cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
            cloudWatchLogsRoleArn: role.arn,
            ...tags,
        },
        // CloudTrail tries the role when the trail is made.
        { parent, dependsOn: [policy], protect: settings.deletionProtection },
    );
    return { trailArn: trail.arn, bucketName: bucket.bucketName, logGroupName: logGroup.name };
}

function trailStatements(name: string, settings: TrailSettings): BucketPolicyStatement[] {
    const { accountId, region } = settings;
    // The trail needs this policy before it is made, so the policy knows its name but not the suffix that
    // auto-naming adds.
    const ofTrail = {
        ArnLike: {
            "aws:SourceArn": pulumi.interpolate`arn:aws:cloudtrail:${region}:${accountId}:trail/${name}-trail-*`,
        },
    };
    return [
        {
            Sid: "TrailChecksBucket",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "s3:GetBucketAcl",
            Paths: [""],
            Condition: ofTrail,
        },
        {
            Sid: "TrailWrites",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "s3:PutObject",
            Paths: [pulumi.interpolate`/AWSLogs/${accountId}/*`],
            Condition: { ...ofTrail, StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
    ];
}
