import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** How a stream's capacity is decided. */
export enum EventStreamMode {
    /** By the load, from 4 MB a second up to twice the peak of the last 30 days. */
    OnDemand = "ON_DEMAND",
    /** By the number of shards. */
    Provisioned = "PROVISIONED",
}

/** Arguments of EventStream. */
export interface EventStreamArgs {
    /** The AWS region of the stream. */
    region: string;
    /** The AWS account that owns the stream: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the stream: 1 to 128 letters, digits and `_.-`. Made up from the component's name when left out. Changing it
     * replaces the stream.
     */
    streamName?: string;
    /** How capacity is decided. `EventStreamMode.OnDemand` when left out. */
    streamMode?: EventStreamMode;
    /**
     * Number of shards of a provisioned stream: 1 to 10000, each with 1 MB or 1000 records a second in and 2 MB out. None on
     * demand.
     */
    shardCount?: number;
    /** Hours for which records are kept: 24 to 8760. 24 when left out. More than 24 are billed. */
    retentionPeriodHours?: number;
    /** The largest record in KiB: 1024 to 10240. 1024 when left out. */
    maxRecordSizeKib?: number;
    /** ARN of the key that encrypts records, in the stream's region. The permissions of writers and readers have it. */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * Names of consumers with 2 MB a second and shard for themselves (enhanced fan-out), 20 at most: 1 to 20 lower-case letters,
     * digits and hyphens. None when left out.
     */
    consumerNames?: string[];
    /** Age in seconds of the oldest record read at which an alarm rings: 1 to 604800. 300 when left out. */
    iteratorAgeAlarmSeconds?: number;
    /** Topics of the stream's region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether Pulumi refuses to delete the stream. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. `data-classification` is `confidential` where nothing else is said. */
    tags?: TagsInput;
}
