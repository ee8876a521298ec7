import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    callFunction,
    createQueuePolicy,
    createScheduleGroup,
    letCall,
    scheduleStatements,
} from "../../operations";
import { policyDocument } from "../../security/policyDocument";
import { asSetting } from "../../shared/replacement";
import { type ServerlessFunctionArgs } from "./args";
import { type BucketEventSource, StreamPosition } from "./sourceArgs";
import { DEFAULTS } from "./table";

/** What the sources of a function call, and where what fails goes. */
export interface CalledAlias {
    alias: aws.lambda.Alias;
    failures: aws.sqs.Queue;
}

// A function that answers so tells which messages of a batch failed; without it one of them brings all of them back.
const PARTIAL_ANSWERS = ["ReportBatchItemFailures"];

/** Has the function's sources call its alias. */
export function connectSources(
    name: string,
    args: ServerlessFunctionArgs,
    called: CalledAlias,
    parent: pulumi.Resource,
): void {
    takeMessages(name, args, called, parent);
    takeRecords(name, args, called, parent);
    subscribe(name, args, called, parent);
    listen(name, args, called, parent);
    schedule(name, args, called, parent);
    keepFailures(name, args, called, parent);
}

function takeMessages(
    name: string,
    { region, queues = {}, reservedConcurrency, tags = {} }: ServerlessFunctionArgs,
    { alias }: CalledAlias,
    parent: pulumi.Resource,
): void {
    for (const [key, queue] of Object.entries(queues)) {
        // More messages than calls that are free are thrown back until they count as dead.
        const most = queue.maximumConcurrency ?? Math.min(1000, reservedConcurrency ?? 0);
        new aws.lambda.EventSourceMapping(
            `${name}-${key}-mapping`,
            {
                region,
                eventSourceArn: queue.queueArn,
                functionName: alias.arn,
                batchSize: queue.batchSize ?? DEFAULTS.queueBatch,
                maximumBatchingWindowInSeconds: queue.batchingWindowSeconds ?? 0,
                functionResponseTypes: PARTIAL_ANSWERS,
                ...(most === 0 ? {} : { scalingConfig: { maximumConcurrency: most } }),
                ...filters(queue.filterPatterns),
                tags,
            },
            { parent },
        );
    }
}

function takeRecords(
    name: string,
    { region, streams = {}, tags = {} }: ServerlessFunctionArgs,
    { alias, failures }: CalledAlias,
    parent: pulumi.Resource,
): void {
    for (const [key, stream] of Object.entries(streams)) {
        new aws.lambda.EventSourceMapping(
            `${name}-${key}-mapping`,
            {
                region,
                eventSourceArn: stream.streamArn,
                functionName: alias.arn,
                startingPosition: stream.startingPosition ?? StreamPosition.TrimHorizon,
                batchSize: stream.batchSize ?? DEFAULTS.streamBatch,
                maximumBatchingWindowInSeconds: stream.batchingWindowSeconds ?? DEFAULTS.streamWindow,
                parallelizationFactor: stream.parallelizationFactor ?? 1,
                // Left out, one bad record would hold its shard up until it leaves the stream.
                maximumRetryAttempts: stream.maximumRetryAttempts ?? DEFAULTS.streamRetryAttempts,
                maximumRecordAgeInSeconds: stream.maximumRecordAgeInSeconds ?? DEFAULTS.streamRecordAge,
                bisectBatchOnFunctionError: true,
                functionResponseTypes: PARTIAL_ANSWERS,
                destinationConfig: { onFailure: { destinationArn: failures.arn } },
                ...filters(stream.filterPatterns),
                tags,
            },
            { parent },
        );
    }
}

function filters(patterns: readonly string[] | undefined) {
    return patterns === undefined
        ? {}
        : { filterCriteria: { filters: patterns.map((pattern) => ({ pattern })) } };
}

function subscribe(
    name: string,
    { region, topics = {} }: ServerlessFunctionArgs,
    { alias, failures }: CalledAlias,
    parent: pulumi.Resource,
): void {
    for (const [key, topic] of Object.entries(topics)) {
        const permission = letCall(
            `${name}-${key}-permission`,
            { name: alias.functionName, qualifier: alias.name },
            // Of this account, as a topic's ARN says: SNS is not documented to name an account beside it.
            { region, principal: "sns.amazonaws.com", sourceArn: topic.topicArn },
            parent,
        );
        new aws.sns.TopicSubscription(
            `${name}-${key}-subscription`,
            {
                region,
                topic: topic.topicArn,
                protocol: "lambda",
                endpoint: alias.arn,
                redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: failures.arn }),
                ...(topic.filterPolicy === undefined
                    ? {}
                    : {
                          filterPolicy: topic.filterPolicy,
                          filterPolicyScope: topic.filtersBody === true ? "MessageBody" : "MessageAttributes",
                      }),
            },
            // A message that comes before the permission is refused.
            asSetting({ parent, dependsOn: [permission] }),
        );
    }
}

