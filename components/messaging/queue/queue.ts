import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm, createQueuePolicy, DEAD_LETTER_RETENTION_SECONDS, deadLetterAlarm } from "../../operations";
import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { after } from "../../shared/after";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { Problems } from "../../shared/validation";
import { FifoThroughputLimit, type QueueArgs } from "./args";
import { QUEUE_ARGUMENTS } from "./table";

export { FifoThroughputLimit, type QueueArgs, type QueueSender, QueueSenderService } from "./args";

/**
 * A queue of SQS, standard or FIFO, with a second one for messages that nobody could handle: both encrypted under a key of
 * the caller's and open over TLS alone, the second to nothing but the first.
 *
 * Children: `<name>-dead-letters`, `<name>-queue`, `<name>-dead-letters-allow`, `<name>-dead-letters-policy`,
 * `<name>-policy`, and the alarms `<name>-old-messages` and `<name>-given-up`.
 */
export class Queue extends pulumi.ComponentResource {
    /** URL of the queue, known once its policy is in force. */
    readonly queueUrl: pulumi.Output<string>;
    /** ARN of the queue, known once its policy is in force. */
    readonly queueArn: pulumi.Output<string>;
    /** Name of the queue. */
    readonly queueName: pulumi.Output<string>;
    /** URL of the queue with the dead letters. */
    readonly deadLetterQueueUrl: pulumi.Output<string>;
    /** ARN of the queue with the dead letters. */
    readonly deadLetterQueueArn: pulumi.Output<string>;
    /** Name of the queue with the dead letters. */
    readonly deadLetterQueueName: pulumi.Output<string>;
    /** What senders need. */
    readonly sendPermissions: pulumi.Output<Permission[]>;
    /** What receivers need. */
    readonly receivePermissions: pulumi.Output<Permission[]>;
    /** What receivers need that put a message which can never be handled among the dead letters at once. */
    readonly deadLetterPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: QueueArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:Queue", name, args, opts);

        const deadLetters = makeDeadLetters(this, name, args);
        const queue = makeQueue(this, name, args, deadLetters);
        const policies = restrict(this, name, args, queue, deadLetters);
        watch(this, name, args, queue, deadLetters);

        this.queueUrl = after(policies, queue.url);
        this.queueArn = after(policies, queue.arn);
        this.queueName = queue.name;
        this.deadLetterQueueUrl = deadLetters.url;
        this.deadLetterQueueArn = deadLetters.arn;
        this.deadLetterQueueName = deadLetters.name;
        this.sendPermissions = sendPermissions(args, this.queueArn);
        this.receivePermissions = receivePermissions(args, this.queueArn);
        this.deadLetterPermissions = sendPermissions(args, deadLetters.arn);
        this.registerOutputs({
            queueUrl: this.queueUrl,
            queueArn: this.queueArn,
            queueName: this.queueName,
            deadLetterQueueUrl: this.deadLetterQueueUrl,
            deadLetterQueueArn: this.deadLetterQueueArn,
            deadLetterQueueName: this.deadLetterQueueName,
            sendPermissions: this.sendPermissions,
            receivePermissions: this.receivePermissions,
            deadLetterPermissions: this.deadLetterPermissions,
        });
    }
}

/** What both queues are alike in. */
function common({ region, kmsKeyArn, kmsDataKeyReusePeriodSeconds, fifoQueue, ...args }: QueueArgs) {
    return {
        region,
        kmsMasterKeyId: kmsKeyArn,
        kmsDataKeyReusePeriodSeconds: kmsDataKeyReusePeriodSeconds ?? 300,
        // The largest that a message may be differs between SQS and the provider where nothing is said.
        maxMessageSize: args.maxMessageSize ?? 262_144,
        ...(fifoQueue === true ? { fifoQueue } : {}),
        ...(args.tags === undefined ? {} : { tags: args.tags }),
    };
}

/** A name that was given, as SQS wants it. */
function nameOf(args: QueueArgs, ending = "") {
    const { queueName, fifoQueue } = args;
    return queueName === undefined
        ? {}
        : { name: `${queueName}${ending}${fifoQueue === true ? ".fifo" : ""}` };
}

function makeDeadLetters(parent: Queue, name: string, args: QueueArgs): aws.sqs.Queue {
    return new aws.sqs.Queue(
        `${name}-dead-letters`,
        {
            ...common(args),
            ...nameOf(args, "-dead-letters"),
            // Of a standard queue's message the age goes on counting in here.
            messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
        },
        { parent },
    );
}

