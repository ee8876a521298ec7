import {
    accountId,
    alsoJudged,
    alsoWhere,
    arnBeginning,
    arnOf,
    arnThat,
    flag,
    flagWhere,
    input,
    isGiven,
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
    textLike,
    textOf,
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

const PROTOCOLS: readonly string[] = Object.values(TopicSubscriptionProtocol);

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
    // The protocols are called as the services are. SNS takes those of other regions, and tells of it late, or never.
    endpointArn: required(
        input(
            arnThat((args, { within }) =>
                PROTOCOLS.includes(textOf(within.protocol))
                    ? arnBeginning(textOf(within.protocol), args)
                    : undefined,
            ),
        ),
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
        (_, __, { within }) => isGiven(within.filterPolicy),
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
