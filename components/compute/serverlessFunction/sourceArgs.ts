import type * as pulumi from "@pulumi/pulumi";

/** Where in a stream a function begins when the mapping is made. */
export enum StreamPosition {
    /** With the oldest record that is still there. */
    TrimHorizon = "TRIM_HORIZON",
    /** With the next record. */
    Latest = "LATEST",
}

/**
 * A queue of SQS. What fails comes back when its visibility timeout is over, and goes to the queue's own dead letters after
 * as many receipts as its redrive policy says: give the queue a visibility timeout of six times the function's timeout and
 * the batching window, and a redrive policy with 5 receipts or more.
 */
export interface QueueEventSource {
    /** ARN of the queue, in the function's region. */
    queueArn: pulumi.Input<string>;
    /** ARN of the key that encrypts the messages, where it is the account's own. */
    kmsKeyArn?: pulumi.Input<string>;
    /** Messages that one call takes at most: 1 to 10000, to 10 of a FIFO queue. 10 when left out. */
    batchSize?: number;
    /** Seconds for which messages are gathered: 0 to 300; 1 or more for batches above 10; 0 for FIFO queues. 0 when left out. */
    batchingWindowSeconds?: number;
    /**
     * Calls at once for this queue: 2 to 1000, and no more than `reservedConcurrency`. As many as that when left out, and no
     * bound where it is left out, too.
     */
    maximumConcurrency?: number;
    /** Patterns of messages that the function gets, as JSON, 5 at most; what matches none is deleted. All when left out. */
    filterPatterns?: string[];
}

/**
 * A stream of Kinesis, a consumer of one, or the stream of a DynamoDB table. A batch that fails is halved and tried again
 * until only what is wrong is left; its place in the stream then goes to the function's dead letters.
 */
export interface StreamEventSource {
    /** ARN of the stream or of the consumer. */
    streamArn: pulumi.Input<string>;
    /** ARN of the key that encrypts the stream, where it is the account's own. */
    kmsKeyArn?: pulumi.Input<string>;
    /** Records that one call takes at most: 1 to 10000. 100 when left out. */
    batchSize?: number;
    /** Seconds for which records are gathered: 0 to 300; 1 or more for batches above 10. 1 when left out. */
    batchingWindowSeconds?: number;
    /** Calls at once for each shard, records of one key staying in order: 1 to 10. 1 when left out. */
    parallelizationFactor?: number;
    /** Where it begins. `StreamPosition.TrimHorizon` when left out. */
    startingPosition?: StreamPosition;
    /** How often a batch is tried again before it is given up: 0 to 10000. 5 when left out. */
    maximumRetryAttempts?: number;
    /** Seconds after which a record is given up: 60 to 604800. 21600 when left out. */
    maximumRecordAgeInSeconds?: number;
    /** Patterns of records that the function gets, as JSON, 5 at most; others are passed over. All when left out. */
    filterPatterns?: string[];
}

/** A topic of SNS. What cannot be delivered goes to the function's dead letters. */
export interface TopicEventSource {
    /** ARN of the topic, in the function's region. */
    topicArn: pulumi.Input<string>;
    /** Policy of the messages that the function gets, as JSON. All when left out. */
    filterPolicy?: string;
    /** Whether the policy is about the message's body, and not its attributes. False when left out. */
    filtersBody?: boolean;
}

/** A rule on an event bus. What cannot be delivered goes to the function's dead letters. */
export interface EventRuleSource {
    /** Name of the bus. The account's `default` bus when left out. */
    eventBusName?: pulumi.Input<string>;
    /** Pattern of the events that the function gets, as JSON. */
    eventPattern: string;
}

/**
 * A bucket whose changes come by EventBridge. A bucket has one notification configuration, and whoever writes another loses
 * the first; so the bucket's owner turns EventBridge on in it (`aws.s3.BucketNotification` with `eventbridge: true`), and any
 * number of functions each have a rule of their own.
 */
export interface BucketEventSource {
    /** Name of the bucket, in the function's region. */
    bucketName: pulumi.Input<string>;
    /** What happened to objects, as EventBridge's detail types. `Object Created` when left out. */
    detailTypes?: string[];
    /** What keys begin with. Anything when left out. */
    keyPrefix?: string;
    /** What keys end with. Anything when left out. */
    keySuffix?: string;
}

/** A schedule of EventBridge Scheduler. What cannot be delivered goes to the function's dead letters. */
export interface ScheduleEventSource {
    /** When: `rate(…)`, `cron(…)` or `at(…)`. */
    scheduleExpression: string;
    /** The time zone that the expression is in, as in IANA's database. UTC when left out. */
    timeZone?: string;
    /** Minutes within which the call comes: 1 to 1440. At the time itself when left out. */
    flexibleMinutes?: number;
    /** The event that the function gets, as JSON. `{}` when left out. */
    input?: string;
}
