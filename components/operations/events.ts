import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm } from "./alarms";
import { deadLetterAlarm } from "./deadLetterAlarm";
import { type FunctionName, letCall } from "./invokePermission";
import { createQueuePolicy } from "./queuePolicy";
import { type TagsInput } from "../shared/tags";

/** Where events are watched and who is told. */
export interface EventPlace {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly topicArn: pulumi.Input<string>;
    readonly tags: TagsInput;
}

/** What a rule looks for. */
export interface Watch {
    readonly description: string;
    readonly source: string;
    readonly detailType: string;
    /** What must be in the event, beside source and type; each field takes any of its values. */
    readonly match: pulumi.Input<Record<string, unknown>>;
}

/** Makes a rule for some events. */
export function watch(
    parent: pulumi.Resource,
    name: string,
    { region, tags }: Pick<EventPlace, "region" | "tags">,
    { description, source, detailType, match }: Watch,
): aws.cloudwatch.EventRule {
    return new aws.cloudwatch.EventRule(
        name,
        {
            region,
            description,
            eventPattern: pulumi.jsonStringify(
                pulumi
                    .output(match)
                    .apply((fields) => ({ source: [source], "detail-type": [detailType], ...fields })),
            ),
            state: "ENABLED",
            tags,
        },
        { parent },
    );
}

/** Has the topic told of every event, in words: `paths` are what the words take from it. */
export function tellTopic(
    parent: pulumi.Resource,
    name: string,
    { region, topicArn }: Pick<EventPlace, "region" | "topicArn">,
    rule: aws.cloudwatch.EventRule,
    words: string,
    paths: Record<string, string>,
): void {
    new aws.cloudwatch.EventTarget(
        `${name}-topic`,
        {
            region,
            rule: rule.name,
            // No role: with one, delivery to an encrypted topic may fail (Amazon EventBridge User Guide, "Using
            // resource-based policies").
            arn: topicArn,
            inputTransformer: { inputPaths: paths, inputTemplate: JSON.stringify(words) },
        },
        { parent },
    );
}

/** Rings when there is one event or more, until a period has none. */
export function alarmOnEvent(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    rule: aws.cloudwatch.EventRule,
    description: string,
): void {
    alarm(
        `${name}-alarm`,
        {
            ...alarmCommon(place),
            description,
            metric: matched(rule),
            comparison: "GreaterThanThreshold",
            threshold: 0,
            period: 300,
            // No events, no metric.
            missingData: "notBreaching",
        },
        { parent },
    );
}

/** Rings when there has been no event for so many hours. */
export function alarmOnSilence(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    rule: aws.cloudwatch.EventRule,
    silence: { readonly hours: number; readonly description: string },
): void {
    alarm(
        `${name}-missing`,
        {
            ...alarmCommon(place),
            ...silent(silence.hours),
            description: silence.description,
            metric: matched(rule),
        },
        { parent },
    );
}

/** An alarm that rings when every one of so many hours had none. */
export function silent(hours: number) {
    return {
        comparison: "LessThanThreshold",
        threshold: 1,
        period: 3600,
        evaluationPeriods: hours,
        // Nothing that happened, no metric: that is what it rings for.
        missingData: "breaching",
    } as const;
}

/** What all alarms of a place have in common. */
export function alarmCommon({ region, topicArn, tags }: EventPlace) {
    return { region, topicArns: [topicArn], tags };
}

/** EventBridge counts every rule's events by itself, so that nothing stands between event and alarm. */
function matched(rule: aws.cloudwatch.EventRule) {
    return {
        namespace: "AWS/Events",
        metricName: "MatchedEvents",
        dimensions: { RuleName: rule.name },
        statistic: "Sum",
    };
}

/** A function, or one of its aliases by the name of the function, the ARN of the alias, and the name of the alias. */
export interface CalledFunction extends FunctionName {
    readonly arn: pulumi.Input<string>;
}

/** Has a function called with every event. What cannot be delivered for a day ends in the queue. */
export function callFunction(
    parent: pulumi.Resource,
    name: string,
    { accountId, region }: Pick<EventPlace, "accountId" | "region">,
    rule: aws.cloudwatch.EventRule,
    called: CalledFunction,
    deadLetterQueue: aws.sqs.Queue,
    bus: { readonly eventBusName?: pulumi.Input<string> } = {},
): void {
    const permission = letCall(
        `${name}-permission`,
        called,
        { region, accountId, principal: "events.amazonaws.com", sourceArn: rule.arn },
        parent,
    );
    new aws.cloudwatch.EventTarget(
        `${name}-function`,
        {
            region,
            rule: rule.name,
            ...bus,
            arn: called.arn,
            deadLetterConfig: { arn: deadLetterQueue.arn },
            // EventBridge's own limits: a day, and 185 times.
            retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        },
        // An event that comes before the permission is refused.
        { parent, dependsOn: [permission] },
    );
}

/**
 * Lets EventBridge put what it could not deliver into the queue, and rings when something is there, whoever put it
 * there: a function that failed three times ends there too.
 */
export function watchQueue(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    queue: aws.sqs.Queue,
    description: string,
): void {
    const { accountId, region } = place;
    createQueuePolicy(
        `${name}-dead-letters-policy`,
        place,
        queue,
        [
            {
                sid: "EventsKeepUndelivered",
                service: "events",
                // The component's own rules; auto-naming adds a suffix that is not known here.
                sourceArn: pulumi.interpolate`arn:aws:events:${region}:${accountId}:rule/${name}-*`,
            },
        ],
        parent,
    );
    deadLetterAlarm(
        `${name}-dead-letters-alarm`,
        queue.name,
        { ...alarmCommon(place), description },
        { parent },
    );
}
