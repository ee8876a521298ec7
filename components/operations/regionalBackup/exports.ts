import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type BucketLifecycle } from "../../security/bucketLifecycle";
import { classified, DataClassification } from "../../security/dataClassification";
import { EncryptionKey } from "../../security/encryptionKey";
import { createFunction, type FunctionPlace } from "../lambdaFunction";
import { policyDocument, type PolicyStatement, serviceTrust } from "../../security/policyDocument";
import { SecureBucket } from "../../security/secureBucket";
import { type RegionalBackupArgs } from "./args";
import { alarmOnEvent, callFunction, type EventPlace, tellTopic, watch } from "../events";
import { type Settings } from "./settings";
import { type LockedVault } from "./vaults";

/** How many days an export may be late before somebody is told: it is tried again with every daily snapshot. */
const LATE_DAYS = 3;

/** RDS's events about exports that came to nothing. Source: Aurora User Guide, "DB cluster snapshot events". */
const EXPORT_FAILED = ["RDS-EVENT-0162", "RDS-EVENT-0163"];

/** Exports the snapshots of the region's databases to a bucket that is in this region alone. */
export function createExports(
    parent: pulumi.Resource,
    name: string,
    args: RegionalBackupArgs,
    settings: Settings,
    made: {
        readonly place: EventPlace & FunctionPlace;
        readonly vault: LockedVault;
        readonly deadLetterQueue: aws.sqs.Queue;
    },
): SecureBucket {
    const { place, vault, deadLetterQueue } = made;
    const { region, accountId } = args;
    const { deletionProtection, snapshotExport, tags } = settings;
    const key = new EncryptionKey(
        `${name}-exports-encryption`,
        {
            region,
            accountId,
            description: `Databases of ${args.namePrefix} exported to S3`,
            deletionProtection,
            tags,
        },
        { parent },
    );
    // No replica: nobody has looked through what the databases hold, so it stays where it is. No Object Lock: RDS
    // writes and deletes working files beside the data.
    const bucket = new SecureBucket(
        `${name}-exports`,
        {
            region,
            accountId,
            kmsKeyArn: key.keyArn,
            lifecycle: lifecycleOf(snapshotExport.retentionDays),
            deletionProtection,
            tags: classified(DataClassification.Confidential, tags),
            ...(args.accessLogBucket === undefined ? {} : { accessLogBucket: args.accessLogBucket }),
        },
        { parent },
    );
    const roleArn = createExportRole(parent, name, args, settings, bucket, key);
    const exporter = createFunction(
        `${name}-export-snapshot`,
        place,
        {
            code: "export-snapshot",
            description: "Exports snapshots of databases to S3 when it is time for one",
            timeoutSeconds: 60,
            environment: {
                EXPORT_BUCKET: bucket.policyReady,
                EXPORT_ROLE_ARN: roleArn,
                EXPORT_KEY_ARN: key.keyArn,
                INTERVAL_DAYS: String(snapshotExport.intervalDays),
                LATE_AFTER_DAYS: String(snapshotExport.intervalDays + LATE_DAYS),
            },
            statements: exporterStatements(region, roleArn, key.keyArn),
            deadLetterQueue,
        },
        parent,
    );
    const ready = watch(parent, `${name}-snapshot-ready`, place, {
        description: "AWS Backup has a new snapshot of a database",
        source: "aws.backup",
        detailType: "Backup Job State Change",
        match: {
            detail: { backupVaultName: [vault.name], resourceType: ["Aurora"], state: ["COMPLETED"] },
            // Continuous backups have another kind of ARN, and cannot be exported.
            resources: [{ prefix: pulumi.interpolate`arn:aws:rds:${region}:${accountId}:cluster-snapshot:` }],
        },
    });
    callFunction(parent, `${name}-snapshot-ready`, place, ready, exporter, deadLetterQueue);
    watchFailures(parent, name, place);
    return bucket;
}

function lifecycleOf(retentionDays: number): BucketLifecycle {
    const move = 30;
    return {
        expireAfterDays: retentionDays,
        // Standard-IA bills for thirty days at least.
        ...(retentionDays >= 2 * move ? { transitionToInfrequentAccessAfterDays: move } : {}),
        // Nothing replaces an export; an older version is one that somebody deleted and may want back.
        noncurrentExpireAfterDays: 7,
    };
}

/** The role that RDS writes with, whose ARN is known once it may write. */
function createExportRole(
    parent: pulumi.Resource,
    name: string,
    { accountId, region }: RegionalBackupArgs,
    { tags }: Settings,
    bucket: SecureBucket,
    key: EncryptionKey,
): pulumi.Output<string> {
    const role = new aws.iam.Role(
        `${name}-export-role`,
        {
            description: "Lets RDS write exports of snapshots to S3",
            assumeRolePolicy: serviceTrust("export.rds.amazonaws.com", accountId),
            tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-export-policy`,
        {
            role: role.id,
            // Source: RDS API Reference, StartExportTask, IamRoleArn.
            policy: policyDocument([
                {
                    Sid: "WriteExports",
                    Effect: "Allow",
                    Action: ["s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"],
                    Resource: pulumi.interpolate`${bucket.bucketArn}/*`,
                },
                {
                    Sid: "FindBucket",
                    Effect: "Allow",
                    Action: ["s3:GetBucketLocation", "s3:ListBucket"],
                    Resource: bucket.bucketArn,
                },
                {
                    Sid: "EncryptExports",
                    Effect: "Allow",
                    Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
                    Resource: key.keyArn,
                    Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
                },
            ]),
        },
        { parent },
    );
    return pulumi.all([role.arn, policy.urn]).apply(([arn]) => arn);
}

function exporterStatements(
    region: string,
    roleArn: pulumi.Output<string>,
    keyArn: pulumi.Output<string>,
): PolicyStatement[] {
    return [
        {
            Sid: "ExportSnapshots",
            Effect: "Allow",
            Action: ["rds:DescribeExportTasks", "rds:StartExportTask"],
            // Neither call has a resource to name.
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
        {
            Sid: "LetRdsWrite",
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: roleArn,
            Condition: { StringEquals: { "iam:PassedToService": "export.rds.amazonaws.com" } },
        },
        {
            // RDS checks that whoever starts an export may do with the key what it will do itself.
            Sid: "LetRdsEncrypt",
            Effect: "Allow",
            Action: [
                "kms:CreateGrant",
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
                "kms:RetireGrant",
            ],
            Resource: keyArn,
        },
    ];
}

function watchFailures(parent: pulumi.Resource, name: string, place: EventPlace): void {
    const ruleName = `${name}-export-failed`;
    const failed = watch(parent, ruleName, place, {
        description: "The export of a snapshot failed or was stopped",
        source: "aws.rds",
        detailType: "RDS DB Cluster Snapshot Event",
        match: {
            // RDS does not say which cluster it was: the exports of all of AWS Backup's snapshots count.
            detail: { EventID: EXPORT_FAILED, SourceIdentifier: [{ prefix: "awsbackup:" }] },
        },
    });
    tellTopic(parent, ruleName, place, failed, "The export of <snapshot> in <region>: <message>", {
        message: "$.detail.Message",
        region: "$.region",
        snapshot: "$.detail.SourceIdentifier",
    });
    alarmOnEvent(
        parent,
        ruleName,
        place,
        failed,
        "The export of a database's snapshot to S3 failed. The next daily snapshot is exported instead; if that fails too, look at the role's and the key's policies.",
    );
}
