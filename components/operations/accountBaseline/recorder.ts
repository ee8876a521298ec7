import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type BucketLifecycle } from "../../security/bucketLifecycle";
import { classified, DataClassification } from "../../security/dataClassification";
import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { SecureBucket } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";

/** What the region's AWS Config recorder needs to know. */
export interface RecorderSettings {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly kmsKeyArn: pulumi.Input<string>;
    /** Whether this region records IAM and other global resources; one region of an account should. */
    readonly globalResources: boolean;
    readonly accessLogBucket?: pulumi.Input<string>;
    readonly deletionProtection: boolean;
    readonly tags?: TagsInput;
}

const LIFECYCLE: BucketLifecycle = {
    transitionToInfrequentAccessAfterDays: 30,
    transitionToGlacierAfterDays: 90,
    expireAfterDays: 2557,
    noncurrentExpireAfterDays: 90,
};

/**
 * Records how every resource of the region is configured.
 *
 * The role is our own: AWS Config's service-linked role exists once per account, and no region's stack may own what
 * the others need.
 */
export function configRecorder(parent: pulumi.Resource, name: string, settings: RecorderSettings): void {
    const { region } = settings;
    const bucket = new SecureBucket(
        `${name}-config-store`,
        {
            region,
            accountId: settings.accountId,
            kmsKeyArn: settings.kmsKeyArn,
            lifecycle: LIFECYCLE,
            deletionProtection: settings.deletionProtection,
            ...(settings.accessLogBucket === undefined ? {} : { accessLogBucket: settings.accessLogBucket }),
            tags: classified(DataClassification.Internal, settings.tags),
        },
        { parent },
    );
    const role = new aws.iam.Role(
        `${name}-config-role`,
        { assumeRolePolicy: serviceTrust("config.amazonaws.com", settings.accountId) },
        { parent },
    );
    const reads = new aws.iam.RolePolicyAttachment(
        `${name}-config-reads`,
        // AWS's own list of what there is to record; it grows with AWS Config.
        { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole" },
        { parent },
    );
    const delivers = new aws.iam.RolePolicy(
        `${name}-config-delivers`,
        {
            role: role.name,
            policy: policyDocument([
                {
                    Sid: "WriteSnapshots",
                    Effect: "Allow",
                    Action: "s3:PutObject",
                    Resource: pulumi.interpolate`${bucket.bucketArn}/AWSLogs/${settings.accountId}/*`,
                    Condition: { StringLike: { "s3:x-amz-acl": "bucket-owner-full-control" } },
                },
                {
                    Sid: "CheckBucket",
                    Effect: "Allow",
                    Action: ["s3:GetBucketAcl", "s3:ListBucket"],
                    Resource: bucket.bucketArn,
                },
                {
                    Sid: "EncryptSnapshots",
                    Effect: "Allow",
                    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                    Resource: settings.kmsKeyArn,
                },
            ]),
        },
        { parent },
    );
    const recorder = new aws.cfg.Recorder(
        `${name}-config-recorder`,
        {
            region,
            roleArn: role.arn,
            recordingGroup: { allSupported: true, includeGlobalResourceTypes: settings.globalResources },
            recordingMode: { recordingFrequency: "CONTINUOUS" },
        },
        { parent },
    );
    const channel = new aws.cfg.DeliveryChannel(
        `${name}-config-channel`,
        {
            region,
            s3BucketName: bucket.policyReady,
            s3KmsKeyArn: settings.kmsKeyArn,
            snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
        },
        // AWS Config takes a channel only where there is a recorder, and tries the role on the bucket.
        { parent, dependsOn: [recorder, reads, delivers] },
    );
    new aws.cfg.RecorderStatus(
        `${name}-config-recording`,
        { region, name: recorder.name, isEnabled: true },
        // A recorder without a channel cannot be started.
        { parent, dependsOn: [channel] },
    );
}
