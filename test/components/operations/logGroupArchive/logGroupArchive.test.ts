import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
    LogGroupArchive,
    type LogGroupArchiveArgs,
} from "../../../../components/operations/logGroupArchive/logGroupArchive";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../../support/surroundings";

const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;
const good: LogGroupArchiveArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    kmsKeyArn: KEY,
    allLogGroups: true,
};
const listed = { allLogGroups: false, logGroups: { web: pulumi.output("/shop/web"), api: "/shop/api" } };

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const ACCOUNT_POLICY = "aws:cloudwatch/logAccountPolicy:LogAccountPolicy";
const SUBSCRIPTION = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";

function make(changes: Partial<LogGroupArchiveArgs> = {}) {
    return previewProgram(() => {
        const archive = new LogGroupArchive("shop-archive", { ...good, ...changes }, inTestAccount());
        return { name: archive.bucketName, arn: archive.bucketArn, stream: archive.deliveryStreamArn };
    });
}

describe("LogGroupArchive", () => {
    it("archives every log group but its own and those left out, or failures would be archived without end", async () => {
        const preview = await make({ excludedLogGroups: [pulumi.output("trail")] });
        const policy = one(preview, ACCOUNT_POLICY, "shop-archive-all-groups");
        const errors = one(preview, "aws:cloudwatch/logGroup:LogGroup", "shop-archive-errors");
        expect(policy.inputs.selectionCriteria).to.equal(
            `LogGroupName NOT IN ["${String(errors.inputs.name)}","trail"]`,
        );
        expect(policy.inputs).to.include({
            policyType: "SUBSCRIPTION_FILTER_POLICY",
            policyName: "shop-archive-all-groups",
        });
        expect(json(policy.inputs.policyDocument)).to.deep.equal({
            DestinationArn: preview.outputs.stream,
            RoleArn: one(preview, "aws:iam/role:Role", "shop-archive-subscription-role").outputs.arn,
            FilterPattern: "",
        });
        expect(ofType(preview, SUBSCRIPTION)).to.have.lengthOf(0);
        expectRegion(preview, TEST_REGION);
    });

    it("archives the groups listed instead", async () => {
        const preview = await make(listed);
        expect(ofType(preview, ACCOUNT_POLICY)).to.have.lengthOf(0);
        const filters = ofType(preview, SUBSCRIPTION).map(({ name, inputs }) => [name, inputs.logGroup]);
        expect(filters).to.have.deep.members([
            ["shop-archive-group-web", "/shop/web"],
            ["shop-archive-group-api", "/shop/api"],
        ]);
        const filter = one(preview, SUBSCRIPTION, "shop-archive-group-web");
        expect(filter.inputs).to.include({ destinationArn: preview.outputs.stream, filterPattern: "" });
    });

    it("subscribes only once the role may send", async () => {
        for (const changes of [{}, listed]) {
            const preview = await make(changes);
            const policy = one(preview, "aws:iam/rolePolicy:RolePolicy", "shop-archive-subscription-policy");
            const subscribed = [...ofType(preview, SUBSCRIPTION), ...ofType(preview, ACCOUNT_POLICY)];
            expect(subscribed).to.not.have.lengthOf(0);
            for (const subscription of subscribed) {
                expect(subscription.dependencies).to.include(policy.urn);
            }
            expect(statements(policy).SendRecords).to.deep.include({
                Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
                Resource: preview.outputs.stream,
            });
        }
    });

    it("is taken on by the two services for this account alone", async () => {
        const preview = await make();
        const trust = (role: string) =>
            statements(one(preview, "aws:iam/role:Role", `shop-archive-${role}`), "assumeRolePolicy")
                .ServiceAssumesRole;
        expect(trust("delivery-role")).to.deep.include({
            Principal: { Service: "firehose.amazonaws.com" },
            Condition: { StringEqualsIfExists: { "aws:SourceAccount": TEST_ACCOUNT } },
        });
        expect(trust("subscription-role")).to.deep.include({
            Principal: { Service: "logs.amazonaws.com" },
            Condition: {
                StringEqualsIfExists: { "aws:SourceAccount": TEST_ACCOUNT },
                ArnLike: { "aws:SourceArn": `arn:aws:logs:${TEST_REGION}:${TEST_ACCOUNT}:*` },
            },
        });
    });

    it("stores what CloudWatch sent as it is, under a key, and logs what fails", async () => {
        const preview = await make();
        const stream = one(preview, STREAM);
        expect(stream.inputs.serverSideEncryption).to.deep.equal({
            enabled: true,
            keyType: "CUSTOMER_MANAGED_CMK",
            keyArn: KEY,
        });
        expect(stream.inputs.extendedS3Configuration).to.deep.include({
            bucketArn: preview.outputs.arn,
            compressionFormat: "UNCOMPRESSED",
            fileExtension: ".json.gz",
        });
        const prefix = at(stream.inputs, "extendedS3Configuration.prefix");
        const failed = at(stream.inputs, "extendedS3Configuration.errorOutputPrefix");
        expect(prefix).to.match(/^log-groups\/!\{timestamp:/);
        expect(failed).to.contain("!{firehose:error-output-type}");
        expect(stream.dependencies).to.include(
            one(preview, "aws:iam/rolePolicy:RolePolicy", "shop-archive-delivery-policy").urn,
        );
        const errors = one(preview, "aws:cloudwatch/logGroup:LogGroup");
        expect(errors.inputs).to.include({ retentionInDays: 365, kmsKeyId: KEY });
    });

    it("may write to its bucket, with its key through S3, and report errors, and no more", async () => {
        const preview = await make();
        const found = statements(
            one(preview, "aws:iam/rolePolicy:RolePolicy", "shop-archive-delivery-policy"),
        );
        const arn = String(preview.outputs.arn);
        expect(found.WriteObjects?.Resource).to.equal(`${arn}/*`);
        expect(found.FindBucket?.Resource).to.equal(arn);
        expect(found.EncryptObjects).to.deep.include({
            Resource: KEY,
            Condition: { StringEquals: { "kms:ViaService": `s3.${TEST_REGION}.amazonaws.com` } },
        });
        const actions = Object.values(found).flatMap((statement) => statement.Action as string | string[]);
        expect(actions.filter((action) => action.includes("*"))).to.deep.equal([]);
        expect(Object.values(found).filter((statement) => statement.Resource === "*")).to.deep.equal([]);
    });

    it("keeps the archive for three years under the key, and logs who reads it", async () => {
        const preview = await make({ accessLogBucket: "shop-logs" });
        const rules = one(preview, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs
            .rules;
        expect(at(rules, "[2].expiration.days")).to.equal(1096);
        expect(one(preview, "aws:s3/bucketLogging:BucketLogging").inputs.targetBucket).to.equal("shop-logs");
        expect(one(preview, "aws:s3/bucket:Bucket").protect).to.equal(true);
    });

    it("rings when logs arrive an hour late", async () => {
        const preview = await make({ alarmTopicArns: [TOPIC] });
        const late = one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm", "shop-archive-late");
        expect(late.inputs).to.deep.include({
            metricName: "DeliveryToS3.DataFreshness",
            threshold: 3600,
            alarmActions: [TOPIC],
            treatMissingData: "notBreaching",
            dimensions: { DeliveryStreamName: one(preview, STREAM).inputs.name },
        });
    });

    describe("refuses", () => {
        const refused = (changes: Partial<LogGroupArchiveArgs>, name = "shop-archive") =>
            refusal(() => new LogGroupArchive(name, { ...good, ...changes }, inTestAccount()));

        it("a list beside all", async () => {
            expect(await refused({ logGroups: { web: "/shop/web" } })).to.contain(
                'logGroups is ["web"]; allowed: nothing while allLogGroups is true. Remove it, or every line is archived twice',
            );
        });

        it("nothing to archive", async () => {
            expect(await refused({ allLogGroups: false })).to.contain(
                "logGroups is not given; allowed: one log group at least. Name the groups, or set allLogGroups to true",
            );
            expect(await refused({ allLogGroups: false, logGroups: {} })).to.contain("logGroups is {}");
        });

        it("exclusions from a list", async () => {
            expect(await refused({ ...listed, excludedLogGroups: ["/shop/web"] })).to.contain(
                "excludedLogGroups is 1; allowed: nothing unless allLogGroups is true",
            );
        });

        it("a retention that CloudWatch does not offer, and a name that is too long for its role", async () => {
            const message = await refused({ logRetentionDays: 366 }, "a".repeat(39));
            expect(message).to.contain("has 2 problems");
            expect(message).to.contain("logRetentionDays is 366; allowed: one of 1, 3, 5");
            expect(message).to.contain("aws:iam/role:Role names end at 64");
            const fits = await previewProgram(
                () => new LogGroupArchive("a".repeat(38), good, inTestAccount()),
            );
            expect(fits.error).to.equal(undefined);
        });
    });
});
