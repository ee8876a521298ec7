import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const HERE = "us-east-1:111122223333";

const parts: readonly FixtureResource[] = [
    {
        type: TARGET,
        name: "orders",
        inputs: {
            region: "us-east-1",
            eventBusName: "shop",
            rule: "orders",
            arn: `arn:aws:sqs:${HERE}:orders`,
            deadLetterConfig: { arn: `arn:aws:sqs:${HERE}:lost` },
        },
    },
    {
        type: SUBSCRIPTION,
        name: "orders",
        inputs: {
            region: "us-east-1",
            topic: `arn:aws:sns:${HERE}:orders`,
            protocol: "sqs",
            endpoint: `arn:aws:sqs:${HERE}:orders`,
            redrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${HERE}:lost` }),
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "undelivered-kept",
        title: "a target of a bus of one's own",
        fixture: parts,
        change: (stack) => {
            stack.unset(stack.find(TARGET, "orders"), "deadLetterConfig");
        },
        message: "loses events that cannot be delivered",
        decidedBy: "relations",
    },
    {
        rule: "undelivered-kept",
        title: "a queue that subscribes",
        fixture: parts,
        change: (stack) => {
            stack.unset(stack.find(SUBSCRIPTION, "orders"), "redrivePolicy");
        },
        message: "loses messages that cannot be delivered",
        decidedBy: "relations",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "undelivered-kept",
        title: "a target on the default bus",
        fixture: parts,
        change: (stack) => {
            const target = stack.find(TARGET, "orders");
            stack.unset(target, "deadLetterConfig");
            stack.set(target, "eventBusName", "default");
        },
    },
    {
        rule: "undelivered-kept",
        title: "mail to somebody",
        fixture: parts,
        change: (stack) => {
            const subscription = stack.find(SUBSCRIPTION, "orders");
            stack.unset(subscription, "redrivePolicy");
            stack.set(subscription, "protocol", "email");
            stack.set(subscription, "endpoint", "ops@example.com");
        },
    },
];
