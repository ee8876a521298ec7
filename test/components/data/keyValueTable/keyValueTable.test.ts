import { expect } from "chai";
import {
    IndexProjection,
    KeyAttributeType,
    KeyValueTable,
    type KeyValueTableArgs,
    TableStreamView,
} from "../../../../components/data/keyValueTable/keyValueTable";
import { type Permission } from "../../../../components/security/permissions";
import { ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../../support/surroundings";
import { pathsOf, problemsOfProgram } from "../../../support/components/problems";

const TABLE = "aws:dynamodb/table:Table";
const POLICY = "aws:dynamodb/resourcePolicy:ResourcePolicy";
const TARGET = "aws:appautoscaling/target:Target";
const SCALING = "aws:appautoscaling/policy:Policy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const ABROAD = "us-east-1";
const keyIn = (region: string): string => `arn:aws:kms:${region}:${TEST_ACCOUNT}:key/1234abcd`;
const topicIn = (region: string): string => `arn:aws:sns:${region}:${TEST_ACCOUNT}:oncall`;

const good: KeyValueTableArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    hashKey: { name: "pk" },
    kmsKeyArn: keyIn(TEST_REGION),
};
const global: KeyValueTableArgs = {
    ...good,
    replicaRegions: [{ region: ABROAD, kmsKeyArn: keyIn(ABROAD) }],
};
const capacity = { minReadCapacity: 5, maxReadCapacity: 100, minWriteCapacity: 2, maxWriteCapacity: 40 };
const byCustomer = { name: "by-customer", hashKey: { name: "customer" } };

function preview(args: KeyValueTableArgs = good, name = "shop-carts") {
    return previewProgram(() => new KeyValueTable(name, args, inTestAccount()));
}

const problemsOf = (args: unknown, name = "shop-carts") =>
    problemsOfProgram(() => new KeyValueTable(name, args as KeyValueTableArgs, inTestAccount()));

