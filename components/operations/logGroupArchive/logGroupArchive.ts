import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    bucketName,
    flag,
    input,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    map,
    region,
    required,
    requiredWhile,
    tags,
    text,
    topicArns,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Given, type Refusal } from "../../shared/argumentTable";
import { alarm } from "../alarms";
import { LIFECYCLE, logLifecycle } from "../../security/bucketLifecycle";
import { classified, DataClassification } from "../../security/dataClassification";
import { type ErrorLog, makeErrorLog, makeStream } from "./delivery";
import { checkNameLength } from "../../shared/names";
import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { asSetting } from "../../shared/replacement";
import { checkBucketName, SecureBucket } from "../../security/secureBucket";
import { Problems } from "../../shared/validation";
import { type LogGroupArchiveArgs } from "./args";

export { type LogGroupArchiveArgs } from "./args";

const DEFAULT_LIFECYCLE = logLifecycle(1096);

// Amazon Data Firehose holds what it cannot deliver for a day; an hour late leaves 23 to put it right.
const LATE_AFTER_SECONDS = 3600;

/**
 * Copies CloudWatch log groups to S3 through Amazon Data Firehose, for longer and cheaper than CloudWatch keeps
 * them.
 *
 * Objects are gzip files as CloudWatch Logs sent them, each record a JSON document that names its group and stream;
 * `zcat` reads them. Nothing is unpacked on the way, so that nothing on the way can fail or cost.
 *
 * The bucket has no Object Lock: S3 demands a checksum with every upload to a locked bucket, and Firehose does not
 * promise to send one.
 *
 * Children: `<name>-store` (a SecureBucket), `<name>-errors`, `<name>-errors-stream`, `<name>-delivery-role`,
 * `<name>-delivery-policy`, `<name>-stream`, `<name>-subscription-role`, `<name>-subscription-policy`,
 * `<name>-all-groups`, `<name>-group-<short name>`, `<name>-late`.
 */
export class LogGroupArchive extends pulumi.ComponentResource {
    /** Name of the bucket. */
    readonly bucketName: pulumi.Output<string>;
    /** ARN of the bucket. */
    readonly bucketArn: pulumi.Output<string>;
    /** ARN of the Firehose stream. */
    readonly deliveryStreamArn: pulumi.Output<string>;

    constructor(name: string, args: LogGroupArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:LogGroupArchive", name, args, opts);

        const store = makeStore(this, name, args);
        const errors = makeErrorLog(this, name, args);
        const stream = makeStream(this, name, args, store, errors);
        subscribe(this, name, args, stream, errors);
        watch(this, name, args, stream);

        this.bucketName = store.bucketName;
        this.bucketArn = store.bucketArn;
        this.deliveryStreamArn = stream.arn;
        this.registerOutputs({
            bucketName: this.bucketName,
            bucketArn: this.bucketArn,
            deliveryStreamArn: this.deliveryStreamArn,
        });
    }
}

const ONE_GROUP_AT_LEAST: Refusal = {
    allowed: "one log group at least",
    remedy: "Name the groups, or set allLogGroups to true",
};

const namesGroups = (args: Given): boolean => args.allLogGroups !== true;

/** Groups are named where not all are meant, and nowhere else. */
function isApartFromAll(value: unknown, args: Given): Refusal | undefined {
    const listed = Object.keys(value as object);
    if (namesGroups(args)) {
        return listed.length > 0 ? undefined : ONE_GROUP_AT_LEAST;
    }
    return listed.length === 0
        ? undefined
        : {
              shown: listed,
              allowed: "nothing while allLogGroups is true",
              remedy: "Remove it, or every line is archived twice",
          };
}

