import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { createStreamAlarms } from "./alarms";
import { type EventStreamArgs, EventStreamMode } from "./args";
import { EVENT_STREAM_ARGUMENTS } from "./table";

export { type EventStreamArgs, EventStreamMode } from "./args";

/**
 * A data stream of Kinesis, on demand or with a number of shards: encrypted under a key of the caller's, with consumers that
 * have a throughput of their own, and alarms on readers that fall behind and on throttling.
 *
 * Children: `<name>-stream`, per consumer `<name>-<consumer>`, and the alarms `<name>-late`, `<name>-writes-throttled`,
 * `<name>-reads-throttled` and, per consumer, `<name>-<consumer>-late`.
 */
export class EventStream extends pulumi.ComponentResource {
    /** Name of the stream. */
    readonly streamName: pulumi.Output<string>;
    /** ARN of the stream. */
    readonly streamArn: pulumi.Output<string>;
    /** ARNs of the consumers, by their names. */
    readonly consumerArns: pulumi.Output<Record<string, string>>;
    /** What writers need. */
    readonly writePermissions: pulumi.Output<Permission[]>;
    /** What readers need that share the stream's throughput. */
    readonly readPermissions: pulumi.Output<Permission[]>;
    /** What the consumers need, beside `readPermissions`. Empty where there are none. */
    readonly consumerPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: EventStreamArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:EventStream", name, args, opts);
        const tags = classified(DataClassification.Confidential, args.tags);

        const stream = makeStream(this, name, args, tags);
        const consumers = makeConsumers(this, name, args, stream, tags);
        createStreamAlarms(name, { ...args, tags }, { stream, consumers }, this);

        this.streamName = stream.name;
        this.streamArn = stream.arn;
        this.consumerArns = pulumi.all(
            Object.fromEntries(Object.entries(consumers).map(([key, { arn }]) => [key, arn])),
        );
        this.writePermissions = writePermissions(args, stream);
        this.readPermissions = readPermissions(args, stream);
        this.consumerPermissions = consumerPermissions(Object.values(consumers));
        this.registerOutputs({
            streamName: this.streamName,
            streamArn: this.streamArn,
            consumerArns: this.consumerArns,
            writePermissions: this.writePermissions,
            readPermissions: this.readPermissions,
            consumerPermissions: this.consumerPermissions,
        });
    }
}

function makeStream(
    parent: EventStream,
    name: string,
    args: EventStreamArgs,
    tags: TagsInput,
): aws.kinesis.Stream {
    const { region, streamName, shardCount } = args;
    return new aws.kinesis.Stream(
        `${name}-stream`,
        {
            region,
            ...(streamName === undefined ? {} : { name: streamName }),
            streamModeDetails: { streamMode: args.streamMode ?? EventStreamMode.OnDemand },
            ...(shardCount === undefined ? {} : { shardCount }),
            retentionPeriod: args.retentionPeriodHours ?? 24,
            maxRecordSizeInKib: args.maxRecordSizeKib ?? 1024,
            encryptionType: "KMS",
            kmsKeyId: args.kmsKeyArn,
            tags,
        },
        // What readers have not had yet is nowhere else.
        { parent, protect: args.deletionProtection ?? true },
    );
}

function makeConsumers(
    parent: EventStream,
    name: string,
    { region, consumerNames = [] }: EventStreamArgs,
    stream: aws.kinesis.Stream,
    tags: TagsInput,
): Record<string, aws.kinesis.StreamConsumer> {
    return Object.fromEntries(
        consumerNames.map((consumer) => [
            consumer,
            new aws.kinesis.StreamConsumer(
                `${name}-${consumer}`,
                { region, streamArn: stream.arn, tags },
                { parent },
            ),
        ]),
    );
}

function writePermissions(args: EventStreamArgs, stream: aws.kinesis.Stream): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "WriteRecords",
            actions: [
                "kinesis:DescribeStreamSummary",
                "kinesis:ListShards",
                "kinesis:PutRecord",
                "kinesis:PutRecords",
            ],
            resources: [stream.arn],
        },
        {
            sid: "EncryptRecords",
            actions: ["kms:GenerateDataKey"],
            resources: [args.kmsKeyArn],
            conditions: [viaService("kinesis", args.region)],
        },
    ]);
}

function readPermissions(args: EventStreamArgs, stream: aws.kinesis.Stream): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "ReadRecords",
            actions: [
                "kinesis:DescribeStream",
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:ListShards",
            ],
            resources: [stream.arn],
        },
        {
            sid: "DecryptRecords",
            actions: ["kms:Decrypt"],
            resources: [args.kmsKeyArn],
            conditions: [viaService("kinesis", args.region)],
        },
    ]);
}

function consumerPermissions(consumers: readonly aws.kinesis.StreamConsumer[]): pulumi.Output<Permission[]> {
    return permissionsOf(
        consumers.length === 0
            ? []
            : [
                  {
                      sid: "SubscribeToShards",
                      actions: ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
                      resources: consumers.map(({ arn }) => arn),
                  },
              ],
    );
}

function validate(name: string, given: EventStreamArgs): EventStreamArgs {
    const problems = new Problems("meridian:index:EventStream", name);
    const args = checkArguments(problems, given, EVENT_STREAM_ARGUMENTS);
    checkComponentName(problems, problems.name);
    if (args.streamName === undefined) {
        checkNameLength(problems, "name", `${problems.name}-stream`, "aws:kinesis/stream:Stream");
    }
    problems.throwIfAny();
    return args;
}
