import { expect } from "chai";
import { UserDirectory } from "../../../components/identity/userDirectory/userDirectory";
import { UserStorage, type UserStorageArgs } from "../../../components/identity/userStorage";
import { FULL_STORAGE } from "../../support/components/identityArguments";
import { problemsOfProgram } from "../../support/components/problems";
import { decide } from "../../support/iam/evaluator";
import { ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount } from "../../support/surroundings";

const BUCKET = "aws:s3/bucket:Bucket";
const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/1234abcd`;
const OTHER_KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/abcd1234`;

const good: UserStorageArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    kmsKeyArn: KEY,
    jurisdiction: "EU",
};

const make = (changes: Partial<UserStorageArgs> = {}) =>
    previewProgram(() => new UserStorage("app", { ...good, ...changes }, inTestAccount()));

const problems = (changes: object, name = "app") =>
    problemsOfProgram(() => new UserStorage(name, { ...good, ...changes }, inTestAccount()));

/** A directory whose users have their folders, as the policies of its roles say it. */
async function rendered() {
    const run = await previewProgram(() => {
        const inAccount = inTestAccount();
        const files = new UserStorage("app", good, inAccount);
        new UserDirectory(
            "app",
            {
                region: TEST_REGION,
                accountId: TEST_ACCOUNT,
                clients: { app: {} },
                groups: { helpers: {} },
                identityPool: { permissions: [files.ownFolderPermissions] },
            },
            inAccount,
        );
        return { readPermissions: files.readPermissions };
    });
    expect(run.error).to.equal(undefined);
    const bucketArn = `arn:aws:s3:::${String(one(run, BUCKET).outputs.bucket)}`;
    const policy = (name: string): string =>
        String(one(run, "aws:iam/rolePolicy:RolePolicy", name).inputs.policy);
    return {
        run,
        bucketArn,
        roles: { users: policy("app-users-policy"), helpers: policy("app-helpers-group-policy") },
        bucketPolicy: String(one(run, "aws:s3/bucketPolicy:BucketPolicy").inputs.policy),
    };
}

const ANN = `${TEST_REGION}:11111111-1111-4111-8111-111111111111`;
const BOB = `${TEST_REGION}:22222222-2222-4222-8222-222222222222`;

