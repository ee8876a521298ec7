import { expect } from "chai";
import {
    Clickstream,
    type ClickstreamArgs,
    ClickstreamColumnType,
    ClickstreamSource,
} from "../../../components/data/clickstream/clickstream";
import { type Permission } from "../../../components/security/permissions";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import {
    at,
    ofType,
    one,
    previewProgram,
    TEST_ACCOUNT,
    TEST_REGION,
    testProvider,
} from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const TABLE = "aws:glue/catalogTable:CatalogTable";
const WORKGROUP = "aws:athena/workgroup:Workgroup";
const BUCKET = "aws:s3/bucket:Bucket";
const DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CONVERSION = "extendedS3Configuration.dataFormatConversionConfiguration";

const keyIn = (region: string): string => `arn:aws:kms:${region}:${TEST_ACCOUNT}:key/1234abcd`;

const good: ClickstreamArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    source: ClickstreamSource.Beacon,
    columns: [
        { name: "session" },
        { name: "sent_at", type: ClickstreamColumnType.Bigint, comment: "Milliseconds since 1970" },
    ],
    kmsKeyArn: keyIn(TEST_REGION),
};
const { columns: _, ...withoutColumns } = good;
const cloudFront: ClickstreamArgs = {
    ...withoutColumns,
    region: "us-east-1",
    source: ClickstreamSource.CloudFrontLogs,
    logDeliverySourceName: "shop-access-logs-1a2b3c4",
    kmsKeyArn: keyIn("us-east-1"),
};

function preview(args: ClickstreamArgs = good) {
    return previewProgram(() => {
        const clicks = new Clickstream("shop-clicks", args, { providers: [testProvider(args.region)] });
        return {
            streamArn: clicks.streamArn,
            bucketName: clicks.bucketName,
            bucketArn: clicks.bucketArn,
            databaseName: clicks.databaseName,
            tableName: clicks.tableName,
            send: clicks.sendPermissions,
            query: clicks.queryPermissions,
        };
    });
}

const problemsOf = (args: unknown, name = "shop-clicks") =>
    problemsOfProgram(() => new Clickstream(name, args as ClickstreamArgs, inTestAccount()));

