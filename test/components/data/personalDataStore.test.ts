import { expect } from "chai";
import { PersonalDataStore, type PersonalDataStoreArgs } from "../../../components/data/personalDataStore";
import { at, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../support/surroundings";

const good: PersonalDataStoreArgs = { region: TEST_REGION, accountId: TEST_ACCOUNT, jurisdiction: "EU" };

const TABLE = "aws:dynamodb/table:Table";
const BUCKET = "aws:s3/bucket:Bucket";
const KEY = "aws:kms/key:Key";

function make(changes: Partial<PersonalDataStoreArgs> = {}) {
    return previewProgram(() => {
        const store = new PersonalDataStore("shop-people", { ...good, ...changes }, inTestAccount());
        return {
            tableName: store.tableName,
            tableArn: store.tableArn,
            bucketName: store.bucketName,
            bucketArn: store.bucketArn,
            keyArn: store.keyArn,
        };
    });
}

/** Whatever would copy data to another region or account. */
const COPIES = /replica/i;

describe("PersonalDataStore", () => {
    it("marks table, bucket and key as personal data under their law", async () => {
        const preview = await make({ tags: { owner: "tests" } });
        for (const type of [TABLE, BUCKET, KEY]) {
            expect(one(preview, type).inputs.tags, type).to.deep.equal({
                owner: "tests",
                "data-classification": "pii",
                jurisdiction: "EU",
            });
        }
        expectRegion(preview, TEST_REGION);
    });

    it("has no replica of anything, under a key that can have none", async () => {
        const preview = await make();
        expect(one(preview, KEY).inputs.multiRegion).to.equal(false);
        expect(preview.resources.filter(({ type }) => COPIES.test(type))).to.deep.equal([]);
        const replicated = preview.resources.filter(({ inputs }) =>
            Object.keys(inputs).some((key) => COPIES.test(key)),
        );
        expect(replicated).to.deep.equal([]);
    });

    it("keeps whoever may change the bucket from replicating it", async () => {
        const preview = await make();
        const arn = String(preview.outputs.bucketArn);
        const { DenyReplication: deny } = statements(one(preview, "aws:s3/bucketPolicy:BucketPolicy"));
        expect(deny).to.deep.equal({
            Sid: "DenyReplication",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:PutReplicationConfiguration", "s3:GetObjectVersionForReplication"],
            Resource: [arn, `${arn}/*`],
        });
    });

    it("encrypts both under its own key", async () => {
        const preview = await make();
        const { keyArn } = preview.outputs;
        expect(one(preview, TABLE).inputs.serverSideEncryption).to.deep.equal({
            enabled: true,
            kmsKeyArn: keyArn,
        });
        const encryption = one(
            preview,
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        );
        expect(at(encryption.inputs, "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId")).to.equal(
            keyArn,
        );
    });

    it("is a table on demand, recoverable for 35 days, that lets items expire", async () => {
        const { inputs } = one(await make(), TABLE, "shop-people-table");
        expect(inputs).to.deep.include({
            billingMode: "PAY_PER_REQUEST",
            hashKey: "pk",
            rangeKey: "sk",
            attributes: [
                { name: "pk", type: "S" },
                { name: "sk", type: "S" },
            ],
            pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
            ttl: { enabled: true, attributeName: "expiresAt" },
            deletionProtectionEnabled: true,
        });
        expect(inputs).to.not.have.any.keys("readCapacity", "writeCapacity", "streamEnabled");
    });

    it("forgets erased files when the table does", async () => {
        const preview = await make();
        const rules = one(preview, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs
            .rules as Record<string, unknown>[];
        expect(
            rules.find((rule) => rule.id === "expire-replaced-versions")?.noncurrentVersionExpiration,
        ).to.deep.equal({ noncurrentDays: 35 });
    });

    it("shuts other accounts and requests without TLS out of both", async () => {
        const preview = await make();
        const table = statements(one(preview, "aws:dynamodb/resourcePolicy:ResourcePolicy"));
        const bucket = statements(one(preview, "aws:s3/bucketPolicy:BucketPolicy"));
        for (const [policy, action] of [
            [table, "dynamodb:*"],
            [bucket, "s3:*"],
        ] as const) {
            expect(policy.DenyOtherAccounts).to.deep.include({
                Effect: "Deny",
                Principal: "*",
                Action: action,
                Condition: {
                    StringNotEquals: { "aws:PrincipalAccount": TEST_ACCOUNT },
                    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
                },
            });
            expect(policy.DenyRequestsWithoutTls).to.deep.include({
                Effect: "Deny",
                Action: action,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            });
        }
        expect(table.DenyOtherAccounts?.Resource).to.equal(preview.outputs.tableArn);
    });

    it("logs who reads the files where it is told where to", async () => {
        expect(ofType(await make(), "aws:s3/bucketLogging:BucketLogging")).to.have.lengthOf(0);
        const preview = await make({ accessLogBucket: "shop-logs" });
        expect(one(preview, "aws:s3/bucketLogging:BucketLogging").inputs.targetBucket).to.equal("shop-logs");
    });

    it("protects all three, and lets go of all three when told so", async () => {
        for (const deletionProtection of [true, false]) {
            const preview = await make({ deletionProtection });
            const kept = [TABLE, BUCKET, KEY].map((type) => one(preview, type).protect);
            expect(kept).to.deep.equal(Array(3).fill(deletionProtection));
            expect(one(preview, TABLE).inputs.deletionProtectionEnabled).to.equal(deletionProtection);
            expect(one(preview, BUCKET).inputs.forceDestroy).to.equal(!deletionProtection);
        }
    });

    it("names all problems at once, tags that would mislead the residency policies among them", async () => {
        const message = await refusal(
            () =>
                new PersonalDataStore(
                    "p".repeat(43),
                    {
                        ...good,
                        region: "eu",
                        jurisdiction: "E",
                        tags: { "data-classification": "public", jurisdiction: "US" },
                    },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("has 5 problems");
        expect(message).to.contain(
            'jurisdiction is "E"; allowed: 2 to 31 letters and hyphens, such as EU or US-CA',
        );
        expect(message).to.contain(
            'tags.data-classification is "public"; allowed: nothing or pii. The policies on data residency go by this tag',
        );
        expect(message).to.contain('tags.jurisdiction is "US"; allowed: nothing or E');
        expect(message).to.contain("Shorten the component's name by 1");
    });
});
