import {
    accountId,
    alsoJudged,
    alsoWhere,
    arnOf,
    flag,
    flagWhere,
    input,
    jsonObject,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    mapByShortNames,
    object,
    oneOf,
    region,
    required,
    tags,
    text,
    textLike,
    topicArns,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge } from "../../shared/argumentTable";
import {
    FilterPolicyScope,
    type TopicArgs,
    type TopicPublisher,
    type TopicSubscription,
    TopicSubscriptionProtocol,
} from "./args";

const isFifo = ({ fifoTopic }: Given): boolean => fifoTopic === true;

const PROTOCOLS: Readonly<Record<string, string>> = {
    [TopicSubscriptionProtocol.Sqs]: "sqs",
    [TopicSubscriptionProtocol.Lambda]: "lambda",
};

/** The endpoint is what the protocol says, in the topic's region: SNS takes others' and tells of it late, or never. */
const endpoint: Judge = (value, args, { within }) => {
    const service = PROTOCOLS[String(within.protocol)] ?? "";
    const beginning = `arn:aws:${service}:${String(args.region)}:`;
    return service === "" || String(value).startsWith(beginning)
        ? undefined
        : { allowed: `an ARN that begins with ${beginning}` };
};

const onlyOfQueues =
    (what: string): Judge =>
    (value, _, { within }) =>
        value !== true || within.protocol === TopicSubscriptionProtocol.Sqs
            ? undefined
            : { allowed: `false unless protocol is sqs`, remedy: what };

const SUBSCRIPTION: ArgumentTable<TopicSubscription> = {
    protocol: required(
        alsoWhere(
            (protocol, args) => protocol === TopicSubscriptionProtocol.Sqs || !isFifo(args),
            "sqs while fifoTopic is true",
            oneOf(TopicSubscriptionProtocol),
        ),
    ),
    endpointArn: required(
        input({
            ...text("the ARN of a queue or a function", endpoint),
            // What tests make up need be no ARN.
            judgeLater: (value, ...around) =>
                String(value).startsWith("arn:") ? endpoint(value, ...around) : undefined,
        }),
    ),
    // Amazon SNS Developer Guide, "Filter policy constraints in Amazon SNS".
    filterPolicy: jsonObject(
        "a filter policy: JSON, an object with 1 to 5 names, each with a list or an object",
        (policy) => {
            const values = Object.values(policy);
            return (
                values.length >= 1 &&
                values.length <= 5 &&
                values.every((value) => typeof value === "object" && value !== null)
            );
        },
    ),
    filterPolicyScope: alsoWhere(
        (_, __, { within }) => within.filterPolicy !== undefined,
        "nothing without filterPolicy",
        oneOf(FilterPolicyScope),
    ),
    rawMessageDelivery: alsoJudged(onlyOfQueues("A function gets SNS's envelope in any case"), flag()),
    fifoQueue: alsoJudged(
        onlyOfQueues("Functions are not FIFO"),
        flagWhere(
            (value, args) => !value || isFifo(args),
            "false while fifoTopic is not true, because a standard topic has no message groups",
        ),
    ),
};

const PUBLISHER: ArgumentTable<TopicPublisher> = {
    service: required(
        textLike(/^[a-z0-9.-]+\.amazonaws\.com$/, "the name of a service, such as s3.amazonaws.com"),
    ),
    sourceArn: required(input(arnOf("[a-z0-9-]+", "what the service publishes for"))),
};

/** The rules of Topic's arguments. */
export const TOPIC_ARGUMENTS: ArgumentTable<TopicArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    topicName: textLike(/^[A-Za-z0-9_-]{1,251}$/, "1 to 251 letters, digits, _ and -"),
    fifoTopic: flag(),
    contentBasedDeduplication: flagWhere(
        (value, args) => !value || isFifo(args),
        "false while fifoTopic is not true",
    ),
    archiveRetentionDays: leftOutWhile(
        (args) => !isFifo(args),
        () => ({ shown: "given", allowed: "nothing while fifoTopic is not true" }),
        wholeNumber({ min: 1, max: 365 }, "a whole number from 1 to 365 (days)"),
    ),
    kmsKeyArn: required(input(keyArn())),
    subscriptions: mapByShortNames(
        object(SUBSCRIPTION),
        "subscriptions by names of 1 to 20 lower-case letters, digits and hyphens",
    ),
    publishers: list(object(PUBLISHER), "a list of services, each with the ARN of what it publishes for"),
    deliveryLogs: flag(),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
