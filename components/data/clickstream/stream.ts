import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { deliveryStatements, makeErrorLog } from "../../operations";
import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { asSetting } from "../../shared/replacement";
import { mergeTags, type TagsInput } from "../../shared/tags";
import { type ClickstreamArgs, ClickstreamSource } from "./args";
import { type Catalog } from "./catalog";
import { type Column, EVENTS_PREFIX } from "./columns";

/** What the stream is made from, beside the arguments. */
export interface StreamPlace {
    readonly bucketArn: pulumi.Input<string>;
    readonly catalog: Catalog;
    readonly columns: readonly Column[];
    readonly tags: TagsInput;
}

// Amazon Data Firehose Developer Guide, "Enable record format conversion": 64 MB at least, and larger files are read
// faster.
const BUFFER_MEGABYTES = 128;
const BUFFER_SECONDS = 300;

/** Makes the stream that writes events as Parquet into their partition, and the role that it does so with. */
export function createStream(
    name: string,
    args: ClickstreamArgs,
    { bucketArn, catalog, columns, tags }: StreamPlace,
    parent: pulumi.Resource,
): aws.kinesis.FirehoseDeliveryStream {
    const { region, accountId, kmsKeyArn } = args;
    const errors = makeErrorLog(parent, name, { ...args, tags });
    const role = new aws.iam.Role(
        `${name}-delivery-role`,
        {
            description: `The stream ${name} writes events`,
            assumeRolePolicy: serviceTrust("firehose.amazonaws.com", accountId),
            tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-delivery-policy`,
        {
            role: role.name,
            policy: policyDocument([
                ...deliveryStatements({ region, bucketArn, kmsKeyArn }, errors),
                {
                    Sid: "ReadSchema",
                    Effect: "Allow",
                    Action: ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
                    Resource: catalog.arns,
                },
            ]),
        },
        { parent },
    );
    return new aws.kinesis.FirehoseDeliveryStream(
        `${name}-stream`,
        {
            region,
            destination: "extended_s3",
            serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: kmsKeyArn },
            extendedS3Configuration: {
                roleArn: role.arn,
                bucketArn,
                prefix: `${EVENTS_PREFIX}day=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/`,
                errorOutputPrefix: "failed/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/",
                bufferingSize: BUFFER_MEGABYTES,
                bufferingInterval: args.bufferSeconds ?? BUFFER_SECONDS,
                // Parquet compresses by itself.
                compressionFormat: "UNCOMPRESSED",
                dataFormatConversionConfiguration: {
                    enabled: true,
                    inputFormatConfiguration: { deserializer: { openXJsonSerDe: deserializer(columns) } },
                    outputFormatConfiguration: { serializer: { parquetSerDe: { compression: "SNAPPY" } } },
                    schemaConfiguration: {
                        roleArn: role.arn,
                        region,
                        databaseName: catalog.database.name,
                        tableName: catalog.table.name,
                    },
                },
                cloudwatchLoggingOptions: {
                    enabled: true,
                    logGroupName: errors.group.name,
                    logStreamName: errors.stream.name,
                },
            },
            tags:
                args.source === ClickstreamSource.CloudFrontLogs
                    ? // CloudWatch Logs may send to streams with this tag alone. It sets it by itself, and the next
                      // update would take away a tag that the program does not know.
                      mergeTags(tags, { LogDeliveryEnabled: "true" })
                    : tags,
        },
        // Firehose takes on a role before the role's policy exists, and then fails to read the schema.
        { parent, dependsOn: [policy] },
    );
}

/** How Firehose reads a JSON record: by the columns' names, save those that are called something else there. */
function deserializer(
    columns: readonly Column[],
): aws.types.input.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationDataFormatConversionConfigurationInputFormatConfigurationDeserializerOpenXJsonSerDe {
    const renamed = columns.flatMap(({ name, field }) =>
        field === undefined ? [] : [[name, field] as const],
    );
    return renamed.length === 0
        ? { caseInsensitive: true }
        : // In lower case, `cs(User-Agent)` would not be found.
          { caseInsensitive: false, columnToJsonKeyMappings: Object.fromEntries(renamed) };
}

/** Has CloudWatch Logs hand a distribution's access logs to the stream. */
export function deliverCloudFrontLogs(
    name: string,
    { region, logDeliverySourceName }: ClickstreamArgs,
    {
        stream,
        columns,
        tags,
    }: { stream: aws.kinesis.FirehoseDeliveryStream } & Pick<StreamPlace, "columns" | "tags">,
    parent: pulumi.Resource,
): void {
    const destination = new aws.cloudwatch.LogDeliveryDestination(
        `${name}-clicks`,
        {
            region,
            // A format cannot be changed afterwards.
            outputFormat: "json",
            deliveryDestinationConfiguration: { destinationResourceArn: stream.arn },
            tags,
        },
        asSetting({ parent }),
    );
    new aws.cloudwatch.LogDelivery(
        `${name}-clicks`,
        {
            region,
            deliverySourceName: logDeliverySourceName ?? "",
            deliveryDestinationArn: destination.arn,
            recordFields: columns.map((column) => column.field ?? column.name),
            tags,
        },
        { parent },
    );
}