const ARGUMENTS: ArgumentTable<LogGroupArchiveArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    kmsKeyArn: required(input(keyArn())),
    allLogGroups: flag(),
    logGroups: requiredWhile(
        namesGroups,
        ONE_GROUP_AT_LEAST,
        map(
            input(text("the name of a log group")),
            "names of log groups, by a short name each",
            isApartFromAll,
        ),
    ),
    excludedLogGroups: leftOutWhile(
        namesGroups,
        ({ excludedLogGroups: excluded }) => ({
            ...(Array.isArray(excluded) ? { shown: excluded.length } : {}),
            allowed: "nothing unless allLogGroups is true",
        }),
        list(input(text("the name of a log group")), "a list of names of log groups"),
    ),
    lifecycle: LIFECYCLE,
    logRetentionDays: logRetention(),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: LogGroupArchiveArgs): LogGroupArchiveArgs {
    const problems = new Problems("meridian:index:LogGroupArchive", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${name}-store-bucket`, "aws:s3/bucket:Bucket");
    checkNameLength(problems, "name", `${name}-subscription-role`, "aws:iam/role:Role");
    checkNameLength(
        problems,
        "name",
        `${name}-stream`,
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    );
    problems.throwIfAny();
    return args;
}

function makeStore(parent: LogGroupArchive, name: string, args: LogGroupArchiveArgs): SecureBucket {
    return new SecureBucket(
        `${name}-store`,
        {
            region: args.region,
            accountId: args.accountId,
            kmsKeyArn: args.kmsKeyArn,
            lifecycle: args.lifecycle ?? DEFAULT_LIFECYCLE,
            deletionProtection: args.deletionProtection ?? true,
            ...(args.accessLogBucket === undefined ? {} : { accessLogBucket: args.accessLogBucket }),
            // Nobody has looked through what applications log.
            tags: classified(DataClassification.Confidential, args.tags),
        },
        { parent },
    );
}

function subscribe(
    parent: LogGroupArchive,
    name: string,
    args: LogGroupArchiveArgs,
    stream: aws.kinesis.FirehoseDeliveryStream,
    errors: ErrorLog,
): void {
    const { region, accountId } = args;
    const role = new aws.iam.Role(
        `${name}-subscription-role`,
        {
            assumeRolePolicy: serviceTrust(
                "logs.amazonaws.com",
                accountId,
                pulumi.interpolate`arn:aws:logs:${region}:${accountId}:*`,
            ),
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-subscription-policy`,
        {
            role: role.name,
            policy: policyDocument([
                {
                    Sid: "SendRecords",
                    Effect: "Allow",
                    Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
                    Resource: stream.arn,
                },
            ]),
        },
        { parent },
    );
    // CloudWatch Logs sends a test record when it subscribes and refuses when the role may not.
    const opts = { parent, dependsOn: [policy] };
    if (args.allLogGroups === true) {
        new aws.cloudwatch.LogAccountPolicy(
            `${name}-all-groups`,
            {
                region,
                policyName: `${name}-all-groups`,
                policyType: "SUBSCRIPTION_FILTER_POLICY",
                policyDocument: pulumi.jsonStringify({
                    DestinationArn: stream.arn,
                    RoleArn: role.arn,
                    // Everything.
                    FilterPattern: "",
                }),
                // A failed delivery is logged in the errors group; archiving that would fail and be logged in turn,
                // without end.
                selectionCriteria: pulumi
                    .all([errors.group.name, ...(args.excludedLogGroups ?? [])])
                    .apply((groups) => `LogGroupName NOT IN ${JSON.stringify(groups)}`),
            },
            asSetting(opts),
        );
        return;
    }
    for (const [shortName, logGroup] of Object.entries(args.logGroups ?? {})) {
        new aws.cloudwatch.LogSubscriptionFilter(
            `${name}-group-${shortName}`,
            {
                region,
                logGroup,
                destinationArn: stream.arn,
                roleArn: role.arn,
                // Everything.
                filterPattern: "",
            },
            opts,
        );
    }
}

function watch(
    parent: LogGroupArchive,
    name: string,
    args: LogGroupArchiveArgs,
    stream: aws.kinesis.FirehoseDeliveryStream,
): void {
    alarm(
        `${name}-late`,
        {
            region: args.region,
            description:
                "CloudWatch logs reach the S3 archive more than an hour late. After a day Firehose drops them. Look at the delivery stream's error log.",
            metric: {
                namespace: "AWS/Firehose",
                metricName: "DeliveryToS3.DataFreshness",
                dimensions: { DeliveryStreamName: stream.name },
                statistic: "Maximum",
            },
            comparison: "GreaterThanThreshold",
            threshold: LATE_AFTER_SECONDS,
            period: 300,
            evaluationPeriods: 3,
            // No logs, no metric.
            missingData: "notBreaching",
            ...(args.alarmTopicArns === undefined ? {} : { topicArns: args.alarmTopicArns }),
        },
        { parent },
    );
}
