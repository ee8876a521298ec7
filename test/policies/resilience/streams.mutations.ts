import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const ACCOUNT = "111122223333";

const TABLE = "aws:dynamodb/table:Table";

const reader: readonly FixtureResource[] = [
    {
        type: TABLE,
        name: "changing",
        inputs: {
            region: "us-east-1",
            hashKey: "pk",
            attributes: [{ name: "pk", type: "S" }],
            billingMode: "PAY_PER_REQUEST",
            streamEnabled: true,
            streamViewType: "NEW_IMAGE",
            tags: { backup: "none" },
        },
        options: { protect: true },
    },
    {
        type: MAPPING,
        name: "changes",
        inputs: {
            region: "us-east-1",
            functionName: "loader",
            eventSourceArn: refTo(TABLE, "changing"),
            startingPosition: "TRIM_HORIZON",
            maximumRetryAttempts: 10,
            functionResponseTypes: ["ReportBatchItemFailures"],
            destinationConfig: { onFailure: { destinationArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:lost` } },
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "stream-readers-give-up",
        title: "a record that is tried for ever",
        fixture: reader,
        change: (stack) => {
            stack.unset(stack.find(MAPPING), "maximumRetryAttempts");
        },
        message: "tries a record for ever",
        decidedBy: "relations",
    },
    {
        rule: "stream-readers-give-up",
        title: "a record that is said to be tried for ever",
        fixture: reader,
        change: (stack) => {
            stack.set(stack.find(MAPPING), "maximumRetryAttempts", -1);
        },
        message: "tries a record for ever",
    },
    {
        rule: "stream-readers-give-up",
        title: "records that nobody hears of any more",
        fixture: reader,
        change: (stack) => {
            stack.unset(stack.find(MAPPING), "destinationConfig");
        },
        message: "keeps nothing of what it gives up",
        decidedBy: "relations",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "stream-readers-give-up",
        title: "a queue, which has dead letters of its own",
        fixture: reader,
        change: (stack) => {
            const mapping = stack.find(MAPPING);
            stack.set(mapping, "eventSourceArn", `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`);
            stack.unset(mapping, "maximumRetryAttempts");
            stack.unset(mapping, "destinationConfig");
        },
    },
];
