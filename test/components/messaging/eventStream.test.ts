import { expect } from "chai";

import { EventStream, type EventStreamArgs } from "../../../components";
import { type Permission } from "../../../components/security/permissions";
import { EVENT_KEY, fullStream, leastStream } from "../../support/components/eventArguments";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import { ofType, one, previewProgram, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount } from "../../support/surroundings";

const STREAM = "aws:kinesis/stream:Stream";
const CONSUMER = "aws:kinesis/streamConsumer:StreamConsumer";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const make = (args: EventStreamArgs) =>
    previewProgram(() => {
        const stream = new EventStream("shop-clicks", args, inTestAccount());
        const { streamArn, consumerArns, writePermissions, readPermissions, consumerPermissions } = stream;
        return { streamArn, consumerArns, writePermissions, readPermissions, consumerPermissions };
    });

const least = make(leastStream);
const full = make(fullStream);

const problemsOf = async (changes: object, name = "shop-clicks") =>
    pathsOf(
        await problemsOfProgram(() => new EventStream(name, { ...leastStream, ...changes }, inTestAccount())),
    );

describe("EventStream", () => {
    it("is on demand, encrypted under the caller's key and protected where nothing is said", async () => {
        const run = await least;
        const stream = one(run, STREAM);
        expect(stream.inputs).to.deep.equal({
            region: TEST_REGION,
            name: stream.outputs.name,
            streamModeDetails: { streamMode: "ON_DEMAND" },
            retentionPeriod: 24,
            maxRecordSizeInKib: 1024,
            encryptionType: "KMS",
            kmsKeyId: EVENT_KEY,
            tags: { "data-classification": "confidential" },
        });
        expect(stream.protect).to.equal(true);
        expect(run.outputs.consumerArns).to.deep.equal({});
        expect(run.outputs.consumerPermissions).to.deep.equal([]);
        expect(ofType(run, ALARM)).to.deep.equal([]);
        expectRegion(run, TEST_REGION);
    });

    it("has shards and consumers of its own when told so", async () => {
        const run = await full;
        expect(one(run, STREAM).inputs).to.deep.include({
            name: "clicks",
            streamModeDetails: { streamMode: "PROVISIONED" },
            shardCount: 4,
            retentionPeriod: 48,
            maxRecordSizeInKib: 2048,
        });
        const consumer = one(run, CONSUMER, "shop-clicks-reports");
        expect(consumer.inputs.streamArn).to.equal(run.outputs.streamArn);
        expect(run.outputs.consumerArns).to.deep.equal({ reports: consumer.outputs.arn });
        expect(run.outputs.consumerPermissions).to.deep.equal([
            {
                sid: "SubscribeToShards",
                actions: ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
                resources: [consumer.outputs.arn],
            },
        ]);
        const free = one(await make({ ...leastStream, deletionProtection: false }), STREAM);
        expect(free.protect).to.equal(false);
    });

    it("gives writers and readers what they need, with the key by way of Kinesis", async () => {
        const { outputs } = await least;
        const write = outputs.writePermissions as Permission[];
        const read = outputs.readPermissions as Permission[];
        expect(write[0]).to.deep.include({ resources: [outputs.streamArn] });
        expect(write.flatMap(({ actions }) => actions)).to.include.members([
            "kinesis:PutRecord",
            "kinesis:PutRecords",
            "kms:GenerateDataKey",
        ]);
        expect(write.flatMap(({ actions }) => actions)).to.not.include.members(["kinesis:GetRecords"]);
        expect(read.flatMap(({ actions }) => actions)).to.include.members([
            "kinesis:GetRecords",
            "kms:Decrypt",
        ]);
        expect(read.flatMap(({ actions }) => actions)).to.not.include.members(["kinesis:PutRecord"]);
        expect(read[1]?.conditions?.[0]?.values).to.deep.equal([`kinesis.${TEST_REGION}.amazonaws.com`]);
    });

    it("rings on readers that are late, the shared ones and each consumer, and on throttling", async () => {
        const run = await full;
        expect(
            ofType(run, ALARM).map(({ name, inputs }) => [name, inputs.metricName, inputs.threshold]),
        ).to.deep.equal([
            ["shop-clicks-late", "GetRecords.IteratorAgeMilliseconds", 60_000],
            ["shop-clicks-writes-throttled", "WriteProvisionedThroughputExceeded", 0],
            ["shop-clicks-reads-throttled", "ReadProvisionedThroughputExceeded", 0],
            ["shop-clicks-reports-late", "SubscribeToShardEvent.MillisBehindLatest", 60_000],
        ]);
        expect(one(run, ALARM, "shop-clicks-reports-late").inputs.dimensions).to.deep.equal({
            StreamName: "clicks",
            ConsumerName: one(run, CONSUMER).outputs.name,
        });
    });

    it("takes the bounds that Kinesis has, and nothing beyond them", async () => {
        const bounds: [keyof EventStreamArgs, number, number][] = [
            ["retentionPeriodHours", 24, 8760],
            ["maxRecordSizeKib", 1024, 10_240],
            ["iteratorAgeAlarmSeconds", 1, 604_800],
        ];
        for (const [name, min, max] of bounds) {
            expect(await problemsOf({ [name]: min }), `${name} ${min}`).to.deep.equal([]);
            expect(await problemsOf({ [name]: max }), `${name} ${max}`).to.deep.equal([]);
            expect(await problemsOf({ [name]: min - 1 }), `${name} ${min - 1}`).to.deep.equal([name]);
            expect(await problemsOf({ [name]: max + 1 }), `${name} ${max + 1}`).to.deep.equal([name]);
        }
        const provisioned = { streamMode: "PROVISIONED" };
        expect(await problemsOf(provisioned)).to.deep.equal(["shardCount"]);
        expect(await problemsOf({ ...provisioned, shardCount: 1 })).to.deep.equal([]);
        expect(await problemsOf({ ...provisioned, shardCount: 0 })).to.deep.equal(["shardCount"]);
        expect(await problemsOf({ ...provisioned, shardCount: 10_001 })).to.deep.equal(["shardCount"]);
        expect(await problemsOf({ shardCount: 1 })).to.deep.equal(["shardCount"]);
        const names = Array.from({ length: 21 }, (_, index) => `c${index}`);
        expect(await problemsOf({ consumerNames: names.slice(1) })).to.deep.equal([]);
        expect(await problemsOf({ consumerNames: names })).to.deep.equal(["consumerNames"]);
        expect(await problemsOf({ consumerNames: ["a", "a"] })).to.deep.equal(["consumerNames"]);
        expect(await problemsOf({ consumerNames: ["A"] })).to.deep.equal(["consumerNames[0]"]);
        expect(await problemsOf({}, "s".repeat(113))).to.deep.equal([]);
        expect(await problemsOf({}, "s".repeat(114))).to.deep.equal(["name"]);
    });
});
