import { expect } from "chai";

import { Queue, type QueueArgs, QueueSenderService } from "../../../components";
import { type Permission } from "../../../components/security/permissions";
import {
    arnHere,
    EVENT_ALARMS,
    EVENT_KEY,
    fullQueue,
    leastQueue,
} from "../../support/components/eventArguments";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const QUEUE = "aws:sqs/queue:Queue";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const DAY = 86_400;

const make = (args: QueueArgs) =>
    previewProgram(() => {
        const queue = new Queue("shop-orders", args, inTestAccount());
        const { queueArn, queueUrl, sendPermissions, receivePermissions, deadLetterPermissions } = queue;
        return { queueArn, queueUrl, sendPermissions, receivePermissions, deadLetterPermissions };
    });

const least = make(leastQueue);
const full = make(fullQueue);

const problemsOf = async (changes: object, name = "shop-orders") =>
    pathsOf(await problemsOfProgram(() => new Queue(name, { ...leastQueue, ...changes }, inTestAccount())));

describe("Queue", () => {
    it("is a pair of queues under the caller's key, the second for longer, where nothing is said", async () => {
        const run = await least;
        const deadLetters = one(run, QUEUE, "shop-orders-dead-letters");
        const queue = one(run, QUEUE, "shop-orders-queue");
        const common = {
            region: TEST_REGION,
            kmsMasterKeyId: EVENT_KEY,
            kmsDataKeyReusePeriodSeconds: 300,
            maxMessageSize: 262_144,
        };
        expect(deadLetters.inputs).to.deep.equal({
            ...common,
            name: deadLetters.outputs.name,
            messageRetentionSeconds: 14 * DAY,
        });
        expect(queue.inputs).to.deep.include({
            ...common,
            messageRetentionSeconds: 4 * DAY,
            visibilityTimeoutSeconds: 180,
            delaySeconds: 0,
            receiveWaitTimeSeconds: 20,
        });
        expect(json(queue.inputs.redrivePolicy)).to.deep.equal({
            deadLetterTargetArn: deadLetters.outputs.arn,
            maxReceiveCount: 5,
        });
        expect(ofType(run, ALARM)).to.deep.equal([]);
        expectRegion(run, TEST_REGION);
    });

    it("takes dead letters of its own alone, and lets nobody in without TLS", async () => {
        const run = await least;
        expect(json(one(run, ALLOW).inputs.redriveAllowPolicy)).to.deep.equal({
            redrivePermission: "byQueue",
            sourceQueueArns: [one(run, QUEUE, "shop-orders-queue").outputs.arn],
        });
        for (const name of ["shop-orders-policy", "shop-orders-dead-letters-policy"]) {
            const policy = statements(one(run, POLICY, name));
            expect(Object.keys(policy), name).to.deep.equal(["DenyRequestsWithoutTls"]);
            expect(policy.DenyRequestsWithoutTls).to.deep.include({
                Effect: "Deny",
                Principal: "*",
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            });
        }
    });

    it("lets services in for what they send for, and a bucket's for this account alone", async () => {
        const run = await make({
            ...leastQueue,
            senders: [
                { service: QueueSenderService.Sns, sourceArn: arnHere("sns", "orders") },
                { service: QueueSenderService.EventBridge, sourceArn: arnHere("events", "rule/shop/*") },
                { service: QueueSenderService.S3, sourceArn: "arn:aws:s3:::shop-images" },
            ],
        });
        const policy = statements(one(run, POLICY, "shop-orders-policy"));
        expect(policy.Sender1).to.deep.include({
            Principal: { Service: "sns.amazonaws.com" },
            Action: "sqs:SendMessage",
            Condition: { ArnLike: { "aws:SourceArn": arnHere("sns", "orders") } },
        });
        expect(policy.Sender2?.Principal).to.deep.equal({ Service: "events.amazonaws.com" });
        expect(policy.Sender3?.Condition).to.deep.equal({
            ArnLike: { "aws:SourceArn": "arn:aws:s3:::shop-images" },
            StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
        });
    });

    it("is FIFO throughout, by its own name, when told so", async () => {
        const run = await full;
        expect(ofType(run, QUEUE).map(({ inputs }) => [inputs.name, inputs.fifoQueue])).to.deep.equal([
            ["orders-dead-letters.fifo", true],
            ["orders.fifo", true],
        ]);
        expect(one(run, QUEUE, "shop-orders-queue").inputs).to.deep.include({
            contentBasedDeduplication: true,
            fifoThroughputLimit: "perQueue",
            deduplicationScope: "queue",
            maxMessageSize: 1_048_576,
        });
        const fast = one(await make({ ...leastQueue, fifoQueue: true }), QUEUE, "shop-orders-queue");
        expect(fast.inputs).to.include({
            fifoThroughputLimit: "perMessageGroupId",
            deduplicationScope: "messageGroup",
        });
        expect(String(fast.outputs.name)).to.match(/^shop-orders-queue-[0-9a-f]{7}\.fifo$/);
    });

    it("gives senders and receivers what they need, with the key by way of SQS, and known after the policy", async () => {
        const { outputs, resources } = await least;
        const send = outputs.sendPermissions as Permission[];
        const receive = outputs.receivePermissions as Permission[];
        const [queue] = resources.filter(({ name }) => name === "shop-orders-queue");
        expect(send.map(({ resources: on }) => on)).to.deep.equal([[queue?.outputs.arn], [EVENT_KEY]]);
        expect(send.flatMap(({ actions }) => actions)).to.include.members([
            "sqs:SendMessage",
            "kms:GenerateDataKey",
        ]);
        expect(send.flatMap(({ actions }) => actions)).to.not.include("sqs:ReceiveMessage");
        expect(receive.flatMap(({ actions }) => actions)).to.include.members([
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "kms:Decrypt",
        ]);
        expect(receive.flatMap(({ actions }) => actions)).to.not.include("sqs:SendMessage");
        expect(receive[1]?.conditions?.[0]?.values).to.deep.equal([`sqs.${TEST_REGION}.amazonaws.com`]);
        const deadLetters = resources.find(({ name }) => name === "shop-orders-dead-letters");
        expect((outputs.deadLetterPermissions as Permission[])[0]?.resources).to.deep.equal([
            deadLetters?.outputs.arn,
        ]);
        expect(outputs.queueArn).to.equal(queue?.outputs.arn);
        expect(outputs.queueUrl).to.equal(queue?.outputs.url);
    });

    it("rings on old messages and on dead letters", async () => {
        const alarms = ofType(await full, ALARM);
        expect(
            alarms.map(({ name, inputs }) => [name, inputs.metricName, inputs.threshold, inputs.dimensions]),
        ).to.deep.equal([
            ["shop-orders-old-messages", "ApproximateAgeOfOldestMessage", 600, { QueueName: "orders.fifo" }],
            [
                "shop-orders-given-up",
                "ApproximateNumberOfMessagesVisible",
                0,
                { QueueName: "orders-dead-letters.fifo" },
            ],
        ]);
        expect(at(alarms[0]?.inputs, "alarmActions")).to.deep.equal([EVENT_ALARMS]);
    });

    it("takes the bounds that SQS has, and nothing beyond them", async () => {
        const bounds: [keyof QueueArgs, number, number][] = [
            ["kmsDataKeyReusePeriodSeconds", 60, DAY],
            ["visibilityTimeoutSeconds", 0, 43_200],
            ["messageRetentionSeconds", 60, 13 * DAY],
            ["maxMessageSize", 1024, 1_048_576],
            ["delaySeconds", 0, 900],
            ["receiveWaitTimeSeconds", 0, 20],
            ["maxReceiveCount", 1, 1000],
            ["oldestMessageAlarmSeconds", 60, 13 * DAY],
        ];
        for (const [name, min, max] of bounds) {
            expect(await problemsOf({ [name]: min }), `${name} ${min}`).to.deep.equal([]);
            expect(await problemsOf({ [name]: max }), `${name} ${max}`).to.deep.equal([]);
            expect(await problemsOf({ [name]: min - 1 }), `${name} ${min - 1}`).to.deep.equal([name]);
            expect(await problemsOf({ [name]: max + 1 }), `${name} ${max + 1}`).to.deep.equal([name]);
        }
        expect(await problemsOf({ queueName: "q".repeat(62) })).to.deep.equal([]);
        expect(await problemsOf({ queueName: "q".repeat(63) })).to.deep.equal(["queueName"]);
        expect(await problemsOf({}, "s".repeat(59))).to.deep.equal([]);
        expect(await problemsOf({}, "s".repeat(60))).to.deep.equal(["name"]);
        expect(await problemsOf({ fifoQueue: true }, "s".repeat(55))).to.deep.equal(["name"]);
    });

    it("refuses what does not go together", async () => {
        const s3 = { service: "s3", sourceArn: "arn:aws:s3:::shop-images" };
        expect(await problemsOf({ contentBasedDeduplication: true })).to.deep.equal([
            "contentBasedDeduplication",
        ]);
        expect(await problemsOf({ fifoThroughputLimit: "perQueue" })).to.deep.equal(["fifoThroughputLimit"]);
        expect(await problemsOf({ fifoQueue: true, senders: [s3] })).to.deep.equal(["senders[0].service"]);
        expect(await problemsOf({ senders: [{ ...s3, service: "sns" }] })).to.deep.equal([
            "senders[0].sourceArn",
        ]);
        expect(await problemsOf({ kmsKeyArn: "alias/shop" })).to.deep.equal(["kmsKeyArn"]);
    });
});
