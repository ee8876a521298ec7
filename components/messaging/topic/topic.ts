import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createDeadLetterQueue, createInvokePermission, createQueuePolicy } from "../../operations";
import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { policyDocument } from "../../security/policyDocument";
import { after } from "../../shared/after";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { Problems } from "../../shared/validation";
import { createTopicAlarms } from "./alarms";
import { type TopicArgs, type TopicSubscription, TopicSubscriptionProtocol } from "./args";
import { createDeliveryLogs, createDeliveryRole } from "./deliveryLogs";
import { TOPIC_ARGUMENTS } from "./table";

export {
    FilterPolicyScope,
    type TopicArgs,
    type TopicPublisher,
    type TopicSubscription,
    TopicSubscriptionProtocol,
} from "./args";

/**
 * A topic of SNS, standard or FIFO, with its subscribers: encrypted under a key of the caller's, open to publishers over TLS
 * alone, each subscription with dead letters of its own, deliveries that failed with their cause in a log.
 *
 * Children: `<name>-delivery-role`, `<name>-topic`, `<name>-topic-policy`, `<name>-delivery-logs`, `<name>-delivery-policy`,
 * per subscription `<name>-<subscription>-dead-letters`, `-dead-letters-policy`, `-permission` (functions alone),
 * `-subscription`; and the alarms `<name>-failed`, `<name>-lost` and `<name>-<subscription>-undelivered`.
 */
export class Topic extends pulumi.ComponentResource {
    /** ARN of the topic, known once its policy is in force. */
    readonly topicArn: pulumi.Output<string>;
    /** Name of the topic. */
    readonly topicName: pulumi.Output<string>;
    /** What publishers need. */
    readonly publishPermissions: pulumi.Output<Permission[]>;
    /** URLs of the queues with what could not be delivered, by the subscriptions' names. */
    readonly deadLetterQueueUrls: pulumi.Output<Record<string, string>>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:Topic", name, args, opts);

        const role = logsDeliveries(args) ? createDeliveryRole(name, args, this) : undefined;
        const topic = makeTopic(this, name, args, role);
        const policy = makePolicy(this, name, args, topic);
        if (role !== undefined) {
            createDeliveryLogs(name, args, { topic, role }, this);
        }
        this.topicArn = after([policy], topic.arn);
        this.topicName = topic.name;
        const failures = Object.entries(args.subscriptions ?? {}).map(
            ([key, subscription]) => [key, subscribe(this, name, args, key, subscription)] as const,
        );
        createTopicAlarms(name, args, topic, failures, this);

        this.publishPermissions = permissionsOf([
            { sid: "PublishMessages", actions: ["sns:Publish"], resources: [this.topicArn] },
            {
                sid: "EncryptMessages",
                actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                resources: [args.kmsKeyArn],
                conditions: [viaService("sns", args.region)],
            },
        ]);
        this.deadLetterQueueUrls = pulumi.all(
            Object.fromEntries(failures.map(([key, queue]) => [key, queue.url])),
        );
        this.registerOutputs({
            topicArn: this.topicArn,
            topicName: this.topicName,
            publishPermissions: this.publishPermissions,
            deadLetterQueueUrls: this.deadLetterQueueUrls,
        });
    }
}

/** Without subscribers nothing is delivered. */
function logsDeliveries({ deliveryLogs, subscriptions }: TopicArgs): boolean {
    return (deliveryLogs ?? true) && subscriptions !== undefined;
}

