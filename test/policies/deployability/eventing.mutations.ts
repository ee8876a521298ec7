/** Buses, streams, state machines, and queues that others send to. */
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const STREAM = "aws:kinesis/stream:Stream";
const MACHINE = "aws:sfn/stateMachine:StateMachine";
const BUS = "aws:cloudwatch/eventBus:EventBus";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const ARCHIVE = "aws:cloudwatch/eventArchive:EventArchive";
const QUEUE = "aws:sqs/queue:Queue";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const ACCOUNT = "111122223333";
const region = "us-east-1";

const clicks: readonly FixtureResource[] = [
    {
        type: STREAM,
        name: "clicks",
        inputs: {
            region,
            name: "clicks",
            streamModeDetails: { streamMode: "PROVISIONED" },
            shardCount: 2,
            retentionPeriod: 24,
            encryptionType: "KMS",
            kmsKeyId: `arn:aws:kms:${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
        },
    },
];

const pay = {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: "pay" },
    Retry: [
        { ErrorEquals: ["Lambda.TooManyRequestsException"], MaxAttempts: 3 },
        { ErrorEquals: ["States.ALL"], MaxAttempts: 1 },
    ],
    Catch: [{ ErrorEquals: ["States.ALL"], Next: "Refused" }],
    Next: "Paid",
};
const states = { Pay: pay, Paid: { Type: "Succeed" }, Refused: { Type: "Fail", Error: "Refused" } };
const definition = (changes: object = {}, startAt = "Pay") =>
    JSON.stringify({ StartAt: startAt, States: { ...states, ...changes } });

const checkout: readonly FixtureResource[] = [
    {
        type: MACHINE,
        name: "checkout",
        inputs: {
            region,
            name: "checkout",
            type: "STANDARD",
            roleArn: `arn:aws:iam::${ACCOUNT}:role/checkout`,
            definition: definition(),
        },
    },
];

const abroad: readonly FixtureResource[] = [
    { type: BUS, name: "shop", inputs: { region, name: "shop" } },
    {
        type: RULE,
        name: "abroad",
        inputs: {
            region,
            name: "abroad",
            eventBusName: "shop",
            eventPattern: `{"region":["${region}"],"detail-type":["OrderPlaced"]}`,
            state: "ENABLED",
        },
    },
    {
        type: TARGET,
        name: "abroad",
        inputs: {
            region,
            eventBusName: "shop",
            rule: refTo(RULE, "abroad"),
            arn: `arn:aws:events:eu-central-1:${ACCOUNT}:event-bus/shop`,
            roleArn: `arn:aws:iam::${ACCOUNT}:role/abroad`,
        },
    },
];

const lets = (...services: string[]) =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: services.map((Service) => ({
            Effect: "Allow",
            Principal: { Service },
            Action: "sqs:SendMessage",
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        })),
    });

const orders: readonly FixtureResource[] = [
    { type: QUEUE, name: "orders", inputs: { region, name: "orders" } },
    {
        type: POLICY,
        name: "orders",
        inputs: {
            region,
            queueUrl: refTo(QUEUE, "orders"),
            policy: lets("sns.amazonaws.com", "events.amazonaws.com"),
        },
    },
    {
        type: SUBSCRIPTION,
        name: "orders",
        inputs: {
            region,
            topic: `arn:aws:sns:${region}:${ACCOUNT}:orders`,
            protocol: "sqs",
            endpoint: refTo(QUEUE, "orders"),
        },
    },
    {
        type: TARGET,
        name: "orders",
        inputs: { region, rule: "orders", arn: refTo(QUEUE, "orders") },
    },
];

const redefining = (title: string, text: string, message: string): Mutant => ({
    rule: "sfn-definition",
    title,
    fixture: checkout,
    change: (stack) => {
        stack.set(stack.find(MACHINE, "checkout"), "definition", text);
    },
    message,
});

export const mutants: readonly Mutant[] = [
    {
        rule: "kinesis-stream-mode",
        title: "shards on demand",
        fixture: clicks,
        change: (stack) => {
            stack.set(stack.find(STREAM, "clicks"), "streamModeDetails.streamMode", "ON_DEMAND");
        },
        message: "has streamMode ON_DEMAND and a shardCount",
    },
    {
        rule: "kinesis-stream-mode",
        title: "a number of shards that nobody says",
        fixture: clicks,
        change: (stack) => {
            stack.set(stack.find(STREAM, "clicks"), "shardCount", 0);
        },
        message: "has streamMode PROVISIONED and no shardCount",
    },
    {
        rule: "kinesis-stream-mode",
        title: "encryption without a key",
        fixture: clicks,
        change: (stack) => {
            stack.unset(stack.find(STREAM, "clicks"), "kmsKeyId");
        },
        message: "has encryptionType KMS and no kmsKeyId",
    },
    {
        rule: "messaging-limits",
        title: "records that are kept for a year and an hour",
        fixture: clicks,
        change: (stack) => {
            stack.set(stack.find(STREAM, "clicks"), "retentionPeriod", 8761);
        },
        message: "has retentionPeriod 8761; allowed: 24 to 8760",
    },
    {
        rule: "messaging-limits",
        title: "a kind of workflow that there is not",
        fixture: checkout,
        change: (stack) => {
            stack.set(stack.find(MACHINE, "checkout"), "type", "FAST");
        },
        message: 'has type "FAST"',
    },
    {
        rule: "messaging-limits",
        title: "an archive of less than nothing",
        fixture: [
            {
                type: ARCHIVE,
                name: "all",
                inputs: {
                    region,
                    name: "all",
                    eventSourceArn: `arn:aws:events:${region}:${ACCOUNT}:event-bus/shop`,
                    retentionDays: 30,
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(ARCHIVE, "all"), "retentionDays", -1);
        },
        message: "has retentionDays -1",
    },
    redefining("a start that is none", definition({}, "Begin"), 'StartAt is "Begin", which there is not'),
    redefining(
        "a way to nowhere",
        definition({ Pay: { ...pay, Next: "Payed" } }),
        'Pay leads to "Payed", which there is not',
    ),
    redefining(
        "a catch to nowhere, within a branch",
        definition({
            Paid: {
                Type: "Parallel",
                Branches: [{ StartAt: "Tell", States: { Tell: { ...pay, Next: undefined, End: true } } }],
                End: true,
            },
        }),
        'Tell leads to "Refused", which there is not',
    ),
    redefining(
        "a state that is no end and leads nowhere",
        definition({ Paid: { Type: "Pass" } }),
        "Paid leads nowhere and is no end",
    ),
    redefining(
        "attempts that hide the others",
        definition({ Pay: { ...pay, Retry: [...pay.Retry].reverse() } }),
        "Pay names States.ALL beside or before other errors",
    ),
    redefining("a list", "[]", "is no JSON object"),
    {
        rule: "sfn-definition",
        title: "a task token in an express workflow",
        fixture: checkout,
        change: (stack) => {
            const machine = stack.find(MACHINE, "checkout");
            const Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken";
            stack.set(machine, "type", "EXPRESS");
            stack.set(machine, "definition", definition({ Pay: { ...pay, Resource } }));
        },
        message: "Pay waits, which an express workflow cannot",
    },
    {
        rule: "events-bus-loop",
        title: "everything to another bus",
        fixture: abroad,
        change: (stack) => {
            stack.set(stack.find(RULE, "abroad"), "eventPattern", '{"detail-type":["OrderPlaced"]}');
        },
        message: "hands events of the rule abroad on to another bus",
    },
    {
        rule: "sqs-senders-allowed",
        title: "a topic's queue that lets rules in alone",
        fixture: orders,
        change: (stack) => {
            stack.set(stack.find(POLICY, "orders"), "policy", lets("events.amazonaws.com"));
        },
        message: "whose policy does not let sns.amazonaws.com in",
    },
    {
        rule: "sqs-senders-allowed",
        title: "a rule's queue that lets topics in alone",
        fixture: orders,
        change: (stack) => {
            stack.set(stack.find(POLICY, "orders"), "policy", lets("sns.amazonaws.com"));
        },
        message: "whose policy does not let events.amazonaws.com in",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "kinesis-stream-mode",
        title: "a stream on demand",
        fixture: clicks,
        change: (stack) => {
            const stream = stack.find(STREAM, "clicks");
            stack.set(stream, "streamModeDetails.streamMode", "ON_DEMAND");
            stack.unset(stream, "shardCount");
        },
    },
    {
        rule: "events-bus-loop",
        title: "everything of one program",
        fixture: abroad,
        change: (stack) => {
            stack.set(stack.find(RULE, "abroad"), "eventPattern", '{"source":["shop.orders"]}');
        },
    },
    {
        rule: "events-bus-loop",
        title: "everything, by a rule that is off",
        fixture: abroad,
        change: (stack) => {
            stack.set(stack.find(RULE, "abroad"), "eventPattern", '{"detail-type":["OrderPlaced"]}');
            stack.set(stack.find(RULE, "abroad"), "state", "DISABLED");
        },
    },
    {
        rule: "sqs-senders-allowed",
        title: "a rule that sends by a role",
        fixture: orders,
        change: (stack) => {
            stack.set(stack.find(POLICY, "orders"), "policy", lets("sns.amazonaws.com"));
            stack.set(stack.find(TARGET, "orders"), "roleArn", `arn:aws:iam::${ACCOUNT}:role/sender`);
        },
    },
];