describe("Clickstream", () => {
    it("writes events as Parquet by the table's own columns", async () => {
        const run = await preview();
        const { inputs } = one(run, STREAM, "shop-clicks-stream");
        expect(inputs.serverSideEncryption).to.deep.equal({
            enabled: true,
            keyType: "CUSTOMER_MANAGED_CMK",
            keyArn: keyIn(TEST_REGION),
        });
        expect(at(inputs, `${CONVERSION}.schemaConfiguration`)).to.deep.include({
            databaseName: "shop_clicks",
            tableName: "events",
            region: TEST_REGION,
        });
        expect(at(inputs, `${CONVERSION}.outputFormatConfiguration.serializer`)).to.deep.equal({
            parquetSerDe: { compression: "SNAPPY" },
        });
        expect(at(inputs, `${CONVERSION}.inputFormatConfiguration.deserializer`)).to.deep.equal({
            openXJsonSerDe: { caseInsensitive: true },
        });
        expect(at(one(run, TABLE).inputs, "storageDescriptor.columns")).to.deep.equal([
            { name: "session", type: "string" },
            { name: "sent_at", type: "bigint", comment: "Milliseconds since 1970" },
        ]);
        // Amazon Data Firehose Developer Guide, "Enable record format conversion".
        expect(at(inputs, "extendedS3Configuration.bufferingSize")).to.be.at.least(64);
        expect(at(inputs, "extendedS3Configuration.compressionFormat")).to.equal("UNCOMPRESSED");
        expectRegion(run, TEST_REGION);
    });

    it("finds what the stream writes: both name the same folders", async () => {
        const run = await preview();
        const prefix = String(at(one(run, STREAM).inputs, "extendedS3Configuration.prefix"));
        const parameters = one(run, TABLE).inputs.parameters as Record<string, string>;
        const template = parameters["storage.location.template"] ?? "";
        const written = prefix
            .replace("!{timestamp:yyyy-MM-dd}", "${day}")
            .replace("!{timestamp:HH}", "${hour}");
        expect(template).to.equal(`s3://${String(run.outputs.bucketName)}/${written}`);
        expect(parameters).to.deep.include({
            "projection.enabled": "true",
            "projection.day.format": "yyyy-MM-dd",
            "projection.hour.digits": "2",
            "projection.day.range": "NOW-400DAYS,NOW",
        });
        expect(at(one(run, TABLE).inputs, "partitionKeys")).to.deep.equal([
            { name: "day", type: "string" },
            { name: "hour", type: "int" },
        ]);
    });

    it("forgets events when queries stop looking for them, and results sooner", async () => {
        const run = await preview({ ...good, retentionDays: 90, resultRetentionDays: 7 });
        const expiry = (name: string) => {
            const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
            const rules = one(run, type, name).inputs.rules as { id: string; expiration?: unknown }[];
            return rules.find(({ id }) => id === "expire")?.expiration;
        };
        expect(expiry("shop-clicks-events-lifecycle")).to.deep.equal({ days: 90 });
        expect(expiry("shop-clicks-results-lifecycle")).to.deep.equal({ days: 7 });
        expect(at(one(run, TABLE).inputs, "parameters")).to.have.property(
            "projection.day.range",
            "NOW-90DAYS,NOW",
        );
    });

    it("stops queries that read too much, and keeps results in its own bucket, encrypted", async () => {
        const run = await preview({ ...good, maxGigabytesScannedPerQuery: 2 });
        const results = one(run, BUCKET, "shop-clicks-results-bucket").outputs.bucket;
        expect(one(run, WORKGROUP).inputs.configuration).to.deep.include({
            enforceWorkgroupConfiguration: true,
            bytesScannedCutoffPerQuery: 2 * 1024 ** 3,
            resultConfiguration: {
                outputLocation: `s3://${String(results)}/results/`,
                expectedBucketOwner: TEST_ACCOUNT,
                encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyIn(TEST_REGION) },
            },
        });
    });

    it("lets senders send and analysts query, each nothing else", async () => {
        const { outputs } = await preview();
        expect(outputs.send).to.deep.equal([
            {
                sid: "SendEvents",
                actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
                resources: [outputs.streamArn],
            },
        ]);
        const query = outputs.query as Permission[];
        const of = (action: string) => query.find(({ actions }) => actions.includes(action))?.resources;
        expect(of("glue:GetTable")).to.deep.equal(
            ["catalog", "database/shop_clicks", "table/shop_clicks/events"].map(
                (resource) => `arn:aws:glue:${TEST_REGION}:${TEST_ACCOUNT}:${resource}`,
            ),
        );
        // Whoever may write events may make them up.
        expect(of("s3:PutObject")).to.have.lengthOf(1);
        expect(of("s3:PutObject")?.[0]).to.match(/^arn:aws:s3:::shop-clicks-results-.*\/results\/\*$/);
        expect(query.flatMap(({ resources }) => resources)).not.to.include("*");
    });

    it("gives the stream's role the bucket, the schema and its log", async () => {
        const run = await preview();
        const policy = statements(one(run, "aws:iam/rolePolicy:RolePolicy"));
        expect(Object.keys(policy)).to.have.members([
            "WriteObjects",
            "FindBucket",
            "EncryptObjects",
            "ReportErrors",
            "ReadSchema",
        ]);
        expect(policy.WriteObjects?.Resource).to.equal(`${String(run.outputs.bucketArn)}/*`);
        expect(one(run, STREAM).dependencies).to.include(one(run, "aws:iam/rolePolicy:RolePolicy").urn);
    });

    it("takes CloudFront's logs from the distribution's one source, by their own names", async () => {
        const run = await preview(cloudFront);
        const delivery = one(run, DELIVERY, "shop-clicks-clicks").inputs;
        expect(delivery.deliverySourceName).to.equal("shop-access-logs-1a2b3c4");
        const fields = delivery.recordFields as string[];
        const mapped = at(
            one(run, STREAM).inputs,
            `${CONVERSION}.inputFormatConfiguration.deserializer.openXJsonSerDe`,
        ) as { caseInsensitive: boolean; columnToJsonKeyMappings: Record<string, string> };
        expect(mapped.caseInsensitive).to.equal(false);
        expect(Object.values(mapped.columnToJsonKeyMappings)).to.have.members(fields);
        const columns = at(one(run, TABLE).inputs, "storageDescriptor.columns") as { name: string }[];
        expect(columns.map(({ name }) => name)).to.have.members(Object.keys(mapped.columnToJsonKeyMappings));
        expect(fields).to.include("cs(User-Agent)");
        // Nothing that says who somebody is.
        expect(fields.filter((field) => /ip|cookie|query|forwarded/i.test(field))).to.deep.equal([]);
        // AWS sets the tag and sends to no stream without it.
        expect(at(one(run, STREAM).inputs, "tags")).to.have.property("LogDeliveryEnabled", "true");
        expect(
            at(
                one(run, "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination").inputs,
                "deliveryDestinationConfiguration.destinationResourceArn",
            ),
        ).to.equal(run.outputs.streamArn);
        expectRegion(run, "us-east-1");
    });

    it("rings when events are late, do not fit or are turned away", async () => {
        const alarmTopicArns = [`arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:oncall`];
        expect(ofType(await preview(), ALARM)).to.deep.equal([]);
        const run = await preview({ ...good, alarmTopicArns });
        expect(ofType(run, ALARM).map(({ inputs }) => inputs.metricName)).to.have.members([
            "DeliveryToS3.DataFreshness",
            "FailedConversion.Records",
            "ThrottledRecords",
        ]);
    });

    it("protects events, and lets go of all of it when told so", async () => {
        for (const deletionProtection of [true, false]) {
            const run = await preview({ ...good, deletionProtection });
            expect(ofType(run, BUCKET).map(({ protect }) => protect)).to.deep.equal([
                deletionProtection,
                deletionProtection,
            ]);
            expect(one(run, WORKGROUP).inputs.forceDestroy).to.equal(!deletionProtection);
        }
    });

    describe("refuses", () => {
        const cases: [string, object, string[]][] = [
            ["nothing of good arguments", {}, []],
            ["nothing of good arguments for CloudFront", { ...cloudFront, columns: undefined }, []],
            [
                "CloudFront's logs elsewhere",
                {
                    ...cloudFront,
                    columns: undefined,
                    region: "eu-central-1",
                    kmsKeyArn: keyIn("eu-central-1"),
                },
                ["region"],
            ],
            [
                "CloudFront's logs of nothing",
                { ...cloudFront, columns: undefined, logDeliverySourceName: undefined },
                ["logDeliverySourceName"],
            ],
            ["columns of CloudFront's logs", cloudFront, ["columns"]],
            ["a beacon without columns", { columns: undefined }, ["columns"]],
            ["an empty list of columns", { columns: [] }, ["columns"]],
            ["a beacon's distribution", { logDeliverySourceName: "x" }, ["logDeliverySourceName"]],
            [
                "names of partitions and names twice",
                { columns: [{ name: "day" }, { name: "a" }, { name: "a" }] },
                ["columns[0].name", "columns[1].name", "columns[2].name"],
            ],
            ["capitals", { columns: [{ name: "sessionId" }] }, ["columns[0].name"]],
            ["a buffer that is too short", { bufferSeconds: 59 }, ["bufferSeconds"]],
            ["no limit", { maxGigabytesScannedPerQuery: 0 }, ["maxGigabytesScannedPerQuery"]],
        ];
        for (const [what, change, paths] of cases) {
            it(what, async () => {
                expect(pathsOf(await problemsOf({ ...good, ...change }))).to.have.members(paths);
            });
        }

        it("names that its bucket cannot have", async () => {
            expect(await problemsOf(good, "c".repeat(40))).to.deep.equal([]);
            expect(pathsOf(await problemsOf(good, "c".repeat(41)))).to.deep.equal(["name"]);
            expect(pathsOf(await problemsOf(good, "Shop"))).to.include("name");
        });
    });
});
