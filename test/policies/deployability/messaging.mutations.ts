import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";
const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const TRAIL = "aws:cloudtrail/trail:Trail";
const worker: readonly FixtureResource[] = [
    {
        type: FUNCTION,
        name: "worker",
        inputs: {
            name: "worker",
            handler: "index.handler",
            memorySize: 256,
            region: "us-east-1",
            role: "arn:aws:iam::111122223333:role/worker",
            runtime: "nodejs24.x",
            s3Bucket: "meridian-code",
            s3Key: "worker.zip",
            timeout: 60,
        },
    },
    {
        type: QUEUE,
        name: "work",
        inputs: { name: "work", region: "us-east-1", visibilityTimeoutSeconds: 360 },
    },
    {
        type: MAPPING,
        name: "work-to-worker",
        inputs: {
            eventSourceArn: refTo(QUEUE, "work"),
            functionName: refTo(FUNCTION, "worker"),
            batchSize: 10,
        },
    },
];

const daily: readonly FixtureResource[] = [
    {
        type: EVENT_RULE,
        name: "daily",
        inputs: { name: "daily", region: "us-east-1", scheduleExpression: "cron(0 12 * * ? *)" },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "messaging-fifo-names",
        title: "a FIFO queue without the ending",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(QUEUE, "work"), "fifoQueue", true);
        },
        message: 'has the name "work" and fifoQueue true',
    },
    {
        rule: "messaging-fifo-names",
        title: "a topic with the ending",
        change: (stack) => {
            stack.set(stack.find(TOPIC), "name", "alarms.fifo");
        },
        message: 'has the name "alarms.fifo" and fifoTopic false',
    },
    {
        rule: "sqs-dead-letter-queue",
        title: "a queue of the other kind",
        fixture: [
            ...worker,
            { type: QUEUE, name: "dead", inputs: { name: "dead", region: "us-east-1" } },
            {
                type: "aws:sqs/redrivePolicy:RedrivePolicy",
                name: "work-redrive",
                inputs: { queueUrl: refTo(QUEUE, "work"), redrivePolicy: refTo(QUEUE, "dead") },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(QUEUE, "dead"), "fifoQueue", true);
            stack.set(stack.find(QUEUE, "dead"), "name", "dead.fifo");
        },
        message: "has the dead-letter queue dead, and only one of the two is FIFO",
    },
    {
        rule: "sqs-dead-letter-queue",
        title: "a queue of another region",
        fixture: worker,
        change: (stack) => {
            stack.set(
                stack.find(QUEUE, "work"),
                "redrivePolicy",
                JSON.stringify({
                    deadLetterTargetArn: "arn:aws:sqs:eu-central-1:111122223333:dead",
                    maxReceiveCount: 5,
                }),
            );
            stack.relate(stack.find(QUEUE, "work"), "redrivePolicy", stack.find(TOPIC));
        },
        message: "has a dead-letter queue of eu-central-1",
    },
    {
        rule: "sqs-encryption",
        title: "two kinds of keys",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(QUEUE, "work"), "kmsMasterKeyId", "alias/shop");
            stack.set(stack.find(QUEUE, "work"), "sqsManagedSseEnabled", true);
        },
        message: "has both kmsMasterKeyId and sqsManagedSseEnabled true",
    },
    {
        rule: "messaging-limits",
        title: "messages that stay hidden for a day",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(QUEUE, "work"), "visibilityTimeoutSeconds", 86400);
        },
        message: "has visibilityTimeoutSeconds 86400; allowed: 0 to 43200",
    },
    {
        rule: "messaging-limits",
        title: "an event that is young for ever",
        change: (stack) => {
            stack.set(stack.find(EVENT_TARGET), "retryPolicy", { maximumEventAgeInSeconds: 30 });
        },
        message: "has retryPolicy.maximumEventAgeInSeconds 30",
    },
    {
        rule: "sns-subscription-region",
        title: "a subscription elsewhere",
        fixture: [
            {
                type: SUBSCRIPTION,
                name: "mail",
                inputs: {
                    endpoint: "ops@example.com",
                    protocol: "email",
                    region: "us-east-1",
                    topic: refTo(TOPIC, "shop-alarms-topic"),
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(SUBSCRIPTION, "mail"), "region", "eu-central-1");
        },
        message: "is in eu-central-1, and its topic is in us-east-1",
    },
    {
        rule: "events-rule",
        title: "a rate of one hours",
        fixture: [
            {
                type: EVENT_RULE,
                name: "hourly",
                inputs: { name: "hourly", region: "us-east-1", scheduleExpression: "rate(1 hour)" },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(EVENT_RULE, "hourly"), "scheduleExpression", "rate(1 hours)");
        },
        message: 'has scheduleExpression "rate(1 hours)"',
    },
    {
        rule: "events-rule",
        title: "a schedule without a question mark",
        fixture: daily,
        change: (stack) => {
            stack.set(stack.find(EVENT_RULE, "daily"), "scheduleExpression", "cron(0 12 * * * *)");
        },
        message: 'has scheduleExpression "cron(0 12 * * * *)"',
    },
    ...[
        ["the minutes", "60 12 * * ? *"],
        ["the hours", "0 24 * * ? *"],
        ["the day of the month", "0 12 32 * ? *"],
        ["the month", "0 12 1 13 ? *"],
        ["the month", "0 12 1 JUNE ? *"],
        ["the day of the week", "0 12 ? * 0 *"],
        ["the day of the week", "0 12 ? * MON-FRY *"],
        ["the year", "0 12 * * ? 1969"],
        ["the minutes", "0/0 12 * * ? *"],
    ].map(([field = "", fields = ""]): Mutant => ({
        rule: "events-rule",
        title: `${field} out of range: ${fields}`,
        fixture: daily,
        change: (stack) => {
            stack.set(stack.find(EVENT_RULE, "daily"), "scheduleExpression", `cron(${fields})`);
        },
        message: `with ${field} "`,
    })),
    {
        rule: "logs-arn-ending",
        title: "a trail's group without its ending",
        change: (stack) => {
            stack.set(
                stack.find(TRAIL),
                "cloudWatchLogsGroupArn",
                "arn:aws:logs:us-east-1:111122223333:log-group:trail",
            );
        },
        message: 'has cloudWatchLogsGroupArn "arn:aws:logs:us-east-1:111122223333:log-group:trail"',
    },
    {
        rule: "guardduty-features",
        title: "runtime monitoring twice",
        change: (stack) => {
            const [first, second] = stack.all(FEATURE);
            stack.set(first!, "name", "RUNTIME_MONITORING");
            stack.set(second!, "name", "EKS_RUNTIME_MONITORING");
        },
        message: "sets RUNTIME_MONITORING, and so does",
    },
    {
        rule: "guardduty-features",
        title: "a feature that GuardDuty does not have",
        change: (stack) => {
            stack.set(stack.find(FEATURE), "name", "S3_LOGS");
        },
        message: 'has the name "S3_LOGS"',
    },
];

export const accepted: readonly Accepted[] = [
    ...[
        "0/15 8-17 ? * MON-FRI *",
        "0,30 */6 L * ? 2026-2030",
        "0 9 3W JAN,jul ? *",
        "0 9 LW 1/3 ? 2199",
        "0 9 L-3 * ? *",
        "0 9 ? * 6#3 *",
        "0 9 ? * FRIL,2L *",
        "59 23 31 12 ? 1970",
    ].map((fields): Accepted => ({
        rule: "events-rule",
        title: `the schedule ${fields}`,
        fixture: daily,
        change: (stack) => {
            stack.set(stack.find(EVENT_RULE, "daily"), "scheduleExpression", `cron(${fields})`);
        },
    })),
    {
        rule: "logs-arn-ending",
        title: "a group with its ending",
        change: (stack) => {
            stack.set(
                stack.find(TRAIL),
                "cloudWatchLogsGroupArn",
                "arn:aws:logs:us-east-1:111122223333:log-group:trail:*",
            );
        },
    },
];
