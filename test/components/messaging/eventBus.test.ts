import { expect } from "chai";

import { EventBus, type EventBusArgs, EventTargetType } from "../../../components";
import { patternFault } from "../../../components/messaging/eventBus/patterns";
import { arnHere, EVENT_KEY, fullBus, leastBus } from "../../support/components/eventArguments";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import { at, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const BUS = "aws:cloudwatch/eventBus:EventBus";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ABROAD = `arn:aws:events:us-east-1:${TEST_ACCOUNT}:event-bus/shop-events`;

const make = (args: EventBusArgs) =>
    previewProgram(() => {
        const bus = new EventBus("shop", args, inTestAccount());
        const { busName, busArn, archiveArn, publishPermissions, deadLetterQueueUrls } = bus;
        return { busName, busArn, archiveArn, publishPermissions, deadLetterQueueUrls };
    });

const full = make(fullBus);
const bridge: EventBusArgs = {
    ...leastBus,
    rules: {
        abroad: {
            description: "To the other region",
            eventPattern: `{"region":["${TEST_REGION}"],"source":["shop.orders"]}`,
            targets: {
                bus: { type: EventTargetType.EventBus, arn: ABROAD },
                workflow: {
                    type: EventTargetType.Workflow,
                    arn: arnHere("states", "stateMachine:orders:live"),
                },
                topic: { type: EventTargetType.Topic, arn: arnHere("sns", "orders") },
            },
        },
    },
};

const problemsOf = async (changes: object, name = "shop") =>
    pathsOf(await problemsOfProgram(() => new EventBus(name, { ...leastBus, ...changes }, inTestAccount())));

const ruleWith = (change: object, target: object = {}) => ({
    rules: {
        a: {
            description: "A rule",
            eventPattern: '{"source":["shop"]}',
            ...change,
            targets: { t: { type: "queue", arn: arnHere("sqs", "orders"), ...target } },
        },
    },
});

describe("EventBus", () => {
    it("is encrypted, and keeps what it cannot encrypt, where nothing is said", async () => {
        const run = await make(leastBus);
        const bus = one(run, BUS);
        const queue = one(run, "aws:sqs/queue:Queue");
        expect(bus.inputs).to.deep.equal({
            region: TEST_REGION,
            name: bus.outputs.name,
            kmsKeyIdentifier: EVENT_KEY,
            deadLetterConfig: { arn: queue.outputs.arn },
        });
        expect(statements(one(run, QUEUE_POLICY)).BusKeepsUnencrypted?.Condition).to.deep.equal({
            ArnLike: { "aws:SourceArn": bus.outputs.arn },
        });
        for (const type of [
            "eventArchive:EventArchive",
            "eventBusPolicy:EventBusPolicy",
            "eventRule:EventRule",
        ]) {
            expect(ofType(run, `aws:cloudwatch/${type}`)).to.deep.equal([]);
        }
        expect(run.outputs.archiveArn).to.equal(undefined);
        expectRegion(run, TEST_REGION);
    });

    it("keeps events under the bus's key, and lets other accounts put some", async () => {
        const run = await full;
        expect(one(run, "aws:cloudwatch/eventArchive:EventArchive").inputs).to.deep.include({
            eventSourceArn: one(run, BUS).outputs.arn,
            retentionDays: 30,
            eventPattern: fullBus.archiveEventPattern,
            kmsKeyIdentifier: EVENT_KEY,
        });
        const policy = statements(one(run, "aws:cloudwatch/eventBusPolicy:EventBusPolicy"));
        expect(policy.AccountsPutEvents?.Principal).to.deep.equal({
            AWS: ["arn:aws:iam::444455556666:root"],
        });
        expect(run.outputs.publishPermissions).to.deep.equal([
            { sid: "PutEvents", actions: ["events:PutEvents"], resources: [run.outputs.busArn] },
        ]);
    });

    it("gives each target dead letters that its rule alone may fill, before the target is there", async () => {
        const run = await full;
        const rule = one(run, RULE);
        expect(rule.inputs).to.deep.include({
            eventBusName: "shop-events",
            state: "ENABLED",
            eventPattern: fullBus.rules.placed.eventPattern,
        });
        for (const key of ["queue", "stream", "function"]) {
            const queue = one(run, "aws:sqs/queue:Queue", `shop-placed-${key}-dead-letters`);
            const target = one(run, TARGET, `shop-placed-${key}`);
            expect(at(target.inputs, "deadLetterConfig.arn")).to.equal(queue.outputs.arn);
            const policy = one(run, QUEUE_POLICY, `shop-placed-${key}-dead-letters-policy`);
            expect(statements(policy).RuleKeepsUndelivered?.Condition).to.deep.equal({
                ArnLike: { "aws:SourceArn": rule.outputs.arn },
            });
            expect(target.dependencies).to.include(policy.urn);
        }
        expect(Object.keys(run.outputs.deadLetterQueueUrls as object)).to.have.members([
            "placed-queue",
            "placed-stream",
            "placed-function",
        ]);
    });

    it("hands each target what it was told, for as long as it was told", async () => {
        const run = await full;
        expect(one(run, TARGET, "shop-placed-queue").inputs).to.deep.include({
            sqsTarget: { messageGroupId: "orders" },
            retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
        });
        expect(one(run, TARGET, "shop-placed-stream").inputs).to.deep.include({
            inputPath: "$.detail",
            kinesisTarget: { partitionKeyPath: "$.detail.orderId" },
            retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        });
        expect(one(run, TARGET, "shop-placed-function").inputs.input).to.equal('{"kind":"placed"}');
    });

    it("calls functions by a permission, and streams, workflows and buses by a role for the rule", async () => {
        const run = await full;
        const rule = one(run, RULE);
        expect(one(run, "aws:lambda/permission:Permission").inputs).to.deep.include({
            function: arnHere("lambda", "function:orders"),
            qualifier: "live",
            principal: "events.amazonaws.com",
            sourceArn: rule.outputs.arn,
            sourceAccount: TEST_ACCOUNT,
        });
        const role = one(run, "aws:iam/role:Role");
        expect(role.name).to.equal("shop-placed-stream-role");
        const trust = statements(role, "assumeRolePolicy").ServiceAssumesRole;
        expect(at(trust, "Condition.ArnLike")).to.deep.equal({ "aws:SourceArn": rule.outputs.arn });
        const policy = statements(one(run, "aws:iam/rolePolicy:RolePolicy"));
        expect(policy.CallTarget?.Action).to.deep.equal(["kinesis:PutRecord", "kinesis:PutRecords"]);
        expect(policy.EncryptRecords?.Resource).to.equal(EVENT_KEY);
        const over = await make(bridge);
        expect(
            ofType(over, "aws:iam/rolePolicy:RolePolicy").map((each) => {
                const { CallTarget: call } = statements(each);
                return [each.name, call?.Action, call?.Resource];
            }),
        ).to.deep.equal([
            ["shop-abroad-bus-policy", ["events:PutEvents"], ABROAD],
            [
                "shop-abroad-workflow-policy",
                ["states:StartExecution"],
                arnHere("states", "stateMachine:orders:live"),
            ],
        ]);
        expect(one(over, TARGET, "shop-abroad-topic").inputs).to.not.have.property("roleArn");
    });

    it("rings by bus and rule on what failed, what lies there and what is lost", async () => {
        const run = await full;
        expect(ofType(run, ALARM).map(({ name }) => name)).to.have.members([
            "shop-unencrypted",
            "shop-placed-failed",
            "shop-placed-lost",
            "shop-placed-queue-undelivered",
            "shop-placed-stream-undelivered",
            "shop-placed-function-undelivered",
        ]);
        const failed = one(run, ALARM, "shop-placed-failed").inputs;
        expect(at(failed, "metricQueries[0].metric.metricName")).to.equal("FailedInvocations");
        expect(at(failed, "metricQueries[1].metric.metricName")).to.equal("InvocationsSentToDlq");
        expect(at(failed, "metricQueries[0].metric.dimensions")).to.deep.equal({
            EventBusName: "shop-events",
            RuleName: one(run, RULE).outputs.name,
        });
    });

    it("refuses a rule that hands events on to another bus with no word of their region", async () => {
        const toBus = { type: "eventBus", arn: ABROAD };
        const path = 'rules["a"].eventPattern';
        expect(await problemsOf(ruleWith({}, toBus))).to.deep.equal([path]);
        const of = (regions: string) => ruleWith({ eventPattern: `{"region":${regions}}` }, toBus);
        expect(await problemsOf(of(`["${TEST_REGION}"]`))).to.deep.equal([]);
        expect(await problemsOf(of(`["${TEST_REGION}","us-east-1"]`))).to.deep.equal([path]);
        expect(await problemsOf(of('["us-east-1"]'))).to.deep.equal([path]);
    });

    it("refuses targets of another kind or region, and what a kind does not have", async () => {
        const target = 'rules["a"].targets["t"]';
        const cases: [object, string[]][] = [
            [{}, []],
            [{ type: "function" }, ["arn"]],
            [{ arn: arnHere("sqs", "orders").replace(TEST_REGION, "us-east-1") }, ["arn"]],
            [{ partitionKeyPath: "$.detail" }, ["partitionKeyPath"]],
            [{ kmsKeyArn: EVENT_KEY }, ["kmsKeyArn"]],
            [{ type: "topic", arn: arnHere("sns", "orders"), messageGroupId: "a" }, ["messageGroupId"]],
            [{ input: "{" }, ["input"]],
            [{ input: "{}", inputPath: "$.detail" }, ["inputPath"]],
            [{ inputPath: "detail" }, ["inputPath"]],
            [{ maximumEventAgeSeconds: 60, maximumRetryAttempts: 0 }, []],
            [{ maximumEventAgeSeconds: 86_400, maximumRetryAttempts: 185 }, []],
            [
                { maximumEventAgeSeconds: 59, maximumRetryAttempts: 186 },
                ["maximumEventAgeSeconds", "maximumRetryAttempts"],
            ],
        ];
        for (const [change, names] of cases) {
            expect(await problemsOf(ruleWith({}, change)), JSON.stringify(change)).to.deep.equal(
                names.map((name) => `${target}.${name}`),
            );
        }
        const targets = Object.fromEntries(
            ["a", "b", "c", "d", "e", "f"].map((key) => [key, { type: "queue", arn: arnHere("sqs", "o") }]),
        );
        const { f: sixth, ...five } = targets;
        expect(sixth).to.not.equal(undefined);
        const rule = ruleWith({}).rules.a;
        expect(await problemsOf({ rules: { a: { ...rule, targets: five } } })).to.deep.equal([]);
        expect(await problemsOf({ rules: { a: { ...rule, targets } } })).to.deep.equal([
            'rules["a"].targets',
        ]);
    });

    it("refuses names that are too long or taken, and archives of a wrong length", async () => {
        expect(await problemsOf({ busName: "default" })).to.deep.equal(["busName"]);
        expect(await problemsOf({ archiveEventPattern: '{"source":["shop"]}' })).to.deep.equal([
            "archiveRetentionDays",
        ]);
        for (const [days, paths] of [
            [1, []],
            [3650, []],
            [0, ["archiveRetentionDays"]],
            [3651, ["archiveRetentionDays"]],
        ] as const) {
            expect(await problemsOf({ archiveRetentionDays: days })).to.deep.equal(paths);
        }
        expect(await problemsOf({ archiveRetentionDays: 1 }, "b".repeat(32))).to.deep.equal([]);
        expect(await problemsOf({ archiveRetentionDays: 1 }, "b".repeat(33))).to.deep.equal(["name"]);
        expect(await problemsOf(ruleWith({}), "b".repeat(54))).to.deep.equal([]);
        expect(await problemsOf(ruleWith({}), "b".repeat(55))).to.deep.equal(['rules["a"]']);
        expect(await problemsOf({ publisherAccountIds: ["1"] })).to.deep.equal(["publisherAccountIds[0]"]);
    });
});

describe("an event pattern", () => {
    const good = [
        '{"source":["shop"]}',
        '{"detail":{"total":[{"numeric":[">",100]}],"kind":[{"anything-but":["test"]},null]}}',
        '{"$or":[{"source":["a"]},{"detail":{"a":[{"exists":false}]}}]}',
        `{"source":["${"a".repeat(4081)}"]}`,
    ];
    for (const pattern of good) {
        it(`may be ${pattern.slice(0, 60)}`, () => {
            expect(patternFault(pattern)).to.equal(undefined);
        });
    }

    const bad: [string, RegExp][] = [
        ["{", /no JSON/],
        ["[]", /no JSON, or no object/],
        ["{}", /every event/],
        ['{"source":"shop"}', /source is a value/],
        ['{"detail":{"kind":[]}}', /detail.kind is an empty list/],
        ['{"detail":{}}', /detail names nothing/],
        ['{"source":[["a"]]}', /list in its list/],
        ['{"source":[{"startsWith":"a"}]}', /compares by startsWith/],
        ['{"source":[{"prefix":"a","suffix":"b"}]}', /prefix, suffix/],
        ['{"$or":[{"source":["a"]}]}', /two or more patterns/],
        ['{"$or":[{"source":["a"]},{"source":"b"}]}', /source is a value/],
        [`{"source":["${"a".repeat(4082)}"]}`, /4097 characters/],
    ];
    for (const [pattern, fault] of bad) {
        it(`may not be ${pattern.slice(0, 60)}`, () => {
            expect(patternFault(pattern)).to.match(fault);
        });
    }
});
