import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm, deadLetterAlarm } from "../../operations";
import { type TopicArgs } from "./args";

/** Makes the alarms of a topic and of its subscriptions, where there is somebody to tell. */
export function createTopicAlarms(
    name: string,
    { region, alarmTopicArns: topicArns, tags = {} }: TopicArgs,
    topic: aws.sns.Topic,
    failures: readonly (readonly [string, aws.sqs.Queue])[],
    parent: pulumi.Resource,
): void {
    if (topicArns === undefined || failures.length === 0) {
        return;
    }
    const common = { region, topicArns, tags };
    const counts = [
        [
            "failed",
            "NumberOfNotificationsFailed",
            pulumi.interpolate`Messages of the topic ${topic.name} could not be delivered. The topic's delivery log says to whom and why; what was lost lies in the subscription's dead letters.`,
        ],
        [
            "lost",
            "NumberOfNotificationsFailedToRedriveToDlq",
            pulumi.interpolate`Messages of the topic ${topic.name} were lost: they could not even be put among the dead letters. Look at the policies of these queues.`,
        ],
    ] as const;
    for (const [role, metricName, description] of counts) {
        alarm(
            `${name}-${role}`,
            {
                ...common,
                description,
                metric: {
                    namespace: "AWS/SNS",
                    metricName,
                    dimensions: { TopicName: topic.name },
                    statistic: "Sum",
                },
                comparison: "GreaterThanThreshold",
                threshold: 0,
                period: 300,
                // What does not fail is not counted.
                missingData: "notBreaching",
            },
            { parent },
        );
    }
    for (const [key, queue] of failures) {
        deadLetterAlarm(
            `${name}-${key}-undelivered`,
            queue.name,
            {
                ...common,
                description: pulumi.interpolate`Messages of the topic ${topic.name} for ${key} lie in ${queue.name}. Find the cause in the delivery log, then send them again.`,
            },
            { parent },
        );
    }
}