describe("UserStorage", () => {
    it("is a private bucket of personal data under the caller's key, whose replaced versions go after 35 days", async () => {
        const run = await make();
        const bucket = one(run, BUCKET);
        expect(bucket.inputs.tags).to.deep.equal({ "data-classification": "pii", jurisdiction: "EU" });
        expect(bucket.protect).to.equal(true);
        expect(
            one(run, "aws:s3/bucketVersioning:BucketVersioning").inputs.versioningConfiguration,
        ).to.deep.equal({
            status: "Enabled",
        });
        const rules = one(run, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs
            .rules;
        expect(rules).to.deep.include({
            id: "expire-replaced-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: 35 },
        });
        expect(rules).to.deep.include({
            id: "abort-failed-uploads",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        });
        expect(ofType(run, "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration")).to.deep.equal([]);
        expect(ofType(run, "aws:s3/bucketNotification:BucketNotification")).to.deep.equal([]);
        expectRegion(run, TEST_REGION);
    });

    it("has pages of the origins that it is given reach it, and tells EventBridge where it is told to", async () => {
        const run = await previewProgram(() => new UserStorage("app", FULL_STORAGE, inTestAccount()));
        const [rule] = one(run, "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration").inputs
            .corsRules as [Record<string, unknown>];
        expect(rule.allowedOrigins).to.deep.equal(["https://app.shop.example.com", "http://localhost:5173"]);
        expect(rule.exposeHeaders).to.include("ETag");
        expect(one(run, "aws:s3/bucketNotification:BucketNotification").inputs.eventbridge).to.equal(true);
    });

    it("lets each identity read, write, delete and list its own folder, by its own role or a group's", async () => {
        const { bucketArn, roles, bucketPolicy } = await rendered();
        for (const [name, role] of Object.entries(roles)) {
            const as = (identity: string, action: string, resource: string, context = {}) =>
                decide(
                    { role: [role], resource: [bucketPolicy] },
                    {
                        action,
                        resource,
                        context: {
                            "cognito-identity.amazonaws.com:sub": identity,
                            "aws:securetransport": "true",
                            "s3:tlsversion": "1.3",
                            ...context,
                        },
                    },
                );
            for (const action of [
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
            ]) {
                expect(as(ANN, action, `${bucketArn}/${ANN}/photos/1.jpg`), `${name} ${action}`).to.equal(
                    "allowed",
                );
                expect(as(BOB, action, `${bucketArn}/${ANN}/photos/1.jpg`), `${name} ${action}`).to.equal(
                    "not allowed",
                );
                // A folder whose name begins with one's own.
                expect(as(ANN, action, `${bucketArn}/${ANN}2/1.jpg`), `${name} ${action}`).to.equal(
                    "not allowed",
                );
                expect(as(ANN, action, `${bucketArn}/1.jpg`), `${name} ${action}`).to.equal("not allowed");
            }
            const list = (prefix?: string) =>
                as(ANN, "s3:ListBucket", bucketArn, prefix === undefined ? {} : { "s3:prefix": prefix });
            expect([`${ANN}/`, `${ANN}/photos/`].map(list)).to.deep.equal(["allowed", "allowed"]);
            expect([undefined, "", ANN, `${BOB}/`].map(list)).to.deep.equal(Array(4).fill("not allowed"));
        }
    });

    it("denies versions, policies and requests without TLS to whoever asks", async () => {
        const { bucketArn, roles, bucketPolicy } = await rendered();
        const policies = { role: [roles.users], resource: [bucketPolicy] };
        const own = {
            resource: `${bucketArn}/${ANN}/a`,
            context: { "cognito-identity.amazonaws.com:sub": ANN },
        };
        for (const action of ["s3:DeleteObjectVersion", "s3:PutObjectAcl", "s3:GetObjectVersion"]) {
            expect(decide(policies, { ...own, action }), action).to.equal("not allowed");
        }
        const withoutTls = { ...own.context, "aws:securetransport": "false" };
        expect(decide(policies, { ...own, action: "s3:GetObject", context: withoutTls })).to.equal("denied");
    });

    it("lets the key be used by way of the bucket, and no other key", async () => {
        const { roles } = await rendered();
        const decrypt = (resource: string, via: string) =>
            decide(
                { role: [roles.users] },
                { action: "kms:Decrypt", resource, context: { "kms:viaservice": via } },
            );
        expect(decrypt(KEY, `s3.${TEST_REGION}.amazonaws.com`)).to.equal("allowed");
        expect(decrypt(KEY, `dynamodb.${TEST_REGION}.amazonaws.com`)).to.equal("not allowed");
        expect(decrypt(OTHER_KEY, `s3.${TEST_REGION}.amazonaws.com`)).to.equal("not allowed");
    });

    it("lets a function read every folder, and write none", async () => {
        const { run, bucketArn } = await rendered();
        expect(run.outputs.readPermissions).to.deep.equal([
            { sid: "ReadUserFiles", actions: ["s3:GetObject"], resources: [`${bucketArn}/*`] },
            {
                sid: "DecryptUserFiles",
                actions: ["kms:Decrypt"],
                resources: [KEY],
                conditions: [
                    {
                        operator: "StringEquals",
                        key: "kms:ViaService",
                        values: [`s3.${TEST_REGION}.amazonaws.com`],
                    },
                ],
            },
        ]);
    });

    it("lets go of the bucket when told so", async () => {
        expect(one(await make({ deletionProtection: false }), BUCKET).protect).to.equal(false);
    });

    it("refuses origins that are none, and names that are no bucket's", async () => {
        expect(
            await problems({
                jurisdiction: "E",
                allowedOrigins: [
                    "https://app.example.com/",
                    "https://*.example.com",
                    "http://localhost:5173",
                ],
            }),
        ).to.deep.equal([
            'jurisdiction is "E"; allowed: 2 to 31 letters and hyphens, such as EU or US-CA',
            ...["https://app.example.com/", "https://*.example.com", "http://localhost:5173"].map(
                (origin, index) =>
                    `allowedOrigins[${index}] is "${origin}"; allowed: https:// and a host, without a path or wildcards`,
            ),
        ]);
        expect(
            await problems({ allowLocalhost: true, allowedOrigins: ["http://localhost:5173"] }),
        ).to.deep.equal([]);
        expect(
            await problems({ allowLocalhost: true, allowedOrigins: ["http://app.example.com"] }),
        ).to.deep.equal([
            'allowedOrigins[0] is "http://app.example.com"; allowed: https:// and a host, or http://localhost and a port, without a path or wildcards',
        ]);
        const origins = (count: number) =>
            Array.from({ length: count }, (_, index) => `https://app-${index}.example.com`);
        expect(await problems({ allowedOrigins: origins(100) })).to.deep.equal([]);
        expect(await problems({ allowedOrigins: origins(101) })).to.have.lengthOf(1);
        expect(await problems({ allowedOrigins: [] })).to.deep.equal([
            "allowedOrigins is []; allowed: 1 to 100 origins",
        ]);
        expect(await problems({}, "App")).to.deep.equal([
            'name is "App"; allowed: lower-case letters, digits and hyphens, because the bucket is called after it',
        ]);
        expect(await problems({}, "a".repeat(42))).to.deep.equal([]);
        expect(await problems({}, "a".repeat(43))).to.have.lengthOf(1);
    });
});