function listen(
    name: string,
    args: ServerlessFunctionArgs,
    { alias, failures }: CalledAlias,
    parent: pulumi.Resource,
): void {
    const { region, eventRules = {}, buckets = {}, tags = {} } = args;
    const rules = [
        ...Object.entries(eventRules).map(([key, { eventBusName, eventPattern }]) => ({
            ...{ key, eventPattern },
            bus: eventBusName === undefined ? {} : { eventBusName },
        })),
        ...Object.entries(buckets).map(([key, bucket]) => ({
            ...{ key, bus: {} },
            eventPattern: bucketPattern(bucket),
        })),
    ];
    const called = { name: alias.functionName, arn: alias.arn, qualifier: alias.name };
    for (const { key, eventPattern, bus } of rules) {
        const rule = new aws.cloudwatch.EventRule(
            `${name}-${key}-rule`,
            { region, description: `Calls ${name}`, eventPattern, ...bus, tags },
            { parent },
        );
        callFunction(parent, `${name}-${key}`, args, rule, called, failures, bus);
    }
}

/** Events of a bucket's objects. Two patterns of one field would be alternatives: a key with both ends is a wildcard. */
function bucketPattern(bucket: BucketEventSource): pulumi.Output<string> {
    const { keyPrefix: prefix, keySuffix: suffix } = bucket;
    const keys =
        prefix !== undefined && suffix !== undefined
            ? [{ wildcard: `${prefix}*${suffix}` }]
            : [...(prefix === undefined ? [] : [{ prefix }]), ...(suffix === undefined ? [] : [{ suffix }])];
    return pulumi.jsonStringify({
        source: ["aws.s3"],
        "detail-type": bucket.detailTypes ?? ["Object Created"],
        detail: {
            bucket: { name: [bucket.bucketName] },
            ...(keys.length === 0 ? {} : { object: { key: keys } }),
        },
    });
}

function schedule(
    name: string,
    args: ServerlessFunctionArgs,
    { alias, failures }: CalledAlias,
    parent: pulumi.Resource,
): void {
    const { region, accountId, kmsKeyArn, permissionsBoundaryArn, schedules = {}, tags = {} } = args;
    if (Object.keys(schedules).length === 0) {
        return;
    }
    const { group, role } = createScheduleGroup(
        name,
        {
            ...{ region, accountId, tags },
            description: `Calls ${name} at its times`,
            ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
        },
        parent,
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-schedule-policy`,
        {
            role: role.id,
            policy: policyDocument([
                {
                    Sid: "CallFunction",
                    Effect: "Allow",
                    Action: "lambda:InvokeFunction",
                    Resource: alias.arn,
                },
                ...scheduleStatements(region, failures, kmsKeyArn),
            ]),
        },
        { parent },
    );
    for (const [key, { scheduleExpression, timeZone, flexibleMinutes, input = "{}" }] of Object.entries(
        schedules,
    )) {
        new aws.scheduler.Schedule(
            `${name}-${key}-schedule`,
            {
                region,
                groupName: group.name,
                description: `Calls ${name}`,
                scheduleExpression,
                scheduleExpressionTimezone: timeZone ?? "UTC",
                flexibleTimeWindow:
                    flexibleMinutes === undefined
                        ? { mode: "OFF" }
                        : { mode: "FLEXIBLE", maximumWindowInMinutes: flexibleMinutes },
                kmsKeyArn,
                target: {
                    arn: alias.arn,
                    roleArn: role.arn,
                    input,
                    retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
                    deadLetterConfig: { arn: failures.arn },
                },
            },
            { parent, dependsOn: [policy] },
        );
    }
}

/** Lets the services that call the function keep what they could not deliver; schedules have a role for it. */
function keepFailures(
    name: string,
    args: ServerlessFunctionArgs,
    { failures }: CalledAlias,
    parent: pulumi.Resource,
): void {
    const { region, accountId, topics = {}, eventRules = {}, buckets = {} } = args;
    const rules = [
        ...new Set([
            ...Object.values(eventRules).map(({ eventBusName }) => eventBusName),
            ...Object.values(buckets).map(() => undefined),
        ]),
    ].map((bus) =>
        bus === undefined
            ? pulumi.interpolate`arn:aws:events:${region}:${accountId}:rule/${name}-*`
            : pulumi.interpolate`arn:aws:events:${region}:${accountId}:rule/${bus}/${name}-*`,
    );
    const topicArns = Object.values(topics).map(({ topicArn }) => topicArn);
    const senders = [
        ...(rules.length === 0
            ? []
            : // The component's own rules; auto-naming adds a suffix that is not known here.
              [{ sid: "EventsKeepUndelivered", service: "events", sourceArn: rules }]),
        ...(topicArns.length === 0
            ? []
            : [{ sid: "TopicsKeepUndelivered", service: "sns", sourceArn: topicArns }]),
    ];
    if (senders.length > 0) {
        createQueuePolicy(`${name}-dead-letters-policy`, args, failures, senders, parent);
    }
}
