import { expect } from "chai";
import { LogArchive, type LogArchiveArgs } from "../../../components/operations/logArchive";
import { SecureBucket } from "../../../components/security/secureBucket";
import { at, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../support/surroundings";

const good: LogArchiveArgs = { region: TEST_REGION, accountId: TEST_ACCOUNT };

function make(changes: Partial<LogArchiveArgs> = {}) {
    return previewProgram(() => {
        const archive = new LogArchive("shop-logs", { ...good, ...changes }, inTestAccount());
        return { name: archive.bucketName, arn: archive.bucketArn };
    });
}

describe("LogArchive", () => {
    it("is a bucket that load balancers and S3 can log to: SSE-S3, no lock, no log of its own", async () => {
        const preview = await make();
        const encryption = one(
            preview,
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        );
        expect(at(encryption.inputs, "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm")).to.equal(
            "AES256",
        );
        expect(one(preview, "aws:s3/bucket:Bucket").inputs).to.not.have.property("objectLockEnabled");
        expect(ofType(preview, "aws:s3/bucketLogging:BucketLogging")).to.have.lengthOf(0);
        expectRegion(preview, TEST_REGION);
    });

    it("lets each log service write below its own path, for this account alone", async () => {
        const preview = await make();
        const arn = String(preview.outputs.arn);
        const found = statements(one(preview, "aws:s3/bucketPolicy:BucketPolicy"));
        const deliveries = [`${arn}/*AWSLogs/${TEST_ACCOUNT}/*`];
        expect(found.ApplicationLoadBalancersWrite).to.deep.include({
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: deliveries,
        });
        expect(found.LogDeliveryWrites).to.deep.include({
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: deliveries,
            Condition: {
                StringEquals: {
                    "aws:SourceAccount": TEST_ACCOUNT,
                    "s3:x-amz-acl": "bucket-owner-full-control",
                },
                ArnLike: { "aws:SourceArn": `arn:aws:logs:*:${TEST_ACCOUNT}:*` },
            },
        });
        expect(found.LogDeliveryChecksBucket).to.deep.include({
            Action: ["s3:GetBucketAcl", "s3:ListBucket"],
            Resource: [arn],
        });
        expect(found.BucketsWriteAccessLogs).to.deep.include({
            Principal: { Service: "logging.s3.amazonaws.com" },
            Resource: [`${arn}/s3/*`],
            Condition: {
                StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
                ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
            },
        });
    });

    it("allows nothing to a principal of every account", async () => {
        const found = statements(one(await make(), "aws:s3/bucketPolicy:BucketPolicy"));
        const allowed = Object.values(found).filter((statement) => statement.Effect === "Allow");
        expect(allowed).to.have.lengthOf(4);
        for (const statement of allowed) {
            expect(statement.Principal, statement.Sid).to.have.all.keys("Service");
            expect(statement, statement.Sid).to.have.property("Condition");
        }
    });

    it("gives its name out behind the policy, as balancers try to write when they are made", async () => {
        const preview = await previewProgram(() => {
            const options = inTestAccount();
            const archive = new LogArchive("shop-logs", good, options);
            new SecureBucket("shop-files", { ...good, accessLogBucket: archive.bucketName }, options);
            return { name: archive.bucketName };
        });
        const policy = one(preview, "aws:s3/bucketPolicy:BucketPolicy", "shop-logs-targets-policy");
        const writer = one(preview, "aws:s3/bucketLogging:BucketLogging", "shop-files-logging");
        expect(writer.dependencies).to.include(policy.urn);
        expect(writer.inputs.targetBucket).to.equal(preview.outputs.name);
        expect(preview.outputs.name).to.match(/^shop-logs-targets-bucket-/);
    });

    it("keeps logs for 400 days, in ever cheaper storage, or as long as told", async () => {
        const rules = async (changes: Partial<LogArchiveArgs>) =>
            one(await make(changes), "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
                .inputs.rules;
        const usual = await rules({});
        expect(at(usual, "[1].transitions")).to.deep.equal([
            { days: 30, storageClass: "STANDARD_IA" },
            { days: 90, storageClass: "GLACIER" },
        ]);
        expect(at(usual, "[2].expiration.days")).to.equal(400);
        expect(at(await rules({ lifecycle: { expireAfterDays: 14 } }), "[1].expiration.days")).to.equal(14);
    });

    it("is protected unless told otherwise", async () => {
        expect(one(await make(), "aws:s3/bucket:Bucket").protect).to.equal(true);
        expect(one(await make({ deletionProtection: false }), "aws:s3/bucket:Bucket").protect).to.equal(
            false,
        );
    });

    it("refuses a name that its bucket could not have, and what is no region", async () => {
        const name = "l".repeat(41);
        const message = await refusal(() => new LogArchive(name, { ...good, region: "eu" }, inTestAccount()));
        expect(message).to.contain('meridian:index:LogArchive "lll');
        expect(message).to.contain("Shorten the component's name by 1");
        expect(message).to.contain('region is "eu"');
        const fits = await previewProgram(() => new LogArchive(name.slice(1), good, inTestAccount()));
        expect(fits.error).to.equal(undefined);
    });
});
