import * as pulumi from "@pulumi/pulumi";

import { type BucketLifecycle } from "../../security/bucketLifecycle";
import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission, permissionsOf } from "../../security/permissions";
import { checkBucketName, SecureBucket } from "../../security/secureBucket";
import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { createStreamAlarms } from "./alarms";
import { type ClickstreamArgs, ClickstreamSource } from "./args";
import { createCatalog } from "./catalog";
import { columnsOf } from "./columns";
import { createWorkgroup, queryPermissions } from "./query";
import { createStream, deliverCloudFrontLogs } from "./stream";
import { ARGUMENTS } from "./table";

export {
    type ClickstreamArgs,
    type ClickstreamColumn,
    ClickstreamColumnType,
    ClickstreamSource,
} from "./args";

const RETENTION_DAYS = 400;
const RESULT_RETENTION_DAYS = 30;
const MAX_GIGABYTES = 10;

/**
 * What visitors do, to be asked about in SQL: events go through Amazon Data Firehose to S3 as Parquet, by day and hour,
 * and Athena reads them through a table of Glue, up to a limit for each query.
 *
 * An event is a JSON object with the columns' names, sent by PutRecord or PutRecordBatch, each once and none after
 * another in one record. It is found some minutes later, when the stream has written what it collected.
 *
 * Children: `<name>-events` and `<name>-results` (a SecureBucket each), `<name>-database`, `<name>-table`,
 * `<name>-errors`, `<name>-errors-stream`, `<name>-delivery-role`, `<name>-delivery-policy`, `<name>-stream`,
 * `<name>-workgroup`, for CloudFront's logs `<name>-clicks` (a destination and a delivery), and the alarms `<name>-late`,
 * `<name>-unreadable` and `<name>-throttled`.
 */
export class Clickstream extends pulumi.ComponentResource {
    /** Name of the Firehose stream. */
    readonly streamName: pulumi.Output<string>;
    /** ARN of the Firehose stream. */
    readonly streamArn: pulumi.Output<string>;
    /** Name of the bucket with the events. */
    readonly bucketName: pulumi.Output<string>;
    /** ARN of the bucket with the events. */
    readonly bucketArn: pulumi.Output<string>;
    /** Name of the database in Glue's catalogue. */
    readonly databaseName: pulumi.Output<string>;
    /** Name of the table of events. */
    readonly tableName: pulumi.Output<string>;
    /** Name of the workgroup of Athena to query in. */
    readonly workgroupName: pulumi.Output<string>;
    /** What it takes to send events. */
    readonly sendPermissions: pulumi.Output<Permission[]>;
    /** What it takes to query them, and nothing else in Athena. */
    readonly queryPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: ClickstreamArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:Clickstream", name, args, opts);
        const { region, accountId, kmsKeyArn } = args;
        const tags = classified(DataClassification.Confidential, args.tags);
        const columns = columnsOf(args);
        const retentionDays = args.retentionDays ?? RETENTION_DAYS;
        const deletionProtection = args.deletionProtection ?? true;

        const events = makeBucket(this, `${name}-events`, args, tags, deletionProtection, {
            expireAfterDays: retentionDays,
            noncurrentExpireAfterDays: 7,
        });
        const results = makeBucket(this, `${name}-results`, args, tags, deletionProtection, {
            expireAfterDays: args.resultRetentionDays ?? RESULT_RETENTION_DAYS,
            noncurrentExpireAfterDays: 1,
        });
        const bucketName = events.policyReady;
        const catalog = createCatalog(name, { region, accountId, bucketName, columns, retentionDays }, this);
        const { bucketArn } = events;
        const stream = createStream(name, args, { bucketArn, catalog, columns, tags }, this);
        if (args.source === ClickstreamSource.CloudFrontLogs) {
            deliverCloudFrontLogs(name, args, { stream, columns, tags }, this);
        }
        if (args.alarmTopicArns !== undefined) {
            createStreamAlarms(name, { region, stream, topicArns: args.alarmTopicArns, tags }, this);
        }
        const place = { region, accountId, kmsKeyArn, catalog, events, results };
        const maxGigabytes = args.maxGigabytesScannedPerQuery ?? MAX_GIGABYTES;
        const workgroup = createWorkgroup(name, place, { maxGigabytes, deletionProtection, tags }, this);

        this.streamName = stream.name;
        this.streamArn = stream.arn;
        this.bucketName = events.bucketName;
        this.bucketArn = bucketArn;
        this.databaseName = catalog.database.name;
        this.tableName = catalog.table.name;
        this.workgroupName = workgroup.name;
        this.sendPermissions = permissionsOf([
            {
                sid: "SendEvents",
                actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
                resources: [stream.arn],
            },
        ]);
        this.queryPermissions = queryPermissions(place, workgroup);
        this.registerOutputs({
            streamName: this.streamName,
            streamArn: this.streamArn,
            bucketName: this.bucketName,
            bucketArn: this.bucketArn,
            databaseName: this.databaseName,
            tableName: this.tableName,
            workgroupName: this.workgroupName,
            sendPermissions: this.sendPermissions,
            queryPermissions: this.queryPermissions,
        });
    }
}

function makeBucket(
    parent: Clickstream,
    name: string,
    args: ClickstreamArgs,
    tags: TagsInput,
    deletionProtection: boolean,
    lifecycle: BucketLifecycle,
): SecureBucket {
    const { region, accountId, kmsKeyArn, accessLogBucket } = args;
    return new SecureBucket(
        name,
        {
            ...{ region, accountId, kmsKeyArn, lifecycle, deletionProtection, tags },
            ...(accessLogBucket === undefined ? {} : { accessLogBucket }),
        },
        { parent },
    );
}

function validate(name: string, given: ClickstreamArgs): ClickstreamArgs {
    const problems = new Problems("meridian:index:Clickstream", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-results-bucket`, "aws:s3/bucket:Bucket");
    checkNameLength(problems, "name", `${problems.name}-delivery-role`, "aws:iam/role:Role");
    checkNameLength(
        problems,
        "name",
        `${problems.name}-stream`,
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    );
    problems.throwIfAny();
    return args;
}
