import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm } from "../../operations";
import { type TagsInput } from "../../shared/tags";
import { type EventStreamArgs } from "./args";

/** A stream, with its consumers by their names. */
export interface StreamParts {
    readonly stream: aws.kinesis.Stream;
    readonly consumers: Readonly<Record<string, aws.kinesis.StreamConsumer>>;
}

/** Makes the alarms of a stream, where there is somebody to tell. */
export function createStreamAlarms(
    name: string,
    args: EventStreamArgs & { tags: TagsInput },
    { stream, consumers }: StreamParts,
    parent: pulumi.Resource,
): void {
    const { region, alarmTopicArns: topicArns, tags } = args;
    if (topicArns === undefined) {
        return;
    }
    const watch = (role: string, description: pulumi.Output<string>, watched: Watched): void => {
        const { metricName, statistic, threshold, consumer } = watched;
        alarm(
            `${name}-${role}`,
            {
                ...{ region, topicArns, tags, description },
                metric: {
                    namespace: "AWS/Kinesis",
                    metricName,
                    dimensions: {
                        StreamName: stream.name,
                        ...(consumer === undefined ? {} : { ConsumerName: consumer }),
                    },
                    statistic,
                },
                comparison: "GreaterThanThreshold",
                threshold,
                evaluationPeriods: 5,
                datapointsToAlarm: 3,
                // Nobody reads, nobody is late; nothing is written, nothing is turned away.
                missingData: "notBreaching",
            },
            { parent },
        );
    };
    const milliseconds = (args.iteratorAgeAlarmSeconds ?? 300) * 1000;
    watch(
        "late",
        pulumi.interpolate`A reader of the stream ${stream.name} is far behind. Look at its errors and at how many shards it reads at once; what is older than the retention is lost.`,
        { metricName: "GetRecords.IteratorAgeMilliseconds", statistic: "Maximum", threshold: milliseconds },
    );
    watch(
        "writes-throttled",
        pulumi.interpolate`The stream ${stream.name} has turned records away for several minutes. Look for one partition key that takes most of them, then at the number of shards.`,
        { metricName: "WriteProvisionedThroughputExceeded", statistic: "Average", threshold: 0 },
    );
    watch(
        "reads-throttled",
        pulumi.interpolate`Readers of the stream ${stream.name} are turned away: more of them share it than it serves. Give one a consumer of its own.`,
        { metricName: "ReadProvisionedThroughputExceeded", statistic: "Average", threshold: 0 },
    );
    for (const [key, consumer] of Object.entries(consumers)) {
        watch(
            `${key}-late`,
            pulumi.interpolate`The consumer ${consumer.name} of the stream ${stream.name} is far behind. Look at its errors.`,
            {
                metricName: "SubscribeToShardEvent.MillisBehindLatest",
                statistic: "Maximum",
                threshold: milliseconds,
                consumer: consumer.name,
            },
        );
    }
}

/** What an alarm watches of a stream. */
interface Watched {
    readonly metricName: string;
    readonly statistic: string;
    readonly threshold: number;
    /** The consumer that it is counted of. The stream as a whole when left out. */
    readonly consumer?: pulumi.Output<string>;
}
