import { expect } from "chai";

import { Topic, type TopicArgs, TopicSubscriptionProtocol } from "../../../components";
import { type Permission } from "../../../components/security/permissions";
import { arnHere, EVENT_KEY, fullTopic, leastTopic } from "../../support/components/eventArguments";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import { json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const TOPIC = "aws:sns/topic:Topic";
const POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const PERMISSION = "aws:lambda/permission:Permission";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const queueArn = arnHere("sqs", "packing");
const aliasArn = arnHere("lambda", "function:mailer:live");
const two: TopicArgs = {
    ...leastTopic,
    subscriptions: {
        packing: {
            protocol: TopicSubscriptionProtocol.Sqs,
            endpointArn: queueArn,
            filterPolicy: '{"kind":["parcel"]}',
        },
        mailer: { protocol: TopicSubscriptionProtocol.Lambda, endpointArn: aliasArn },
    },
};

const make = (args: TopicArgs) =>
    previewProgram(() => {
        const topic = new Topic("shop-orders", args, inTestAccount());
        const { topicArn, topicName, publishPermissions, deadLetterQueueUrls } = topic;
        return { topicArn, topicName, publishPermissions, deadLetterQueueUrls };
    });

const withTwo = make(two);
const full = make(fullTopic);

const problemsOf = async (changes: object, name = "shop-orders") =>
    pathsOf(await problemsOfProgram(() => new Topic(name, { ...two, ...changes }, inTestAccount())));

describe("Topic", () => {
    it("is encrypted under the caller's key, and open to publishers over TLS alone, where nothing is said", async () => {
        const run = await make(leastTopic);
        const topic = one(run, TOPIC);
        expect(topic.inputs).to.deep.equal({
            region: TEST_REGION,
            name: topic.outputs.name,
            kmsMasterKeyId: EVENT_KEY,
            signatureVersion: 2,
            tracingConfig: "Active",
        });
        const policy = statements(one(run, POLICY));
        expect(Object.keys(policy)).to.deep.equal(["DenyPublishingWithoutTls"]);
        expect(ofType(run, "aws:cloudwatch/logGroup:LogGroup")).to.deep.equal([]);
        expectRegion(run, TEST_REGION);
    });

    it("delivers to a queue as it is, and to an alias that it may call", async () => {
        const run = await withTwo;
        const topicArn = one(run, TOPIC).outputs.arn;
        expect(one(run, SUBSCRIPTION, "shop-orders-packing-subscription").inputs).to.deep.include({
            topic: topicArn,
            protocol: "sqs",
            endpoint: queueArn,
            rawMessageDelivery: true,
            filterPolicy: '{"kind":["parcel"]}',
            filterPolicyScope: "MessageAttributes",
        });
        const called = one(run, SUBSCRIPTION, "shop-orders-mailer-subscription");
        expect(called.inputs).to.deep.include({ protocol: "lambda", endpoint: aliasArn });
        expect(called.inputs).to.not.have.any.keys("rawMessageDelivery", "filterPolicyScope");
        const permission = one(run, PERMISSION);
        expect(permission.inputs).to.deep.include({
            function: arnHere("lambda", "function:mailer"),
            qualifier: "live",
            principal: "sns.amazonaws.com",
            sourceArn: topicArn,
        });
        // SNS tells Lambda of no account.
        expect(permission.inputs).to.not.have.property("sourceAccount");
        expect(called.dependencies).to.include(permission.urn);
    });

    it("keeps what it cannot deliver, for each subscriber apart", async () => {
        const run = await withTwo;
        const topicArn = one(run, TOPIC).outputs.arn;
        for (const key of ["packing", "mailer"]) {
            const queue = one(run, QUEUE, `shop-orders-${key}-dead-letters`);
            const subscription = one(run, SUBSCRIPTION, `shop-orders-${key}-subscription`);
            expect(json(subscription.inputs.redrivePolicy)).to.deep.equal({
                deadLetterTargetArn: queue.outputs.arn,
            });
            const policy = one(run, QUEUE_POLICY, `shop-orders-${key}-dead-letters-policy`);
            expect(statements(policy).TopicKeepsUndelivered).to.deep.include({
                Principal: { Service: "sns.amazonaws.com" },
                Condition: { ArnLike: { "aws:SourceArn": topicArn } },
            });
            expect(subscription.dependencies).to.include(policy.urn);
        }
        expect(Object.keys(run.outputs.deadLetterQueueUrls as object)).to.have.members(["packing", "mailer"]);
    });

    it("logs deliveries that failed, under the name that SNS gives the log, before SNS may write it", async () => {
        const run = await withTwo;
        const topic = one(run, TOPIC);
        const role = one(run, "aws:iam/role:Role");
        expect(topic.inputs).to.deep.include({
            sqsFailureFeedbackRoleArn: role.outputs.arn,
            lambdaFailureFeedbackRoleArn: role.outputs.arn,
        });
        const logs = one(run, "aws:cloudwatch/logGroup:LogGroup");
        expect(logs.inputs).to.deep.include({
            name: `sns/${TEST_REGION}/${TEST_ACCOUNT}/${String(topic.outputs.name)}/Failure`,
            retentionInDays: 365,
            kmsKeyId: EVENT_KEY,
        });
        const policy = one(run, "aws:iam/rolePolicy:RolePolicy");
        expect(policy.dependencies).to.include(logs.urn);
        expect(statements(policy).WriteDeliveries?.Resource).to.equal(`${String(logs.outputs.arn)}:*`);
        const silent = await make({ ...two, deliveryLogs: false });
        expect(ofType(silent, "aws:iam/role:Role")).to.deep.equal([]);
        expect(one(silent, TOPIC).inputs).to.not.have.property("sqsFailureFeedbackRoleArn");
    });

    it("is FIFO with its dead letters, archives, and lets services publish, when told so", async () => {
        const run = await full;
        expect(one(run, TOPIC).inputs).to.deep.include({
            name: "orders.fifo",
            fifoTopic: true,
            contentBasedDeduplication: true,
            archivePolicy: '{"MessageRetentionPeriod":"30"}',
        });
        expect(one(run, QUEUE).inputs.fifoQueue).to.equal(true);
        expect(statements(one(run, POLICY)).Publisher1).to.deep.include({
            Principal: { Service: "events.amazonaws.com" },
            Condition: {
                ArnLike: { "aws:SourceArn": arnHere("events", "rule/shop/orders") },
                StringEqualsIfExists: { "aws:SourceAccount": TEST_ACCOUNT },
            },
        });
        const standard = await make({
            ...fullTopic,
            subscriptions: { packing: { ...fullTopic.subscriptions.packing, fifoQueue: false } },
        });
        expect(one(standard, QUEUE).inputs).to.not.have.property("fifoQueue");
    });

    it("gives publishers what they need", async () => {
        const permissions = (await withTwo).outputs.publishPermissions as Permission[];
        expect(permissions.flatMap(({ actions }) => actions)).to.deep.equal([
            "sns:Publish",
            "kms:Decrypt",
            "kms:GenerateDataKey",
        ]);
    });

    it("rings on failed and lost deliveries, and on each subscriber's dead letters", async () => {
        expect(ofType(await full, ALARM).map(({ name, inputs }) => [name, inputs.metricName])).to.deep.equal([
            ["shop-orders-failed", "NumberOfNotificationsFailed"],
            ["shop-orders-lost", "NumberOfNotificationsFailedToRedriveToDlq"],
            ["shop-orders-packing-undelivered", "ApproximateNumberOfMessagesVisible"],
        ]);
    });

    it("refuses subscribers of another region or kind, and filters that SNS does not take", async () => {
        const queue = { protocol: "sqs", endpointArn: queueArn };
        const path = 'subscriptions["a"]';
        const cases: [object, string[]][] = [
            [queue, []],
            [{ ...queue, endpointArn: queueArn.replace(TEST_REGION, "us-east-1") }, [`${path}.endpointArn`]],
            [{ ...queue, protocol: "lambda" }, [`${path}.endpointArn`]],
            [{ ...queue, protocol: "email" }, [`${path}.protocol`]],
            [{ ...queue, filterPolicy: "{}" }, [`${path}.filterPolicy`]],
            [{ ...queue, filterPolicy: '{"a":"b"}' }, [`${path}.filterPolicy`]],
            [{ ...queue, filterPolicy: '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1]}' }, []],
            [
                { ...queue, filterPolicy: '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}' },
                [`${path}.filterPolicy`],
            ],
            [{ ...queue, filterPolicyScope: "MessageBody" }, [`${path}.filterPolicyScope`]],
            [{ ...queue, fifoQueue: true }, [`${path}.fifoQueue`]],
            [
                { protocol: "lambda", endpointArn: aliasArn, rawMessageDelivery: true },
                [`${path}.rawMessageDelivery`],
            ],
        ];
        for (const [subscription, paths] of cases) {
            expect(
                await problemsOf({ subscriptions: { a: subscription } }),
                JSON.stringify(subscription),
            ).to.deep.equal(paths);
        }
    });

    it("refuses what does not go together, and names that are too long", async () => {
        expect(await problemsOf({ fifoTopic: true })).to.deep.equal(['subscriptions["mailer"].protocol']);
        expect(await problemsOf({ archiveRetentionDays: 1 })).to.deep.equal(["archiveRetentionDays"]);
        expect(await problemsOf({ contentBasedDeduplication: true })).to.deep.equal([
            "contentBasedDeduplication",
        ]);
        expect(await problemsOf({ subscriptions: {} })).to.deep.equal(["subscriptions"]);
        expect(await problemsOf({ logRetentionDays: 2 })).to.deep.equal(["logRetentionDays"]);
        expect(await problemsOf({}, "t".repeat(42))).to.deep.equal([]);
        expect(await problemsOf({}, "t".repeat(43))).to.deep.equal(["name"]);
        expect(await problemsOf({ deliveryLogs: false }, "t".repeat(51))).to.deep.equal([]);
        expect(await problemsOf({ deliveryLogs: false }, "t".repeat(52))).to.deep.equal([
            'subscriptions["packing"]',
        ]);
        for (const [days, paths] of [
            [1, []],
            [365, []],
            [0, ["archiveRetentionDays"]],
            [366, ["archiveRetentionDays"]],
        ] as const) {
            const archive = await problemsOfProgram(
                () => new Topic("t", { ...fullTopic, archiveRetentionDays: days }, inTestAccount()),
            );
            expect(pathsOf(archive)).to.deep.equal(paths);
        }
    });
});
