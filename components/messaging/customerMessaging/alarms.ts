import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm, deadLetterAlarm } from "../../operations";
import { type CustomerMessagingArgs } from "./args";
import { FAILURE_EVENTS } from "./configuration";

/** What the alarms of messages watch. */
export interface MessagingAlarmArgs {
    configurationSetName: pulumi.Output<string>;
    failureQueueName: pulumi.Output<string>;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
}

// SES looks at an account from 5 % and 0.1 % on. Source: Amazon SES Developer Guide, "Sending review process FAQs".
const BOUNCE_RATE = 0.04;
const COMPLAINT_RATE = 0.0008;
const HOUR = 3600;

/** Makes the alarms. */
export function createAlarms(
    name: string,
    { region, tags = {} }: CustomerMessagingArgs,
    { configurationSetName, failureQueueName, topicArns }: MessagingAlarmArgs,
    parent: pulumi.Resource,
): void {
    const common = { region, tags, topicArns, missingData: "notBreaching" as const };
    const reputation = (metricName: string) => ({
        namespace: "AWS/SES",
        metricName,
        dimensions: { "ses:configuration-set": configurationSetName },
        statistic: "Average",
    });
    alarm(
        `${name}-bounces`,
        {
            ...common,
            description:
                "Many messages come back. Find out where the addresses are from before SES stops the account, which it may do from 10 % on.",
            metric: reputation("Reputation.BounceRate"),
            comparison: "GreaterThanThreshold",
            threshold: BOUNCE_RATE,
            period: HOUR,
        },
        { parent },
    );
    alarm(
        `${name}-complaints`,
        {
            ...common,
            description:
                "Many customers call the messages spam. Find out which ones before SES stops the account, which it may do from 0.5 % on.",
            metric: reputation("Reputation.ComplaintRate"),
            comparison: "GreaterThanThreshold",
            threshold: COMPLAINT_RATE,
            period: HOUR,
        },
        { parent },
    );
    alarm(
        `${name}-unsent`,
        {
            ...common,
            description:
                "Messages were not sent: SES did not take them, or a template lacks what it is to be filled with.",
            metric: {
                namespace: "AWS/Events",
                metricName: "MatchedEvents",
                dimensions: { RuleName: createFailureRule(name, region, configurationSetName, tags, parent) },
                statistic: "Sum",
            },
            comparison: "GreaterThanThreshold",
            threshold: 0,
            period: 300,
        },
        { parent },
    );
    deadLetterAlarm(
        `${name}-unscheduled`,
        failureQueueName,
        {
            region,
            tags,
            topicArns,
            description: "Scheduled messages could not be sent; the queue has them, with the reason.",
        },
        { parent },
    );
}

/** Makes a rule without target: that events match it shows in its metric. */
function createFailureRule(
    name: string,
    region: string,
    configurationSetName: pulumi.Output<string>,
    tags: CustomerMessagingArgs["tags"] & object,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    return new aws.cloudwatch.EventRule(
        `${name}-failures`,
        {
            region,
            description: "SES did not send a message",
            eventPattern: pulumi.jsonStringify({
                source: ["aws.ses"],
                "detail-type": [FAILURE_EVENTS["REJECT"], FAILURE_EVENTS["RENDERING_FAILURE"]],
                detail: { mail: { tags: { "ses:configuration-set": [configurationSetName] } } },
            }),
            state: "ENABLED",
            tags,
        },
        { parent },
    ).name;
}
