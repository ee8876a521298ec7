import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm } from "../../operations";
import { type TagsInput } from "../../shared/tags";

/** What the alarms of a stream watch, and whom they tell. */
export interface StreamAlarmArgs {
    region: string;
    stream: aws.kinesis.FirehoseDeliveryStream;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

// Firehose holds what it cannot deliver for a day; an hour late leaves 23 to put it right.
const LATE_AFTER_SECONDS = 3600;

/** Makes the alarms of a stream. */
export function createStreamAlarms(name: string, args: StreamAlarmArgs, parent: pulumi.Resource): void {
    const { region, stream, topicArns, tags } = args;
    const common = {
        ...{ region, topicArns, tags },
        comparison: "GreaterThanThreshold",
        period: 300,
        evaluationPeriods: 3,
        // No events, no metric.
        missingData: "notBreaching",
    } as const;
    const metric = (metricName: string, statistic: string) => ({
        ...{ namespace: "AWS/Firehose", metricName, statistic },
        dimensions: { DeliveryStreamName: stream.name },
    });
    alarm(
        `${name}-late`,
        {
            ...common,
            description: pulumi.interpolate`Events of ${stream.name} reach S3 more than an hour late. After a day Firehose drops them. Look at the stream's error log.`,
            metric: metric("DeliveryToS3.DataFreshness", "Maximum"),
            threshold: LATE_AFTER_SECONDS,
        },
        { parent },
    );
    alarm(
        `${name}-unreadable`,
        {
            ...common,
            description: pulumi.interpolate`Events of ${stream.name} do not fit the table and are kept under failed/ in its bucket. Compare what is sent with the columns.`,
            metric: metric("FailedConversion.Records", "Sum"),
            threshold: 0,
        },
        { parent },
    );
    alarm(
        `${name}-throttled`,
        {
            ...common,
            description: pulumi.interpolate`${stream.name} turns events away: more are sent than its quota allows. Ask for a higher one.`,
            metric: metric("ThrottledRecords", "Sum"),
            threshold: 0,
        },
        { parent },
    );
}
