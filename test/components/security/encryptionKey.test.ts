import { expect } from "chai";
import { EncryptionKey, type EncryptionKeyArgs, KeyUser } from "../../../components/security/encryptionKey";
import { at, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal, type Statement, statements } from "../../support/surroundings";

const good: EncryptionKeyArgs = {
    description: "Logs of the test",
    accountId: TEST_ACCOUNT,
    region: TEST_REGION,
};

function make(changes: Partial<EncryptionKeyArgs> = {}, name = "shop-key") {
    return previewProgram(() => {
        const key = new EncryptionKey(name, { ...good, ...changes }, inTestAccount());
        return { keyArn: key.keyArn, keyId: key.keyId, aliasName: key.aliasName };
    });
}

async function policy(...services: KeyUser[]): Promise<Record<string, Statement>> {
    return statements(one(await make({ services }), "aws:kms/key:Key"));
}

describe("EncryptionKey", () => {
    it("rotates, waits 30 days before it is deleted, and is protected", async () => {
        const preview = await make();
        const key = one(preview, "aws:kms/key:Key", "shop-key-key");
        expect(key.inputs).to.include({
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            multiRegion: false,
            description: "Logs of the test",
        });
        expect(key.protect).to.equal(true);
        expectRegion(preview, TEST_REGION);
    });

    it("lets go of the key when deletion protection is off", async () => {
        const preview = await make({ deletionProtection: false });
        expect(one(preview, "aws:kms/key:Key").protect).to.equal(false);
    });

    it("has an alias that points at the key, and gives out both", async () => {
        const preview = await make();
        const alias = one(preview, "aws:kms/alias:Alias", "shop-key-alias");
        expect(alias.inputs.targetKeyId).to.equal(preview.outputs.keyId);
        expect(preview.outputs.keyArn).to.equal(
            `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/${String(preview.outputs.keyId)}`,
        );
        expect(preview.outputs.aliasName).to.match(/^alias\/shop-key-alias-[0-9a-f]{7}$/);
    });

    it("can be made in another region than the provider's, and then names that region's services", async () => {
        const preview = await make({ region: "us-east-1", services: [KeyUser.CloudWatchLogs] });
        expectRegion(preview, "us-east-1");
        const logs = statements(one(preview, "aws:kms/key:Key")).CloudWatchLogsUsesKey;
        expect(at(logs, "Principal.Service")).to.equal("logs.us-east-1.amazonaws.com");
    });

    it("names the account alone where no service is given", async () => {
        const found = await policy();
        expect(Object.keys(found)).to.deep.equal(["AccountAdministersKey"]);
        expect(found.AccountAdministersKey).to.deep.include({
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` },
            Action: "kms:*",
        });
    });

    it("ties CloudWatch Logs to this account's and region's log groups", async () => {
        const { CloudWatchLogsUsesKey: logs } = await policy(KeyUser.CloudWatchLogs);
        expect(at(logs, "Principal.Service")).to.equal("logs.eu-central-1.amazonaws.com");
        expect(logs?.Condition).to.deep.equal({
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:${TEST_ACCOUNT}:*` },
        });
    });

    it("refuses EventBridge of another account, not EventBridge that names none", async () => {
        const { EventBridgeUsesKey: events } = await policy(KeyUser.EventBridge);
        expect(events?.Condition).to.deep.equal({
            StringEqualsIfExists: { "aws:SourceAccount": TEST_ACCOUNT },
        });
    });

    it("lets CloudTrail write for this account's trails and no more", async () => {
        const found = await policy(KeyUser.CloudTrail);
        expect(found.CloudTrailUsesKey).to.deep.include({
            Action: ["kms:GenerateDataKey*"],
            Condition: {
                StringLike: {
                    "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${TEST_ACCOUNT}:trail/*`,
                },
                ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:eu-central-1:${TEST_ACCOUNT}:trail/*` },
            },
        });
        expect(found.CloudTrailDescribesKey?.Action).to.deep.equal(["kms:DescribeKey"]);
    });

    it("lets CloudFront read, for this account's distributions", async () => {
        const { CloudFrontUsesKey: cloudFront } = await policy(KeyUser.CloudFront);
        expect(cloudFront?.Action).to.deep.equal(["kms:Decrypt"]);
        expect(cloudFront?.Condition).to.deep.equal({
            ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${TEST_ACCOUNT}:distribution/*` },
        });
    });

    it("takes all publishers together, and each statement once", async () => {
        const found = await policy(KeyUser.SnsPublishers, KeyUser.Backup, KeyUser.Backup);
        expect(Object.keys(found)).to.deep.equal([
            "AccountAdministersKey",
            "CloudWatchAlarmsUsesKey",
            "EventBridgeUsesKey",
            "BackupUsesKey",
            "BudgetsUsesKey",
        ]);
    });

    for (const user of Object.values(KeyUser)) {
        it(`grants ${user} nothing without a condition, and nobody everything`, async () => {
            const { AccountAdministersKey: account, ...services } = await policy(user);
            expect(account).to.not.equal(undefined);
            expect(Object.keys(services)).to.not.have.lengthOf(0);
            for (const statement of Object.values(services)) {
                expect(statement.Condition, statement.Sid).to.not.equal(undefined);
                expect(statement.Principal, statement.Sid).to.have.all.keys("Service");
                expect([statement.Action].flat(), statement.Sid).to.not.include("kms:*");
            }
        });
    }

    it("names all problems at once, before anything is made", async () => {
        const message = await refusal(
            () =>
                new EncryptionKey(
                    "shop key",
                    { ...good, region: "frankfurt", description: "" },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain(
            'meridian:index:EncryptionKey "shop key" has 3 problems in its arguments:',
        );
        expect(message).to.contain(
            '- region is "frankfurt"; allowed: an AWS region code, such as eu-central-1',
        );
        expect(message).to.contain('- description is ""; allowed: 1 to 8192 characters');
        expect(message).to.contain('- name is "shop key"; allowed: letters, digits, and / _ -');
    });

    it("takes a description of 8192 characters and refuses one more", async () => {
        expect((await make({ description: "x".repeat(8192) })).error).to.equal(undefined);
        expect((await make({ description: "x".repeat(8193) })).error?.message).to.contain("description is");
    });
});
