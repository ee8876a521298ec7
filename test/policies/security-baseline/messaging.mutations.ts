import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, KEY_ARN, policyOf } from "./documents";
import { setting, unsetting } from "./settings";

const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";

const LOST = `arn:aws:sqs:us-east-1:${ACCOUNT}:lost`;
const ours = policyOf({
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: ["sns:Publish", "sqs:SendMessage"],
    Resource: "*",
});
const open = policyOf({ Sid: "Open", Principal: "*", Action: "*:Send*", Resource: "*" });

const MESSAGING: readonly FixtureResource[] = [
    { type: TOPIC, name: "lone", inputs: { kmsMasterKeyId: KEY_ARN, policy: ours } },
    {
        type: QUEUE,
        name: "lone",
        inputs: {
            kmsMasterKeyId: KEY_ARN,
            policy: ours,
            redrivePolicy: JSON.stringify({ deadLetterTargetArn: LOST, maxReceiveCount: 5 }),
        },
    },
    {
        type: QUEUE_POLICY,
        name: "lone",
        inputs: { queueUrl: refTo(QUEUE, "lone"), policy: ours },
    },
];
const alarms = { type: TOPIC, name: "shop-alarms-topic" };
const alarmsPolicy = { type: TOPIC_POLICY, name: "shop-alarms-policy" };
const deadLetters = { type: QUEUE, name: "shop-db-dead-letters" };
const topic = { type: TOPIC, name: "lone", fixture: MESSAGING };
const queue = { type: QUEUE, name: "lone", fixture: MESSAGING };
const queuePolicy = { type: QUEUE_POLICY, name: "lone", fixture: MESSAGING };

export const mutants: readonly Mutant[] = [
    unsetting(alarms, "sns-encryption", "none", "kmsMasterKeyId", { decidedBy: "relations" }),
    {
        ...setting(topic, "sns-encryption", "AWS's key", "kmsMasterKeyId", "alias/aws/sns"),
        stack: "prod-global",
        config: { customerKey: true },
    },
    setting(topic, "sns-policy-public", "inline", "policy", open, { message: 'statement "Open"' }),
    setting(alarmsPolicy, "sns-policy-public", "of its own", "policy", open),
    setting(deadLetters, "sqs-encryption", "off", "sqsManagedSseEnabled", false),
    {
        ...setting(queue, "sqs-encryption", "AWS's key", "kmsMasterKeyId", "alias/aws/sqs"),
        stack: "prod-global",
        config: { customerKey: true },
    },
    setting(queue, "sqs-policy-public", "inline", "policy", open),
    setting(
        queuePolicy,
        "sqs-policy-public",
        "of its own, narrowed by what is not always there",
        "policy",
        policyOf({
            Principal: { AWS: "*" },
            Action: "sqs:SendMessage",
            Resource: "*",
            Condition: { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } },
        }),
    ),
    unsetting(queue, "sqs-dead-letters", "none", "redrivePolicy", { decidedBy: "relations" }),
    {
        rule: "sqs-dead-letters",
        title: "none, where it named a queue of the stack",
        fixture: [
            {
                type: QUEUE,
                name: "leading",
                inputs: { kmsMasterKeyId: KEY_ARN, redrivePolicy: refTo(QUEUE, "shop-db-dead-letters") },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find(QUEUE, "leading"), "redrivePolicy");
        },
        decidedBy: "relations",
    },
];

export const accepted: readonly Accepted[] = [
    setting(topic, "sns-encryption", "AWS's key", "kmsMasterKeyId", "alias/aws/sns"),
    setting(
        topic,
        "sns-policy-public",
        "the policy that AWS gives to topics",
        "policy",
        policyOf({
            Principal: { AWS: "*" },
            Action: ["sns:Publish", "sns:Subscribe"],
            Resource: "*",
            Condition: { StringEquals: { "AWS:SourceOwner": ACCOUNT } },
        }),
    ),
    unsetting(topic, "sns-policy-public", "none", "policy"),
    unsetting(deadLetters, "sqs-encryption", "left out", "sqsManagedSseEnabled"),
    setting(
        queuePolicy,
        "sqs-policy-public",
        "a bucket",
        "policy",
        policyOf({
            Principal: "*",
            Action: "sqs:SendMessage",
            Resource: "*",
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:wares" } },
        }),
    ),
    {
        rule: "sqs-dead-letters",
        title: "a redrive policy of its own",
        fixture: MESSAGING,
        change: (stack) => {
            stack.unset(stack.find(QUEUE, "lone"), "redrivePolicy");
            stack.add({
                type: "aws:sqs/redrivePolicy:RedrivePolicy",
                name: "lone",
                inputs: { queueUrl: refTo(QUEUE, "lone"), redrivePolicy: "{}" },
            });
        },
    },
    {
        rule: "sqs-dead-letters",
        title: "a queue for what others fail on, by its name",
        fixture: MESSAGING,
        change: (stack) => {
            stack.add({ type: QUEUE, name: "other", inputs: { name: "lost" } });
        },
    },
];
