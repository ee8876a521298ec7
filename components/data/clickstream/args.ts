import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** Where the events of a clickstream come from. */
export enum ClickstreamSource {
    /** The caller's own programs send them, such as a function behind an endpoint that pages call. */
    Beacon = "Beacon",
    /** The access logs of a CloudFront distribution (standard logging, version 2). */
    CloudFrontLogs = "CloudFrontLogs",
}

/** What a column holds. */
export enum ClickstreamColumnType {
    /** A text. */
    String = "string",
    /** A whole number, such as milliseconds since 1970. */
    Bigint = "bigint",
    /** A number with a fraction. */
    Double = "double",
    /** True or false. */
    Boolean = "boolean",
}

/** A property of the events that a beacon sends. */
export interface ClickstreamColumn {
    /** Its name, in the events' JSON and in queries: 1 to 64 lower-case letters, digits and `_`, a letter first. */
    name: string;
    /** What it holds. `ClickstreamColumnType.String` when left out. */
    type?: ClickstreamColumnType;
    /** What it means, for those who query. None when left out. */
    comment?: string;
}

/** Arguments of Clickstream. */
export interface ClickstreamArgs {
    /** The AWS region of everything; us-east-1 for CloudFront's logs, which are handed over there. */
    region: string;
    /** The AWS account that owns it: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Where the events come from. */
    source: ClickstreamSource;
    /**
     * The properties of a beacon's events, 1 to 200. What else an event has is dropped. Required for a beacon, and for
     * nothing else.
     */
    columns?: ClickstreamColumn[];
    /**
     * Name of the delivery source of CloudWatch Logs that stands for the distribution, such as an EdgeDistribution's
     * `logDeliverySourceName`: a distribution has one alone. Required for CloudFront's logs, and for nothing else.
     */
    logDeliverySourceName?: pulumi.Input<string>;
    /**
     * ARN of the key that encrypts events, results and the stream's log. Its policy must let CloudWatch Logs use it
     * (`KeyUser.CloudWatchLogs`).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** For how many days events are kept, and found by queries: 1 to 3650. 400 when left out. */
    retentionDays?: number;
    /** For how many days results of queries are kept, 1 to 365. 30 when left out. */
    resultRetentionDays?: number;
    /** The most gigabytes that a query may read before Athena stops it, 1 to 10000. 10 when left out. */
    maxGigabytesScannedPerQuery?: number;
    /** How many seconds the stream collects events at most before it writes them, 60 to 900. 300 when left out. */
    bufferSeconds?: number;
    /** Name of the bucket of the region that takes the access logs of the buckets made here. None when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** For how many days the stream's own log is kept; one of the periods of CloudWatch Logs. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether Pulumi refuses to delete the events. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. `data-classification` is `confidential` where nothing else is said. */
    tags?: TagsInput;
}
