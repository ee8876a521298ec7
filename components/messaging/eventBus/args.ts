import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** What an event is brought to. */
export enum EventTargetType {
    /** A Lambda function or its alias, which gets a permission. */
    Function = "function",
    /** A queue, which names the rule among its senders. */
    Queue = "queue",
    /** A topic, which names the rule among its publishers. */
    Topic = "topic",
    /** A Kinesis stream, written by a role. */
    Stream = "stream",
    /** A state machine or its alias, started by a role. */
    Workflow = "workflow",
    /** Another event bus, of this or another region, written by a role. */
    EventBus = "eventBus",
}

/** Where the events of a rule go. */
export interface EventBusTarget {
    /** What it is. */
    type: EventTargetType;
    /** ARN of it. */
    arn: pulumi.Input<string>;
    /** What is handed over in place of the event: a JSON text. The event itself when left out. */
    input?: string;
    /** Path of the part of the event that is handed over, such as `$.detail`. The whole when left out. Not beside `input`. */
    inputPath?: string;
    /** The message group of a FIFO queue, a text that is the same for all events. None when left out. */
    messageGroupId?: string;
    /** Path of the value that a stream's records are spread by, such as `$.detail.orderId`. The event's id when left out. */
    partitionKeyPath?: string;
    /**
     * ARN of the key that encrypts the stream, in its region, where the type is `EventTargetType.Stream`. None when left out.
     */
    kmsKeyArn?: pulumi.Input<string>;
    /** Seconds for which delivery is tried: 60 to 86400. 86400 when left out. */
    maximumEventAgeSeconds?: number;
    /** How often delivery is tried again: 0 to 185. 185 when left out. */
    maximumRetryAttempts?: number;
}

/** A rule of an event bus: which events go where. */
export interface EventBusRule {
    /** What the rule is for: 1 to 512 characters. */
    description: string;
    /** Which events it takes, as an event pattern in JSON. Of no more than 4096 characters. */
    eventPattern: string;
    /** Whether it is in force. True when left out. */
    enabled?: boolean;
    /** Where the events go, 1 to 5, by names that become parts of the children's names. */
    targets: Record<string, EventBusTarget>;
}

/** Arguments of EventBus. */
export interface EventBusArgs {
    /** The AWS region of the bus. */
    region: string;
    /** The AWS account that owns the bus: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the bus: 1 to 256 letters, digits and `_.-`, and not `default`. Made up from the component's name when left
     * out. Two regions behind one global endpoint need the same. Changing it replaces the bus.
     */
    busName?: string;
    /** What the bus is for: 1 to 512 characters. None when left out. */
    description?: string;
    /**
     * ARN of the key that encrypts events, in the bus's region. Its policy must let EventBridge use it
     * (KeyUser.EventBridge).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** Days for which events are kept, to be played again: 1 to 3650. No archive when left out. */
    archiveRetentionDays?: number;
    /** Which events are kept, as an event pattern in JSON. All when left out. */
    archiveEventPattern?: string;
    /** Rules by names that become parts of the children's names. None when left out. */
    rules?: Record<string, EventBusRule>;
    /** Accounts of the same owner that may put events, beside the bus's own: 12 digits each. None when left out. */
    publisherAccountIds?: string[];
    /** Topics of the bus's region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
