import {
    accountId,
    alsoWhere,
    arnThat,
    flag,
    flagWhere,
    input,
    keyArn,
    leftOutWhile,
    list,
    object,
    oneOf,
    region,
    required,
    tags,
    textLike,
    textOf,
    topicArns,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { FifoThroughputLimit, type QueueArgs, type QueueSender, QueueSenderService } from "./args";

const DAY = 86_400;

/** Dead letters are kept for two weeks, and a message takes its age there with it. */
const RETENTION_MAX = 13 * DAY;

const isFifo = ({ fifoQueue }: Given): boolean => fifoQueue === true;

const NEEDS_FIFO = { shown: "given", allowed: "nothing while fifoQueue is not true" };

/** What ARNs of a service's sources begin with. */
const SOURCES: Readonly<Record<string, string>> = {
    [QueueSenderService.Sns]: "arn:aws:sns:",
    [QueueSenderService.EventBridge]: "arn:aws:events:",
    [QueueSenderService.S3]: "arn:aws:s3:::",
};

const SENDER: ArgumentTable<QueueSender> = {
    service: required(
        alsoWhere(
            (service, args) => service !== QueueSenderService.S3 || !isFifo(args),
            "sns or events while fifoQueue is true, because S3 has no message groups",
            oneOf(QueueSenderService),
        ),
    ),
    sourceArn: required(input(arnThat((_, { within }) => SOURCES[textOf(within.service)]))),
};

/** The rules of Queue's arguments. Their bounds: Amazon SQS API Reference, SetQueueAttributes. */
export const QUEUE_ARGUMENTS: ArgumentTable<QueueArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    // With .fifo and -dead-letters behind it.
    queueName: textLike(/^[A-Za-z0-9_-]{1,62}$/, "1 to 62 letters, digits, _ and -"),
    fifoQueue: flag(),
    contentBasedDeduplication: flagWhere(
        (value, args) => !value || isFifo(args),
        "false while fifoQueue is not true",
    ),
    fifoThroughputLimit: leftOutWhile(
        (args) => !isFifo(args),
        () => NEEDS_FIFO,
        oneOf(FifoThroughputLimit),
    ),
    kmsKeyArn: required(input(keyArn())),
    kmsDataKeyReusePeriodSeconds: wholeNumber(
        { min: 60, max: DAY },
        `a whole number from 60 to ${DAY} (seconds)`,
    ),
    visibilityTimeoutSeconds: wholeNumber(
        { min: 0, max: 43_200 },
        "a whole number from 0 to 43200 (seconds)",
    ),
    messageRetentionSeconds: wholeNumber(
        { min: 60, max: RETENTION_MAX },
        `a whole number from 60 to ${RETENTION_MAX} (seconds)`,
        { remedy: "Dead letters are kept for two weeks, and their age counts from when they were sent" },
    ),
    maxMessageSize: wholeNumber({ min: 1024, max: 1_048_576 }, "a whole number from 1024 to 1048576 (bytes)"),
    delaySeconds: wholeNumber({ min: 0, max: 900 }, "a whole number from 0 to 900 (seconds)"),
    receiveWaitTimeSeconds: wholeNumber({ min: 0, max: 20 }, "a whole number from 0 to 20 (seconds)"),
    maxReceiveCount: wholeNumber({ min: 1, max: 1000 }, "a whole number from 1 to 1000"),
    senders: list(object(SENDER), "a list of services, each with the ARN of what it sends for"),
    oldestMessageAlarmSeconds: wholeNumber(
        { min: 60, max: RETENTION_MAX },
        `a whole number from 60 to ${RETENTION_MAX} (seconds)`,
    ),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
