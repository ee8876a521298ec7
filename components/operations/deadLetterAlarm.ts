import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmArgs } from "./alarms";

/** Makes the alarm that rings while there is anything in a queue that takes what could not be handled. */
export function deadLetterAlarm(
    name: string,
    queueName: pulumi.Input<string>,
    args: Pick<AlarmArgs, "region" | "description" | "topicArns" | "tags">,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
    return alarm(
        name,
        {
            ...args,
            metric: {
                namespace: "AWS/SQS",
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: { QueueName: queueName },
                statistic: "Maximum",
            },
            comparison: "GreaterThanThreshold",
            threshold: 0,
            period: 300,
            missingData: "notBreaching",
        },
        opts,
    );
}