function makeTopic(
    parent: Topic,
    name: string,
    args: TopicArgs,
    role: aws.iam.Role | undefined,
): aws.sns.Topic {
    const { region, topicName, archiveRetentionDays } = args;
    return new aws.sns.Topic(
        `${name}-topic`,
        {
            region,
            ...(topicName === undefined
                ? {}
                : { name: `${topicName}${args.fifoTopic === true ? ".fifo" : ""}` }),
            kmsMasterKeyId: args.kmsKeyArn,
            // SHA-256 signatures on what subscribers receive; version 1 is SHA-1.
            signatureVersion: 2,
            tracingConfig: "Active",
            ...(args.fifoTopic === true
                ? { fifoTopic: true, contentBasedDeduplication: args.contentBasedDeduplication ?? false }
                : {}),
            ...(archiveRetentionDays === undefined
                ? {}
                : {
                      archivePolicy: JSON.stringify({ MessageRetentionPeriod: String(archiveRetentionDays) }),
                  }),
            ...(role === undefined
                ? {}
                : { sqsFailureFeedbackRoleArn: role.arn, lambdaFailureFeedbackRoleArn: role.arn }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
}

function makePolicy(parent: Topic, name: string, args: TopicArgs, topic: aws.sns.Topic): aws.sns.TopicPolicy {
    const { accountId, region, publishers = [] } = args;
    // Written from the name, which a preview knows, it lets policy packs judge the statements before there is a topic.
    const topicArn = pulumi.interpolate`arn:aws:sns:${region}:${accountId}:${topic.name}`;
    return new aws.sns.TopicPolicy(
        `${name}-topic-policy`,
        {
            region,
            arn: topic.arn,
            policy: policyDocument([
                {
                    Sid: "DenyPublishingWithoutTls",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "sns:Publish",
                    Resource: topicArn,
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
                ...publishers.map(({ service, sourceArn }, index) => ({
                    Sid: `Publisher${index + 1}`,
                    Effect: "Allow" as const,
                    Principal: { Service: service },
                    Action: "sns:Publish",
                    Resource: topicArn,
                    Condition: {
                        ArnLike: { "aws:SourceArn": sourceArn },
                        // A bucket's ARN names no account; not every service names one beside its ARN.
                        StringEqualsIfExists: { "aws:SourceAccount": accountId },
                    },
                })),
            ]),
        },
        asSetting({ parent }),
    );
}

/** Has a queue or a function get the messages. Returns the queue for those that cannot be delivered. */
function subscribe(
    parent: Topic,
    name: string,
    args: TopicArgs,
    key: string,
    subscription: TopicSubscription,
): aws.sqs.Queue {
    const { region, accountId, tags = {}, fifoTopic = false } = args;
    const { protocol, endpointArn, filterPolicy } = subscription;
    const prefix = `${name}-${key}`;
    const isQueue = protocol === TopicSubscriptionProtocol.Sqs;
    const failures = createDeadLetterQueue(
        prefix,
        // SNS takes dead letters of the subscriber's own kind.
        { region, tags, fifo: isQueue && (subscription.fifoQueue ?? fifoTopic) },
        parent,
    );
    const policy = createQueuePolicy(
        `${prefix}-dead-letters-policy`,
        { region, accountId },
        failures,
        [{ sid: "TopicKeepsUndelivered", service: "sns", sourceArn: parent.topicArn }],
        parent,
    );
    const permission = isQueue
        ? []
        : [
              createInvokePermission(
                  `${prefix}-permission`,
                  {
                      region,
                      functionArn: endpointArn,
                      principal: "sns.amazonaws.com",
                      sourceArn: parent.topicArn,
                  },
                  parent,
              ),
          ];
    new aws.sns.TopicSubscription(
        `${prefix}-subscription`,
        {
            region,
            topic: parent.topicArn,
            protocol,
            endpoint: endpointArn,
            ...(isQueue ? { rawMessageDelivery: subscription.rawMessageDelivery ?? true } : {}),
            ...(filterPolicy === undefined
                ? {}
                : {
                      filterPolicy,
                      filterPolicyScope: subscription.filterPolicyScope ?? "MessageAttributes",
                  }),
            redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: failures.arn }),
        },
        // The first message must find everything open.
        { ...asSetting({ parent }), dependsOn: [policy, ...permission] },
    );
    return failures;
}

function validate(name: string, given: TopicArgs): TopicArgs {
    const problems = new Problems("meridian:index:Topic", name);
    const args = checkArguments(problems, given, TOPIC_ARGUMENTS);
    checkComponentName(problems, problems.name);
    if (logsDeliveries(args)) {
        checkNameLength(problems, "name", `${problems.name}-delivery-role`, "aws:iam/role:Role");
    }
    for (const key of Object.keys(args.subscriptions ?? {})) {
        checkNameLength(
            problems,
            `subscriptions["${key}"]`,
            `${problems.name}-${key}-dead-letters${args.fifoTopic === true ? ".fifo" : ""}`,
            "aws:sqs/queue:Queue",
        );
    }
    problems.throwIfAny();
    return args;
}