describe("KeyValueTable", () => {
    it("is on demand, encrypted under the caller's key, recoverable and protected where nothing is said", async () => {
        const plain = await preview();
        const table = one(plain, TABLE, "shop-carts-table");
        expect(table.inputs).to.deep.equal({
            region: TEST_REGION,
            name: table.outputs.name,
            hashKey: "pk",
            attributes: [{ name: "pk", type: "S" }],
            billingMode: "PAY_PER_REQUEST",
            serverSideEncryption: { enabled: true, kmsKeyArn: keyIn(TEST_REGION) },
            pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
            deletionProtectionEnabled: true,
            tags: { "data-classification": "confidential" },
        });
        expect(table.protect).to.equal(true);
        expect(table.ignoreChanges).to.deep.equal([]);
        expect(ofType(plain, ALARM)).to.deep.equal([]);
        expectRegion(plain, TEST_REGION);
    });

    it("lets go of the table, here and abroad, when told so", async () => {
        const table = one(await preview({ ...global, deletionProtection: false }), TABLE);
        expect(table.protect).to.equal(false);
        expect(table.inputs.deletionProtectionEnabled).to.equal(false);
        expect(table.inputs.replicas).to.have.nested.property("[0].deletionProtectionEnabled", false);
    });

    it("defines the attributes of all keys, each once", async () => {
        const { inputs } = one(
            await preview({
                ...good,
                rangeKey: { name: "createdAt", type: KeyAttributeType.Number },
                globalSecondaryIndexes: [
                    { ...byCustomer, rangeKey: { name: "createdAt", type: KeyAttributeType.Number } },
                    {
                        name: "by-digest",
                        hashKey: { name: "digest", type: KeyAttributeType.Binary },
                        projectionType: IndexProjection.Include,
                        nonKeyAttributes: ["title"],
                    },
                ],
                localSecondaryIndexes: [
                    {
                        name: "by-total",
                        rangeKey: { name: "total", type: KeyAttributeType.Number },
                        projectionType: IndexProjection.KeysOnly,
                    },
                ],
            }),
            TABLE,
        );
        expect(inputs.rangeKey).to.equal("createdAt");
        expect(inputs.attributes).to.have.deep.members([
            { name: "pk", type: "S" },
            { name: "createdAt", type: "N" },
            { name: "customer", type: "S" },
            { name: "digest", type: "B" },
            { name: "total", type: "N" },
        ]);
        expect(inputs.globalSecondaryIndexes).to.deep.equal([
            {
                name: "by-customer",
                keySchemas: [
                    { attributeName: "customer", keyType: "HASH" },
                    { attributeName: "createdAt", keyType: "RANGE" },
                ],
                projectionType: "ALL",
            },
            {
                name: "by-digest",
                keySchemas: [{ attributeName: "digest", keyType: "HASH" }],
                projectionType: "INCLUDE",
                nonKeyAttributes: ["title"],
            },
        ]);
        expect(inputs.localSecondaryIndexes).to.deep.equal([
            { name: "by-total", rangeKey: "total", projectionType: "KEYS_ONLY" },
        ]);
    });

    it("limits what a table on demand and its indexes may cost", async () => {
        const onDemandThroughput = { maxReadRequestUnits: 1000, maxWriteRequestUnits: 500 };
        const { inputs } = one(
            await preview({ ...good, onDemandThroughput, globalSecondaryIndexes: [byCustomer] }),
            TABLE,
        );
        expect(inputs.onDemandThroughput).to.deep.equal(onDemandThroughput);
        expect(inputs.globalSecondaryIndexes).to.have.deep.nested.property(
            "[0].onDemandThroughput",
            onDemandThroughput,
        );
    });

    it("begins with the least capacity and scales table and indexes by their load", async () => {
        const run = await preview({
            ...good,
            tableName: "carts",
            provisionedCapacity: { ...capacity, targetUtilizationPercent: 60 },
            globalSecondaryIndexes: [byCustomer],
        });
        const table = one(run, TABLE);
        expect(table.inputs).to.include({ billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 2 });
        expect(table.inputs).to.have.deep.nested.include({
            "globalSecondaryIndexes[0].readCapacity": 5,
            "globalSecondaryIndexes[0].writeCapacity": 2,
        });
        expect(table.ignoreChanges).to.deep.equal(["readCapacity", "writeCapacity"]);
        expect(
            ofType(run, TARGET).map(({ inputs }) => [
                inputs.resourceId,
                inputs.scalableDimension,
                inputs.minCapacity,
                inputs.maxCapacity,
            ]),
        ).to.have.deep.members([
            ["table/carts", "dynamodb:table:ReadCapacityUnits", 5, 100],
            ["table/carts", "dynamodb:table:WriteCapacityUnits", 2, 40],
            ["table/carts/index/by-customer", "dynamodb:index:ReadCapacityUnits", 5, 100],
            ["table/carts/index/by-customer", "dynamodb:index:WriteCapacityUnits", 2, 40],
        ]);
        const [policy] = ofType(run, SCALING);
        expect(policy?.inputs.targetTrackingScalingPolicyConfiguration).to.deep.equal({
            predefinedMetricSpecification: { predefinedMetricType: "DynamoDBReadCapacityUtilization" },
            targetValue: 60,
        });
        expect(ofType(run, SCALING)).to.have.lengthOf(4);
        expectRegion(run, TEST_REGION);
    });

    it("has replicas with a key, recovery and protection of their own, and a policy in each region", async () => {
        const run = await preview({ ...global, tableName: "carts" });
        const table = one(run, TABLE);
        expect(table.inputs).to.deep.include({
            streamEnabled: true,
            streamViewType: "NEW_AND_OLD_IMAGES",
            replicas: [
                {
                    regionName: ABROAD,
                    kmsKeyArn: keyIn(ABROAD),
                    consistencyMode: "EVENTUAL",
                    pointInTimeRecovery: true,
                    deletionProtectionEnabled: true,
                    propagateTags: true,
                },
            ],
        });
        expect(ofType(run, POLICY).map(({ inputs }) => [inputs.region, inputs.resourceArn])).to.deep.equal([
            [TEST_REGION, `arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/carts`],
            [ABROAD, `arn:aws:dynamodb:${ABROAD}:${TEST_ACCOUNT}:table/carts`],
        ]);
        // A policy of a replica that is not there yet is refused.
        const abroad = one(run, POLICY, "shop-carts-table-policy-us-east-1");
        expect(abroad.propertyDependencies.resourceArn).to.deep.equal([table.urn]);
    });

    it("shuts other accounts and requests without TLS out", async () => {
        const policy = statements(one(await preview(), POLICY));
        expect(Object.keys(policy)).to.deep.equal(["DenyOtherAccounts", "DenyRequestsWithoutTls"]);
        expect(policy.DenyOtherAccounts?.Condition).to.have.deep.property("StringNotEquals", {
            "aws:PrincipalAccount": TEST_ACCOUNT,
        });
    });

    it("gives readers, writers and consumers of the stream what they need, in each region", async () => {
        const run = await previewProgram(() => {
            const table = new KeyValueTable("shop-carts", { ...global, tableName: "carts" }, inTestAccount());
            return {
                read: table.readPermissions,
                write: table.writePermissions,
                stream: table.streamPermissions,
                streamArn: table.streamArn,
                replicas: table.replicas,
            };
        });
        const read = run.outputs.read as Permission[];
        const arn = `arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/carts`;
        expect(read.map(({ sid, resources }) => [sid, resources])).to.deep.equal([
            ["ReadItems", [arn, `${arn}/index/*`]],
            ["DecryptTables", [keyIn(TEST_REGION)]],
        ]);
        expect(read[1]?.conditions).to.deep.equal([
            {
                operator: "StringEquals",
                key: "kms:ViaService",
                values: [`dynamodb.${TEST_REGION}.amazonaws.com`],
            },
        ]);
        const readers = read.flatMap(({ actions }) => actions);
        expect(readers.filter((action) => /Put|Update|Delete|Write|Encrypt/.test(action))).to.deep.equal([]);
        const write = run.outputs.write as Permission[];
        expect(write[0]).to.deep.include({ sid: "WriteItems", resources: [arn] });
        expect(
            write.flatMap(({ actions }) => actions).filter((each) => readers.includes(each)),
        ).to.deep.equal([]);
        expect(run.outputs.stream).to.have.deep.nested.property("[0].resources", [run.outputs.streamArn]);
        const abroad = (run.outputs.replicas as Record<string, Record<string, unknown>>)[ABROAD];
        const arnAbroad = `arn:aws:dynamodb:${ABROAD}:${TEST_ACCOUNT}:table/carts`;
        expect(abroad?.tableArn).to.equal(arnAbroad);
        expect(String(abroad?.streamArn)).to.match(new RegExp(`^${arnAbroad}/stream/`));
        expect(abroad?.readPermissions).to.have.deep.nested.property("[1].resources", [keyIn(ABROAD)]);
        expect(abroad?.streamPermissions).to.have.deep.nested.property("[0].resources", [abroad?.streamArn]);
    });

    it("has a stream where one is asked for, and nothing to read of it where none is", async () => {
        const run = await previewProgram(() => {
            const options = inTestAccount();
            const without = new KeyValueTable("shop-a", good, options);
            const streamViewType = TableStreamView.NewImage;
            const having = new KeyValueTable("shop-b", { ...good, streamViewType }, options);
            return { none: without.streamPermissions, without: without.streamArn, having: having.streamArn };
        });
        expect(run.outputs.none).to.deep.equal([]);
        expect(run.outputs.without).to.equal(undefined);
        expect(String(run.outputs.having)).to.contain(":table/shop-b-table");
        expect(one(run, TABLE, "shop-b-table").inputs.streamViewType).to.equal("NEW_IMAGE");
    });

    it("rings on throttling, failures and late replication, each region for itself", async () => {
        const run = await preview({
            ...good,
            tableName: "carts",
            globalSecondaryIndexes: [byCustomer],
            alarmTopicArns: [topicIn(TEST_REGION)],
            replicaRegions: [
                { region: ABROAD, kmsKeyArn: keyIn(ABROAD), alarmTopicArns: [topicIn(ABROAD)] },
                { region: "eu-west-1", kmsKeyArn: keyIn("eu-west-1") },
            ],
        });
        const alarms = ofType(run, ALARM);
        expect(alarms.map(({ name, inputs }) => [name, inputs.region])).to.have.deep.members([
            ["shop-carts-throttled", TEST_REGION],
            ["shop-carts-by-customer-throttled", TEST_REGION],
            ["shop-carts-system-errors", TEST_REGION],
            ["shop-carts-replication-to-us-east-1", TEST_REGION],
            ["shop-carts-replication-to-eu-west-1", TEST_REGION],
            ["shop-carts-us-east-1-throttled", ABROAD],
            ["shop-carts-us-east-1-by-customer-throttled", ABROAD],
            ["shop-carts-us-east-1-system-errors", ABROAD],
            ["shop-carts-us-east-1-replication-to-eu-central-1", ABROAD],
            ["shop-carts-us-east-1-replication-to-eu-west-1", ABROAD],
        ]);
        const late = one(run, ALARM, "shop-carts-replication-to-us-east-1").inputs;
        expect(late).to.deep.include({
            metricName: "ReplicationLatency",
            dimensions: { TableName: "carts", ReceivingRegion: ABROAD },
        });
        // CloudWatch takes ten metrics in one alarm.
        const rows = one(run, ALARM, "shop-carts-system-errors").inputs.metricQueries as {
            metric?: unknown;
        }[];
        expect(rows.filter(({ metric }) => metric !== undefined)).to.have.lengthOf(10);
    });

    describe("refuses", () => {
        const key = { name: "pk" };
        const cases: [string, object, string[]][] = [
            ["nothing of good arguments", {}, []],
            [
                "an attribute of two types",
                { globalSecondaryIndexes: [{ name: "by-pk", hashKey: { name: "pk", type: "N" } }] },
                ["hashKey.type", "globalSecondaryIndexes[0].hashKey.type"],
            ],
            ["a range key that is the hash key", { rangeKey: key }, ["rangeKey"]],
            [
                "local indexes without a range key",
                { localSecondaryIndexes: [{ name: "other", rangeKey: { name: "x" } }] },
                ["localSecondaryIndexes"],
            ],
            [
                "a local index in the table's own order",
                {
                    rangeKey: { name: "sk" },
                    localSecondaryIndexes: [{ name: "other", rangeKey: { name: "sk" } }],
                },
                ["localSecondaryIndexes[0].rangeKey"],
            ],
            [
                "six local indexes",
                {
                    rangeKey: { name: "sk" },
                    localSecondaryIndexes: Array.from({ length: 6 }, (_, n) => ({
                        name: `local-${n}`,
                        rangeKey: { name: `x${n}` },
                    })),
                },
                ["localSecondaryIndexes"],
            ],
            [
                "twenty-one global indexes",
                {
                    globalSecondaryIndexes: Array.from({ length: 21 }, (_, n) => ({
                        name: `global-${n}`,
                        hashKey: key,
                    })),
                },
                ["globalSecondaryIndexes"],
            ],
            [
                "two indexes of one name",
                { globalSecondaryIndexes: [byCustomer, byCustomer] },
                ["globalSecondaryIndexes[0].name", "globalSecondaryIndexes[1].name"],
            ],
            [
                "attributes that are not projected",
                { globalSecondaryIndexes: [{ ...byCustomer, nonKeyAttributes: ["a"] }] },
                ["globalSecondaryIndexes[0].nonKeyAttributes"],
            ],
            [
                "a projection of nothing",
                { globalSecondaryIndexes: [{ ...byCustomer, projectionType: "INCLUDE" }] },
                ["globalSecondaryIndexes[0].projectionType"],
            ],
            [
                "limits of a provisioned table",
                { provisionedCapacity: capacity, onDemandThroughput: { maxReadRequestUnits: 1 } },
                ["onDemandThroughput"],
            ],
            [
                "more at least than at most",
                { provisionedCapacity: { ...capacity, maxReadCapacity: 4, targetUtilizationPercent: 91 } },
                ["provisionedCapacity.maxReadCapacity", "provisionedCapacity.targetUtilizationPercent"],
            ],
            [
                "replicas of a provisioned table",
                { ...global, provisionedCapacity: capacity },
                ["provisionedCapacity"],
            ],
            [
                "another stream of a table with replicas",
                { ...global, streamViewType: "NEW_IMAGE" },
                ["streamViewType"],
            ],
            [
                "a replica at home",
                { replicaRegions: [{ region: TEST_REGION, kmsKeyArn: keyIn(TEST_REGION) }] },
                ["replicaRegions[0].region"],
            ],
            [
                "a replica's key and topic of another region",
                {
                    replicaRegions: [
                        {
                            region: ABROAD,
                            kmsKeyArn: keyIn(TEST_REGION),
                            alarmTopicArns: [topicIn(TEST_REGION)],
                        },
                    ],
                },
                ["replicaRegions[0].kmsKeyArn", "replicaRegions[0].alarmTopicArns[0]"],
            ],
            [
                "a replica twice",
                { replicaRegions: [...(global.replicaRegions ?? []), ...(global.replicaRegions ?? [])] },
                ["replicaRegions[0].region", "replicaRegions[1].region"],
            ],
            ["to expire by a key that is a text", { ttlAttributeName: "pk" }, ["ttlAttributeName"]],
            [
                "to go back further than DynamoDB can",
                { pointInTimeRecoveryDays: 36 },
                ["pointInTimeRecoveryDays"],
            ],
            ["a short name", { tableName: "ab" }, ["tableName"]],
        ];
        for (const [what, change, paths] of cases) {
            it(what, async () => {
                const problems = await problemsOf({ ...good, ...change });
                expect(pathsOf(problems)).to.have.members(paths);
            });
        }

        it("a name that no table can have, and takes the longest that one can", async () => {
            expect(await problemsOf(good, "shop carts")).to.have.lengthOf(1);
            expect(await problemsOf(good, "c".repeat(241))).to.deep.equal([]);
            expect(await problemsOf(good, "c".repeat(242))).to.have.lengthOf(1);
        });
    });
});
