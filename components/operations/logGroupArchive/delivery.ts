import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type LogGroupArchiveArgs } from "./args";
import { policyDocument, type PolicyStatement, serviceTrust } from "../../security/policyDocument";
import { type SecureBucket } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";

/** Where the stream reports what it could not deliver. */
export interface ErrorLog {
    readonly group: aws.cloudwatch.LogGroup;
    readonly stream: aws.cloudwatch.LogStream;
}

/** Where the log is and how long it is kept. */
export interface ErrorLogArgs {
    region: string;
    kmsKeyArn: pulumi.Input<string>;
    logRetentionDays?: number;
    tags?: TagsInput;
}

/** Makes the log in which Firehose reports what it could not deliver: `<name>-errors` and `<name>-errors-stream`. */
export function makeErrorLog(parent: pulumi.Resource, name: string, args: ErrorLogArgs): ErrorLog {
    const group = new aws.cloudwatch.LogGroup(
        `${name}-errors`,
        {
            region: args.region,
            retentionInDays: args.logRetentionDays ?? 365,
            kmsKeyId: args.kmsKeyArn,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    const stream = new aws.cloudwatch.LogStream(
        `${name}-errors-stream`,
        { region: args.region, logGroupName: group.name },
        { parent },
    );
    return { group, stream };
}

/** What a stream writes to. */
export interface DeliveryPlace {
    region: string;
    bucketArn: pulumi.Input<string>;
    /** The key of the bucket's objects. */
    kmsKeyArn: pulumi.Input<string>;
}

/** What the role of a stream may do, to write objects and to report errors. */
export function deliveryStatements(
    { region, bucketArn, kmsKeyArn }: DeliveryPlace,
    errors: ErrorLog,
): PolicyStatement[] {
    return [
        {
            Sid: "WriteObjects",
            Effect: "Allow",
            Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            Resource: pulumi.interpolate`${bucketArn}/*`,
        },
        {
            Sid: "FindBucket",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            Resource: bucketArn,
        },
        {
            Sid: "EncryptObjects",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: kmsKeyArn,
            Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
        },
        {
            Sid: "ReportErrors",
            Effect: "Allow",
            Action: "logs:PutLogEvents",
            Resource: pulumi.interpolate`${errors.group.arn}:log-stream:*`,
        },
    ];
}

/** Makes the stream that carries records from CloudWatch Logs to the archive's bucket, and the role that it writes with. */
export function makeStream(
    parent: pulumi.Resource,
    name: string,
    args: LogGroupArchiveArgs,
    store: SecureBucket,
    errors: ErrorLog,
): aws.kinesis.FirehoseDeliveryStream {
    const role = new aws.iam.Role(
        `${name}-delivery-role`,
        { assumeRolePolicy: serviceTrust("firehose.amazonaws.com", args.accountId) },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-delivery-policy`,
        {
            role: role.name,
            policy: policyDocument(deliveryStatements({ ...args, bucketArn: store.bucketArn }, errors)),
        },
        { parent },
    );
    return new aws.kinesis.FirehoseDeliveryStream(
        `${name}-stream`,
        {
            region: args.region,
            destination: "extended_s3",
            serverSideEncryption: {
                enabled: true,
                keyType: "CUSTOMER_MANAGED_CMK",
                keyArn: args.kmsKeyArn,
            },
            extendedS3Configuration: {
                roleArn: role.arn,
                bucketArn: store.bucketArn,
                prefix: "log-groups/!{timestamp:yyyy/MM/dd/HH}/",
                errorOutputPrefix: "failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
                // Few large objects: Standard-IA and Glacier bill each one as 128 kB at least.
                bufferingSize: 64,
                bufferingInterval: 900,
                // CloudWatch Logs has compressed the records already.
                compressionFormat: "UNCOMPRESSED",
                fileExtension: ".json.gz",
                cloudwatchLoggingOptions: {
                    enabled: true,
                    logGroupName: errors.group.name,
                    logStreamName: errors.stream.name,
                },
            },
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        // Firehose takes on a role before the role's policy exists, and then fails to deliver.
        { parent, dependsOn: [policy] },
    );
}