function makeQueue(parent: Queue, name: string, args: QueueArgs, deadLetters: aws.sqs.Queue): aws.sqs.Queue {
    const throughput = args.fifoThroughputLimit ?? FifoThroughputLimit.PerMessageGroupId;
    return new aws.sqs.Queue(
        `${name}-queue`,
        {
            ...common(args),
            ...nameOf(args),
            ...(args.fifoQueue === true
                ? {
                      contentBasedDeduplication: args.contentBasedDeduplication ?? false,
                      fifoThroughputLimit: throughput,
                      // SQS takes high throughput with this scope alone.
                      deduplicationScope:
                          throughput === FifoThroughputLimit.PerMessageGroupId ? "messageGroup" : "queue",
                  }
                : {}),
            visibilityTimeoutSeconds: args.visibilityTimeoutSeconds ?? 180,
            messageRetentionSeconds: args.messageRetentionSeconds ?? 345_600,
            delaySeconds: args.delaySeconds ?? 0,
            receiveWaitTimeSeconds: args.receiveWaitTimeSeconds ?? 20,
            redrivePolicy: pulumi.jsonStringify({
                deadLetterTargetArn: deadLetters.arn,
                maxReceiveCount: args.maxReceiveCount ?? 5,
            }),
        },
        { parent },
    );
}

function restrict(
    parent: Queue,
    name: string,
    args: QueueArgs,
    queue: aws.sqs.Queue,
    deadLetters: aws.sqs.Queue,
): pulumi.Resource[] {
    const { region, senders = [] } = args;
    new aws.sqs.RedriveAllowPolicy(
        `${name}-dead-letters-allow`,
        {
            region,
            queueUrl: deadLetters.url,
            redriveAllowPolicy: pulumi.jsonStringify({
                redrivePermission: "byQueue",
                sourceQueueArns: [queue.arn],
            }),
        },
        asSetting({ parent }),
    );
    createQueuePolicy(`${name}-dead-letters-policy`, args, deadLetters, [], parent);
    const policy = createQueuePolicy(
        `${name}-policy`,
        args,
        queue,
        senders.map(({ service, sourceArn }, index) => ({
            sid: `Sender${index + 1}`,
            service,
            sourceArn,
        })),
        parent,
    );
    return [policy];
}

function watch(
    parent: Queue,
    name: string,
    args: QueueArgs,
    queue: aws.sqs.Queue,
    deadLetters: aws.sqs.Queue,
): void {
    const { region, alarmTopicArns: topicArns, tags = {} } = args;
    if (topicArns === undefined) {
        return;
    }
    const common = { region, topicArns, tags };
    const seconds = args.oldestMessageAlarmSeconds ?? 900;
    alarm(
        `${name}-old-messages`,
        {
            ...common,
            description: pulumi.interpolate`A message has been in the queue ${queue.name} for more than ${seconds} seconds. Look at whoever receives: whether it runs, how long it takes, and whether there is enough of it.`,
            metric: {
                namespace: "AWS/SQS",
                metricName: "ApproximateAgeOfOldestMessage",
                dimensions: { QueueName: queue.name },
                statistic: "Maximum",
            },
            comparison: "GreaterThanThreshold",
            threshold: seconds,
            evaluationPeriods: 3,
            // An empty queue has no oldest message.
            missingData: "notBreaching",
        },
        { parent },
    );
    deadLetterAlarm(
        `${name}-given-up`,
        deadLetters.name,
        {
            ...common,
            description: pulumi.interpolate`Messages of the queue ${queue.name} could not be handled and lie in ${deadLetters.name}. Find the cause in the receiver's log, put it right, then start a redrive.`,
        },
        { parent },
    );
}

function sendPermissions(args: QueueArgs, queueArn: pulumi.Output<string>): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "SendMessages",
            actions: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
            resources: [queueArn],
        },
        {
            sid: "EncryptMessages",
            // SQS has whoever sends decrypt too, to see that the data key is whole.
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: [args.kmsKeyArn],
            conditions: [viaService("sqs", args.region)],
        },
    ]);
}

function receivePermissions(args: QueueArgs, queueArn: pulumi.Output<string>): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "ReceiveMessages",
            actions: [
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage",
            ],
            resources: [queueArn],
        },
        {
            sid: "DecryptMessages",
            actions: ["kms:Decrypt"],
            resources: [args.kmsKeyArn],
            conditions: [viaService("sqs", args.region)],
        },
    ]);
}

function validate(name: string, given: QueueArgs): QueueArgs {
    const problems = new Problems("meridian:index:Queue", name);
    const args = checkArguments(problems, given, QUEUE_ARGUMENTS);
    checkComponentName(problems, problems.name);
    if (args.queueName === undefined) {
        const ending = args.fifoQueue === true ? ".fifo" : "";
        checkNameLength(problems, "name", `${problems.name}-dead-letters${ending}`, "aws:sqs/queue:Queue");
    }
    problems.throwIfAny();
    return args;
}
