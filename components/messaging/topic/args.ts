import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** Who gets what a topic is told. */
export enum TopicSubscriptionProtocol {
    /** A queue of the topic's region. */
    Sqs = "sqs",
    /** A function. FIFO topics have none. */
    Lambda = "lambda",
}

/** What a subscription's filter policy looks at. */
export enum FilterPolicyScope {
    /** The attributes of a message. */
    MessageAttributes = "MessageAttributes",
    /** The message itself, which is JSON. */
    MessageBody = "MessageBody",
}

/** A queue or a function that gets what a topic is told. */
export interface TopicSubscription {
    /** What it is. */
    protocol: TopicSubscriptionProtocol;
    /**
     * ARN of the queue, or of the function or its alias. A queue has to name the topic among its senders (Queue's
     * `senders`); a function gets its permission here.
     */
    endpointArn: pulumi.Input<string>;
    /** Which messages it gets, as a filter policy in JSON. All when left out. */
    filterPolicy?: string;
    /** What the filter policy looks at. `FilterPolicyScope.MessageAttributes` when left out. */
    filterPolicyScope?: FilterPolicyScope;
    /** Whether a queue gets the message as it is, without SNS's envelope. True when left out; a function never does. */
    rawMessageDelivery?: boolean;
    /** Whether a FIFO topic's subscriber is a FIFO queue. As the topic when left out. */
    fifoQueue?: boolean;
}

/** A service that publishes to a topic for something of the account's. */
export interface TopicPublisher {
    /** The service, such as `s3.amazonaws.com` or `events.amazonaws.com`. */
    service: string;
    /** ARN of the bucket, rule or other source of the topic's account. It may end in `*`. */
    sourceArn: pulumi.Input<string>;
}

/** Arguments of Topic. */
export interface TopicArgs {
    /** The AWS region of the topic. */
    region: string;
    /** The AWS account that owns the topic: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the topic: 1 to 251 letters, digits, `_` and `-`, without the `.fifo` that a FIFO topic's name gets. Made up
     * from the component's name when left out. Changing it replaces the topic.
     */
    topicName?: string;
    /**
     * Whether messages of a group stay in order, which queues alone can receive. False when left out. Changing it replaces the
     * topic.
     */
    fifoTopic?: boolean;
    /** Whether a FIFO topic knows a repeated message by its body. False when left out. */
    contentBasedDeduplication?: boolean;
    /** Days for which a FIFO topic keeps messages, to be played again: 1 to 365. Not at all when left out. */
    archiveRetentionDays?: number;
    /**
     * ARN of the key that encrypts messages and delivery logs, in the topic's region. Its policy must let in the services among
     * the `publishers`, and CloudWatch Logs (KeyUser.CloudWatchLogs).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** Queues and functions that get the messages, by names that become parts of the children's names. None when left out. */
    subscriptions?: Record<string, TopicSubscription>;
    /** Services that publish. Roles need the topic's `publishPermissions` instead. None when left out. */
    publishers?: TopicPublisher[];
    /** Whether deliveries that failed are logged, with their cause. True when left out. */
    deliveryLogs?: boolean;
    /** How many days delivery logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
