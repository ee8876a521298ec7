import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** What the order and the deduplication of a FIFO queue are counted by. */
export enum FifoThroughputLimit {
    /** The queue as a whole: 300 calls a second of each kind. */
    PerQueue = "perQueue",
    /** Each message group by itself: high throughput. Deduplication is then by group, too. */
    PerMessageGroupId = "perMessageGroupId",
}

/** A service that puts messages into a queue on somebody's behalf. */
export enum QueueSenderService {
    /** SNS, for a topic's subscription. */
    Sns = "sns",
    /** EventBridge, for a rule's target. */
    EventBridge = "events",
    /** S3, for a bucket's notification. */
    S3 = "s3",
}

/** Who else puts messages into a queue, beside roles that have the queue's `sendPermissions`. */
export interface QueueSender {
    /** The service that sends. */
    service: QueueSenderService;
    /**
     * ARN of the topic, rule or bucket that it sends for, of the queue's account. It may end in `*`, for what gets its
     * name from Pulumi.
     */
    sourceArn: pulumi.Input<string>;
}

/** Arguments of Queue. */
export interface QueueArgs {
    /** The AWS region of the queue. */
    region: string;
    /** The AWS account that owns the queue: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the queue: 1 to 62 letters, digits, `_` and `-`, without the `.fifo` that a FIFO queue's name gets. Made up
     * from the component's name when left out. Changing it replaces the queue.
     */
    queueName?: string;
    /**
     * Whether messages of a group stay in order, and one sent twice within five minutes is kept once. Five minutes are no
     * idempotency: receivers need their own. False when left out. Changing it replaces the queue.
     */
    fifoQueue?: boolean;
    /** Whether a FIFO queue knows a repeated message by its body, where the sender gives no id. False when left out. */
    contentBasedDeduplication?: boolean;
    /** What a FIFO queue's throughput is limited by. `FifoThroughputLimit.PerMessageGroupId` when left out. */
    fifoThroughputLimit?: FifoThroughputLimit;
    /**
     * ARN of the key that encrypts messages, in the queue's region. Its policy must let in the services among the
     * `senders` (KeyUser.Sns, KeyUser.EventBridge, KeyUser.S3Notifications).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** Seconds for which SQS reuses a data key: 60 to 86400. 300 when left out. More costs less. */
    kmsDataKeyReusePeriodSeconds?: number;
    /**
     * Seconds for which a received message is hidden from others: 0 to 43200. At least six times the timeout of a function
     * that receives. 180 when left out.
     */
    visibilityTimeoutSeconds?: number;
    /**
     * Seconds for which messages are kept: 60 to 1123200, which is a day less than dead letters are. 345600 (four days) when
     * left out.
     */
    messageRetentionSeconds?: number;
    /**
     * The largest message in bytes: 1024 to 1048576. 262144 when left out, which is what SNS can deliver. Up to 64 KiB
     * each are billed as one request.
     */
    maxMessageSize?: number;
    /** Seconds before a message can be received: 0 to 900. 0 when left out. */
    delaySeconds?: number;
    /** Seconds for which an empty receive waits: 0 to 20. 20 when left out. */
    receiveWaitTimeSeconds?: number;
    /** How often a message is received before it counts as dead: 1 to 1000. 5 when left out. */
    maxReceiveCount?: number;
    /**
     * Services that put messages in for topics, rules and buckets. They get a statement each in the queue's policy. None
     * when left out.
     */
    senders?: QueueSender[];
    /** Age in seconds of the oldest message at which an alarm rings: 60 to 1123200. 900 when left out. */
    oldestMessageAlarmSeconds?: number;
    /** Topics of the queue's region that its alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
