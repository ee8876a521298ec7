import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    createDeadLetterQueue,
    createInvokePermission,
    createQueuePolicy,
    deadLetterAlarm,
} from "../../operations";
import { policyDocument, type PolicyStatement, serviceTrust } from "../../security/policyDocument";
import { type EventBusTarget, EventTargetType } from "./args";
import { type RulePlace } from "./place";

/** Where the undelivered events of a target lie. */
export interface TargetQueue {
    readonly key: string;
    readonly queue: aws.sqs.Queue;
}

/** What EventBridge does with targets that it cannot call by their own policies. */
const ROLE_ACTIONS: Readonly<Partial<Record<EventTargetType, string[]>>> = {
    [EventTargetType.Stream]: ["kinesis:PutRecord", "kinesis:PutRecords"],
    [EventTargetType.Workflow]: ["states:StartExecution"],
    [EventTargetType.EventBus]: ["events:PutEvents"],
};

/** Whether a target of the type is called by a role. */
export function needsRole(type: EventTargetType): boolean {
    return ROLE_ACTIONS[type] !== undefined;
}

/** Makes a target of a rule, with what it takes to reach it, and a queue for what does not. */
export function createTarget(
    name: string,
    key: string,
    place: RulePlace,
    rule: aws.cloudwatch.EventRule,
    target: EventBusTarget,
    parent: pulumi.Resource,
): TargetQueue {
    const { region, accountId, tags = {}, bus } = place;
    const queue = createDeadLetterQueue(name, { region, tags }, parent);
    const ruleArn = pulumi.interpolate`arn:aws:events:${region}:${accountId}:rule/${bus.name}/${rule.name}`;
    const policy = createQueuePolicy(
        `${name}-dead-letters-policy`,
        { region, accountId },
        queue,
        [{ sid: "RuleKeepsUndelivered", service: "events", sourceArn: ruleArn }],
        parent,
    );
    const permission =
        target.type === EventTargetType.Function
            ? createInvokePermission(
                  `${name}-permission`,
                  {
                      region,
                      accountId,
                      functionArn: target.arn,
                      principal: "events.amazonaws.com",
                      sourceArn: rule.arn,
                  },
                  parent,
              )
            : undefined;
    const role = needsRole(target.type) ? makeRole(name, place, rule, target, parent) : undefined;
    new aws.cloudwatch.EventTarget(
        name,
        {
            region,
            rule: rule.name,
            eventBusName: bus.name,
            // A made-up one would be too long for long names.
            targetId: key,
            arn: target.arn,
            ...(role === undefined ? {} : { roleArn: role.arn }),
            ...inputs(target),
            deadLetterConfig: { arn: queue.arn },
            retryPolicy: {
                maximumEventAgeInSeconds: target.maximumEventAgeSeconds ?? 86_400,
                maximumRetryAttempts: target.maximumRetryAttempts ?? 185,
            },
        },
        // The first event must find everything open.
        {
            parent,
            dependsOn: [
                policy,
                ...(permission === undefined ? [] : [permission]),
                ...(role === undefined ? [] : [role.policy]),
            ],
        },
    );
    watchTarget(name, place, rule, queue, parent);
    return { key, queue };
}

/** What a target is handed, and how. */
function inputs({ input, inputPath, messageGroupId, partitionKeyPath }: EventBusTarget) {
    return {
        ...(input === undefined ? {} : { input }),
        ...(inputPath === undefined ? {} : { inputPath }),
        ...(messageGroupId === undefined ? {} : { sqsTarget: { messageGroupId } }),
        ...(partitionKeyPath === undefined ? {} : { kinesisTarget: { partitionKeyPath } }),
    };
}

/** The role that EventBridge calls a target by, for this rule alone. */
function makeRole(
    name: string,
    { region, accountId, tags = {} }: RulePlace,
    rule: aws.cloudwatch.EventRule,
    { type, arn, kmsKeyArn }: EventBusTarget,
    parent: pulumi.Resource,
): { arn: pulumi.Output<string>; policy: aws.iam.RolePolicy } {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: "Brings events to their target",
            assumeRolePolicy: serviceTrust("events.amazonaws.com", accountId, rule.arn),
            tags,
        },
        { parent },
    );
    const statements: PolicyStatement[] = [
        {
            Sid: "CallTarget",
            Effect: "Allow",
            Action: ROLE_ACTIONS[type] ?? [],
            Resource: arn,
        },
        ...(kmsKeyArn === undefined
            ? []
            : [
                  {
                      Sid: "EncryptRecords",
                      Effect: "Allow" as const,
                      Action: "kms:GenerateDataKey",
                      Resource: kmsKeyArn,
                      Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.amazonaws.com` } },
                  },
              ]),
    ];
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.id, policy: policyDocument(statements) },
        { parent },
    );
    return { arn: role.arn, policy };
}

function watchTarget(
    name: string,
    { region, alarmTopicArns: topicArns, tags = {} }: RulePlace,
    rule: aws.cloudwatch.EventRule,
    queue: aws.sqs.Queue,
    parent: pulumi.Resource,
): void {
    if (topicArns !== undefined) {
        deadLetterAlarm(
            `${name}-undelivered`,
            queue.name,
            {
                ...{ region, topicArns, tags },
                description: pulumi.interpolate`Events of the rule ${rule.name} could not be delivered and lie in ${queue.name}. Their attributes ERROR_CODE and ERROR_MESSAGE say why; put it right, then send them again.`,
            },
            { parent },
        );
    }
}
