import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SecureBucket, type SecureBucketArgs } from "../../../components/security/secureBucket";
import {
    at,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../support/surroundings";

const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const good: SecureBucketArgs = { region: TEST_REGION, accountId: TEST_ACCOUNT, kmsKeyArn: KEY };

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";

function make(changes: Partial<SecureBucketArgs> = {}) {
    return previewProgram(() => {
        const bucket = new SecureBucket("shop-files", { ...good, ...changes }, inTestAccount());
        return { name: bucket.bucketName, arn: bucket.bucketArn, ready: bucket.policyReady };
    });
}

function rules(preview: ProgramPreview): Record<string, unknown>[] {
    return one(preview, LIFECYCLE).inputs.rules as Record<string, unknown>[];
}

function refused(changes: Partial<SecureBucketArgs>, name = "shop-files") {
    return refusal(() => new SecureBucket(name, { ...good, ...changes }, inTestAccount()));
}

describe("SecureBucket", () => {
    it("shuts the public out in all four ways and switches ACLs off", async () => {
        const preview = await make();
        expect(one(preview, PUBLIC_ACCESS).inputs).to.include({
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        expect(at(one(preview, OWNERSHIP).inputs, "rule.objectOwnership")).to.equal("BucketOwnerEnforced");
        expectRegion(preview, TEST_REGION);
    });

    it("encrypts under the key given, with a bucket key", async () => {
        const preview = await make();
        expect(one(preview, ENCRYPTION).inputs.rules).to.deep.equal([
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
                bucketKeyEnabled: true,
            },
        ]);
    });

    it("encrypts with S3's own keys where no key is given", async () => {
        const preview = await make({ kmsKeyArn: undefined });
        expect(one(preview, ENCRYPTION).inputs.rules).to.deep.equal([
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
    });

    it("refuses requests without TLS and with a version before 1.2, of anybody and for everything", async () => {
        const preview = await make();
        const arn = String(preview.outputs.arn);
        const found = statements(one(preview, POLICY));
        expect(Object.keys(found)).to.deep.equal(["DenyRequestsWithoutTls", "DenyOldTls"]);
        for (const statement of Object.values(found)) {
            expect(statement).to.deep.include({
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [arn, `${arn}/*`],
            });
        }
        expect(found.DenyRequestsWithoutTls?.Condition).to.deep.equal({
            Bool: { "aws:SecureTransport": "false" },
        });
        expect(found.DenyOldTls?.Condition).to.deep.equal({ NumericLessThan: { "s3:TlsVersion": "1.2" } });
    });

    it("makes the statements given absolute, over all objects where no path is given", async () => {
        const preview = await make({
            policyStatements: [
                { Sid: "Reads", Principal: { Service: "cloudfront.amazonaws.com" }, Action: "s3:GetObject" },
                {
                    Sid: "Writes",
                    Principal: { AWS: "arn:aws:iam::111122223333:role/writer" },
                    Action: ["s3:PutObject"],
                    Paths: ["", pulumi.interpolate`/in/${pulumi.output("x")}/*`],
                    Condition: { StringEquals: { "aws:SourceAccount": pulumi.output(TEST_ACCOUNT) } },
                },
            ],
        });
        const arn = String(preview.outputs.arn);
        const found = statements(one(preview, POLICY));
        expect(found.Reads).to.deep.equal({
            Sid: "Reads",
            Effect: "Allow",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: [`${arn}/*`],
        });
        expect(found.Writes).to.deep.include({
            Effect: "Allow",
            Resource: [arn, `${arn}/in/x/*`],
            Condition: { StringEquals: { "aws:SourceAccount": TEST_ACCOUNT } },
        });
    });

    it("sets access, ownership and policy one after the other", async () => {
        const preview = await make();
        const publicAccess = one(preview, PUBLIC_ACCESS);
        const ownership = one(preview, OWNERSHIP);
        expect(ownership.dependencies).to.include(publicAccess.urn);
        expect(one(preview, POLICY).dependencies).to.include.members([publicAccess.urn, ownership.urn]);
    });

    it("gives its name out as ready only behind policy, ownership, public access block and versioning", async () => {
        const preview = await previewProgram(() => {
            const options = inTestAccount();
            const logs = new SecureBucket("shop-logs", good, options);
            new SecureBucket("shop-files", { ...good, accessLogBucket: logs.policyReady }, options);
            return { logs: logs.bucketName };
        });
        const logging = one(preview, "aws:s3/bucketLogging:BucketLogging");
        const waitsFor = [POLICY, OWNERSHIP, PUBLIC_ACCESS, VERSIONING, ENCRYPTION].map(
            (type) => ofType(preview, type).find((resource) => resource.name.startsWith("shop-logs-"))?.urn,
        );
        expect(logging.dependencies).to.include.members(waitsFor);
        expect(logging.inputs).to.include({
            targetBucket: preview.outputs.logs,
            targetPrefix: "s3/shop-files/",
        });
    });

    it("shows a preview what its policy says, which nothing but its name decides", async () => {
        const preview = await make();
        const policy = one(preview, POLICY);
        expect(policy.state.inputsWithUnknowns()["policy"]).to.equal(policy.inputs.policy);
        expect(preview.outputs).to.include({ arn: one(preview, BUCKET).outputs.arn });
    });

    it("leaves the policy to the caller when asked to", async () => {
        const preview = await make({ callerAttachesPolicy: true });
        expect(ofType(preview, POLICY)).to.have.lengthOf(0);
        expect(preview.outputs.ready).to.equal(preview.outputs.name);
        expect(await refused({ callerAttachesPolicy: true, policyStatements: [] })).to.contain(
            'policyStatements is "given"; allowed: nothing while callerAttachesPolicy is true. A bucket has one policy; put the statements into the one that you attach',
        );
    });

    it("protects the bucket and its objects by default, and neither when told so", async () => {
        const kept = one(await make(), BUCKET);
        expect(kept.protect).to.equal(true);
        expect(kept.inputs.forceDestroy).to.equal(false);
        const loose = one(await make({ deletionProtection: false }), BUCKET);
        expect(loose.protect).to.equal(false);
        expect(loose.inputs.forceDestroy).to.equal(true);
        const emptied = one(await make({ deletionProtection: false, forceDestroy: false }), BUCKET);
        expect(emptied.inputs.forceDestroy).to.equal(false);
    });

    it("locks versions in governance mode, on a bucket made for it", async () => {
        const preview = await make({ objectLockDays: 365 });
        expect(one(preview, BUCKET).inputs.objectLockEnabled).to.equal(true);
        const lock = one(preview, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
        expect(lock.inputs.rule).to.deep.equal({ defaultRetention: { mode: "GOVERNANCE", days: 365 } });
        expect(lock.dependencies).to.include(one(preview, VERSIONING).urn);
    });

    it("uses no argument of the bucket that S3's separate resources have replaced", async () => {
        const preview = await make({ tags: { owner: "tests" }, objectLockDays: 1 });
        expect(one(preview, BUCKET).inputs).to.not.have.any.keys(
            "accelerationStatus",
            "acl",
            "corsRules",
            "grants",
            "lifecycleRules",
            "logging",
            "objectLockConfiguration",
            "policy",
            "replicationConfiguration",
            "requestPayer",
            "serverSideEncryptionConfiguration",
            "versioning",
            "website",
        );
    });

    describe("life cycle", () => {
        it("drops failed uploads after a week and replaced versions after 90 days, and moves what is not read", async () => {
            const preview = await make();
            const filter = { prefix: "" };
            expect(rules(preview)).to.deep.equal([
                {
                    id: "abort-failed-uploads",
                    status: "Enabled",
                    filter,
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                },
                {
                    id: "move-to-cheaper-storage",
                    status: "Enabled",
                    filter,
                    transitions: [{ days: 30, storageClass: "INTELLIGENT_TIERING" }],
                },
                {
                    id: "expire-replaced-versions",
                    status: "Enabled",
                    filter,
                    noncurrentVersionExpiration: { noncurrentDays: 90 },
                },
            ]);
            expect(one(preview, LIFECYCLE).dependencies).to.include(one(preview, VERSIONING).urn);
        });

        it("moves and expires as told", async () => {
            const preview = await make({
                lifecycle: {
                    transitionToInfrequentAccessAfterDays: 30,
                    transitionToGlacierAfterDays: 60,
                    expireAfterDays: 61,
                    noncurrentExpireAfterDays: 1,
                },
            });
            const [, move, expire, replaced] = rules(preview);
            expect(move?.transitions).to.deep.equal([
                { days: 30, storageClass: "STANDARD_IA" },
                { days: 60, storageClass: "GLACIER" },
            ]);
            expect(expire).to.deep.include({ id: "expire", expiration: { days: 61 } });
            expect(replaced?.noncurrentVersionExpiration).to.deep.equal({ noncurrentDays: 1 });
        });

        it("moves nothing that expires before it could move", async () => {
            const ids = async (expireAfterDays: number) =>
                rules(await make({ lifecycle: { expireAfterDays } })).map((rule) => rule.id);
            expect(await ids(30)).to.not.include("move-to-cheaper-storage");
            expect(await ids(31)).to.include("move-to-cheaper-storage");
        });

        it("says nothing of versions where there are none", async () => {
            const preview = await make({ versioning: false });
            expect(ofType(preview, VERSIONING)).to.have.lengthOf(0);
            expect(rules(preview).map((rule) => rule.id)).to.not.include("expire-replaced-versions");
            expect(
                await refused({ versioning: false, lifecycle: { noncurrentExpireAfterDays: 5 } }),
            ).to.contain(
                "lifecycle.noncurrentExpireAfterDays is 5; allowed: nothing while versioning is false",
            );
        });

        it("refuses what S3 refuses, each neighbour of a bound", async () => {
            const message = await refused({
                lifecycle: {
                    transitionToInfrequentAccessAfterDays: 29,
                    transitionToGlacierAfterDays: 58,
                    expireAfterDays: 58,
                    noncurrentExpireAfterDays: 0,
                },
            });
            expect(message).to.contain("has 4 problems");
            expect(message).to.contain(
                "lifecycle.transitionToInfrequentAccessAfterDays is 29; allowed: a whole number of days, 30 or more. S3 moves nothing to Standard-IA earlier",
            );
            expect(message).to.contain(
                "lifecycle.transitionToGlacierAfterDays is 58; allowed: a whole number of days, 59 or more",
            );
            expect(message).to.contain(
                "lifecycle.expireAfterDays is 58; allowed: a whole number of days, 59 or more",
            );
            expect(message).to.contain(
                "lifecycle.noncurrentExpireAfterDays is 0; allowed: a whole number of days, 1 or more",
            );
        });
    });

    it("takes a name that leaves room for the suffix and refuses one character more", async () => {
        // 63 for the name of a bucket, less 8 for the suffix and 7 for the role.
        const name = "b".repeat(48);
        const fits = await previewProgram(() => new SecureBucket(name, good, inTestAccount()));
        expect(fits.error).to.equal(undefined);
        expect(await refused({}, `${name}b`)).to.contain("Shorten the component's name by 1");
        expect(await refused({}, "Shop_files")).to.contain("lower-case letters, digits and hyphens");
    });

    it("refuses a lock without versions and a prefix that is none", async () => {
        const message = await refused({
            objectLockDays: 0,
            versioning: false,
            accessLogPrefix: "/logs",
            region: "eu",
        });
        expect(message).to.contain("has 4 problems");
        expect(message).to.contain("objectLockDays is 0; allowed: a number from 1 to 36500");
        expect(message).to.contain("versioning is false; allowed: true. Object Lock works on versions");
        expect(message).to.contain('accessLogPrefix is "/logs"');
        expect(message).to.contain('region is "eu"');
    });
});
