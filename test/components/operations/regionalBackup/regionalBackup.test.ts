import { expect } from "chai";
import { BackupLockMode } from "../../../../components/operations/regionalBackup/regionalBackup";
import {
    at,
    childrenOf,
    ofType,
    one,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../../support/preview";
import { statements } from "../../../support/surroundings";
import {
    LOCK,
    make,
    NAME,
    PEER,
    PLAN,
    SELECTION,
    TOPIC,
    VAULT,
} from "../../../support/components/backupArguments";

const KEY = "aws:kms/key:Key";
const VAULT_POLICY = "aws:backup/vaultPolicy:VaultPolicy";
const NOTIFICATIONS = "aws:backup/vaultNotifications:VaultNotifications";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

interface Rule {
    ruleName: string;
    schedule: string;
    targetVaultName: string;
    enableContinuousBackup: boolean;
    startWindow: number;
    completionWindow: number;
    lifecycle: { deleteAfter: number; coldStorageAfter?: number };
    recoveryPointTags: Record<string, string>;
    copyActions?: { destinationVaultArn: string; lifecycle: { deleteAfter: number } }[];
}

function rulesOf(preview: ProgramPreview, plan: string): Rule[] {
    return one(preview, PLAN, `${NAME}-${plan}`).inputs.rules as Rule[];
}

describe("RegionalBackup", () => {
    let preview: ProgramPreview;

    before(async () => {
        preview = await make();
    });

    it("is in its region, but for the vault of the copies", () => {
        const own = preview.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
        for (const { inputs, name, provider, type } of own) {
            expect(provider, name).to.match(/::pulumi:providers:aws::aws::/);
            if (!type.startsWith("aws:iam/")) {
                expect(inputs.region, name).to.equal(name.startsWith(`${NAME}-copies-`) ? PEER : TEST_REGION);
            }
        }
    });

    it("gives out its vaults", () => {
        const arn = (region: string, name: string): string =>
            `arn:aws:backup:${region}:${TEST_ACCOUNT}:backup-vault:${name}`;
        expect(preview.outputs).to.deep.include({
            vaultName: "meridian-prod-eu-backups",
            vaultArn: arn(TEST_REGION, "meridian-prod-eu-backups"),
            personalVaultName: "meridian-prod-eu-personal",
            personalVaultArn: arn(TEST_REGION, "meridian-prod-eu-personal"),
            peerVaultName: "meridian-prod-eu-copies",
            peerVaultArn: arn(PEER, "meridian-prod-eu-copies"),
            restoreTestingPlanName: "meridian_prod_eu_restores",
        });
        expect(preview.outputs.restoreRoleArn).to.match(
            /^arn:aws:iam::\d{12}:role\/shop-backup-restore-role-/,
        );
        expect(preview.outputs.exportBucketName).to.match(/^shop-backup-exports-bucket-/);
    });

    it("names its children as it says", () => {
        const component = one(preview, "meridian:index:RegionalBackup");
        const documented =
            /^shop-backup-(?:(?:backups|personal|copies)-(?:encryption|vault|lock|vault-policy|notifications)|service-(?:role|backups|s3-backups)|(?:standard|personal)(?:-snapshots)?(?:-tagged)?|(?:backup|copy|export|restore)-failed(?:-topic|-alarm)?|(?:standard|personal)-\w+-missing|copied(?:-missing)?|dead-letters(?:-policy|-alarm)?|exports(?:-encryption)?|export-(?:role|policy)|(?:export-snapshot|validate-restore)(?:-role|-policy|-logs|-errors)?|snapshot-ready(?:-permission|-function)?|restore-(?:role|restores|s3-restores|tests(?:-of-copies)?)|restored-(?:copies-)?\w+(?:-permission|-function|-missing)?)$/;
        const children = childrenOf(preview, component).map(({ name }) => name);
        expect(children).to.have.length.greaterThan(60);
        expect(children.filter((name) => !documented.test(name))).to.deep.equal([]);
    });

    describe("has vaults that", () => {
        it("are each under a key of their own, in their own region", () => {
            const keys = ofType(preview, VAULT).map(({ inputs }) => {
                const key = ofType(preview, KEY).find(({ outputs }) => outputs.arn === inputs.kmsKeyArn);
                expect(key?.inputs.region).to.equal(inputs.region);
                return key?.name;
            });
            expect(keys).to.have.members([
                `${NAME}-backups-encryption-key`,
                `${NAME}-personal-encryption-key`,
                `${NAME}-copies-encryption-key`,
            ]);
        });

        it("are locked in governance mode, which people with the permission can undo", () => {
            const locks = ofType(preview, LOCK).map(({ inputs }) => [
                inputs.backupVaultName,
                inputs.minRetentionDays,
                inputs.maxRetentionDays,
            ]);
            expect(locks).to.have.deep.members([
                ["meridian-prod-eu-backups", 7, 400],
                // Personal data's own retention.
                ["meridian-prod-eu-personal", 7, 35],
                ["meridian-prod-eu-copies", 7, 400],
            ]);
            for (const { inputs, name } of ofType(preview, LOCK)) {
                expect(inputs, name).not.to.have.property("changeableForDays");
            }
        });

        it("are locked for good only when the caller says so", async () => {
            const forGood = await make({ lock: { mode: BackupLockMode.Compliance, changeableForDays: 3 } });
            expect(ofType(forGood, LOCK).map(({ inputs }) => inputs.changeableForDays)).to.deep.equal([
                3, 3, 3,
            ]);
        });

        it("keep everybody from deleting backups, but AWS Backup itself and whom the caller names", async () => {
            const administrator = `arn:aws:iam::${TEST_ACCOUNT}:role/backup-administrator`;
            const named = await make({ recoveryPointAdministrators: [administrator] });
            const service = `arn:aws:iam::${TEST_ACCOUNT}:role/aws-service-role/backup.amazonaws.com/*`;
            for (const [which, allowed] of [
                [preview, [service]],
                [named, [service, administrator]],
            ] as const) {
                expect(ofType(which, VAULT_POLICY)).to.have.length(3);
                for (const policy of ofType(which, VAULT_POLICY)) {
                    expect(statements(policy).DenyDeletingRecoveryPoints).to.deep.equal({
                        Sid: "DenyDeletingRecoveryPoints",
                        Effect: "Deny",
                        Principal: "*",
                        Action: [
                            "backup:DeleteRecoveryPoint",
                            "backup:DisassociateRecoveryPoint",
                            "backup:DisassociateRecoveryPointFromParent",
                            "backup:UpdateRecoveryPointLifecycle",
                        ],
                        Resource: "*",
                        Condition: { ArnNotLike: { "aws:PrincipalArn": allowed } },
                    });
                }
            }
        });

        it("let nobody copy personal data out", () => {
            const denies = ofType(preview, VAULT_POLICY).map((policy) => [
                policy.name,
                statements(policy).DenyCopies,
            ]);
            expect(denies).to.have.deep.members([
                [`${NAME}-backups-vault-policy`, undefined],
                [
                    `${NAME}-personal-vault-policy`,
                    {
                        Sid: "DenyCopies",
                        Effect: "Deny",
                        Principal: "*",
                        Action: "backup:CopyFromBackupVault",
                        Resource: "*",
                    },
                ],
                [`${NAME}-copies-vault-policy`, undefined],
            ]);
        });

        it("tell the region's topic of what EventBridge does not", () => {
            const told = ofType(preview, NOTIFICATIONS).map(({ inputs }) => inputs);
            expect(told.map(({ backupVaultName }) => backupVaultName)).to.deep.equal([
                "meridian-prod-eu-backups",
                "meridian-prod-eu-personal",
            ]);
            for (const { backupVaultEvents, snsTopicArn } of told) {
                expect(snsTopicArn).to.equal(TOPIC);
                expect(backupVaultEvents).to.deep.equal([
                    "CONTINUOUS_BACKUP_INTERRUPTED",
                    "S3_BACKUP_OBJECT_FAILED",
                    "S3_RESTORE_OBJECT_FAILED",
                ]);
            }
        });

        it("are protected with all that is in them, and let go of it when told so", async () => {
            for (const deletionProtection of [true, false]) {
                const which = await make({ deletionProtection });
                for (const vault of ofType(which, VAULT)) {
                    expect(vault.protect).to.equal(deletionProtection);
                    expect(vault.inputs.forceDestroy).to.equal(!deletionProtection);
                }
                for (const key of ofType(which, KEY)) {
                    expect(key.protect, key.name).to.equal(deletionProtection);
                }
                expect(one(which, "aws:s3/bucket:Bucket").protect).to.equal(deletionProtection);
            }
        });

        it("mark personal data as such, and its plans and backups", () => {
            const marks = { "data-classification": "pii", jurisdiction: "EU" };
            for (const [type, name] of [
                [VAULT, "personal-vault"],
                [KEY, "personal-encryption-key"],
                [PLAN, "personal"],
                [PLAN, "personal-snapshots"],
            ] as const) {
                expect(one(preview, type, `${NAME}-${name}`).inputs.tags, name).to.deep.include(marks);
            }
            for (const { recoveryPointTags } of rulesOf(preview, "personal")) {
                expect(recoveryPointTags).to.deep.equal({ ...marks, backup: "pii" });
            }
            expect(at(one(preview, VAULT, `${NAME}-backups-vault`).inputs, "tags.jurisdiction")).to.equal(
                undefined,
            );
        });
    });

    describe("has plans that", () => {
        it("take back to any second what can be, hourly, and snapshots of it every day, week and month", () => {
            expect(
                rulesOf(preview, "standard").map(({ ruleName, schedule }) => [ruleName, schedule]),
            ).to.deep.equal([
                ["point-in-time", "cron(0 0,1,2,3,4,6,7,9,10,12,13,14,15,16,17,18,19,20,21,22,23 ? * * *)"],
                ["daily", "cron(0 5 ? * * *)"],
                ["weekly", "cron(0 8 ? * SAT *)"],
                ["monthly", "cron(0 11 1 * ? *)"],
            ]);
            expect(rulesOf(preview, "standard").map((rule) => rule.enableContinuousBackup)).to.deep.equal([
                true,
                false,
                false,
                false,
            ]);
        });

        it("take snapshots of everything else", () => {
            expect(rulesOf(preview, "standard-snapshots").map(({ ruleName }) => ruleName)).to.deep.equal([
                "daily",
                "weekly",
                "monthly",
            ]);
        });

        it("keep personal data no longer than it may linger, for which daily backups are enough", () => {
            const kept = (plan: string) =>
                rulesOf(preview, plan).map(({ lifecycle, ruleName }) => [ruleName, lifecycle.deleteAfter]);
            expect(kept("personal")).to.deep.equal([
                ["point-in-time", 35],
                ["daily", 35],
            ]);
            expect(kept("personal-snapshots")).to.deep.equal([["daily", 35]]);
        });

        it("copy every snapshot to the peer region, for as long, and no personal data", () => {
            for (const plan of ["standard", "standard-snapshots"]) {
                for (const rule of rulesOf(preview, plan)) {
                    // AWS Backup copies no continuous backup of Aurora.
                    const copies = rule.enableContinuousBackup
                        ? undefined
                        : [
                              {
                                  destinationVaultArn: preview.outputs.peerVaultArn,
                                  lifecycle: rule.lifecycle,
                              },
                          ];
                    expect(rule.copyActions, rule.ruleName).to.deep.equal(copies);
                }
            }
            for (const plan of ["personal", "personal-snapshots"]) {
                for (const rule of rulesOf(preview, plan)) {
                    expect(rule, rule.ruleName).not.to.have.property("copyActions");
                    expect(rule.targetVaultName).to.equal("meridian-prod-eu-personal");
                }
            }
        });

        it("stay within what AWS Backup and the vaults' locks take", async () => {
            const longest = await make({
                retention: { pointInTimeDays: 7, dailyDays: 7, monthlyDays: 400, personalDataDays: 7 },
            });
            for (const which of [preview, longest]) {
                for (const plan of ofType(which, PLAN)) {
                    for (const rule of plan.inputs.rules as Rule[]) {
                        const vault = one(
                            which,
                            LOCK,
                            `${NAME}-${plan.name.includes("personal") ? "personal" : "backups"}-lock`,
                        ).inputs;
                        const { deleteAfter } = rule.lifecycle;
                        expect(deleteAfter, rule.ruleName).to.be.within(
                            Number(vault.minRetentionDays),
                            Number(vault.maxRetentionDays),
                        );
                        if (rule.enableContinuousBackup) {
                            expect(deleteAfter).to.be.at.most(35);
                        }
                        expect(rule.lifecycle).not.to.have.property("coldStorageAfter");
                        expect(rule.startWindow).to.be.at.least(60);
                        expect(rule.completionWindow).to.be.greaterThan(rule.startWindow);
                    }
                }
            }
        });

        it("begin at the hour given, past midnight where they must", async () => {
            const late = await make({ startHour: 20 });
            expect(rulesOf(late, "standard").map(({ schedule }) => schedule)).to.deep.equal([
                "cron(0 0,1,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,21,22 ? * * *)",
                "cron(0 20 ? * * *)",
                "cron(0 23 ? * SAT *)",
                "cron(0 2 1 * ? *)",
            ]);
        });

        it("select by the tag, each resource for one plan", () => {
            const recoverable = [`arn:aws:rds:${TEST_REGION}:${TEST_ACCOUNT}:cluster:*`, "arn:aws:s3:::*"];
            for (const [plan, value] of [
                ["standard", "standard"],
                ["personal", "pii"],
            ] as const) {
                const exact = one(preview, SELECTION, `${NAME}-${plan}-tagged`);
                expect(exact.inputs.resources).to.deep.equal(recoverable);
                expect(exact.inputs.conditions).to.deep.equal([
                    { stringEquals: [{ key: "aws:ResourceTag/backup", value }] },
                ]);
                expect(exact.inputs).not.to.have.property("selectionTags");
                const rest = one(preview, SELECTION, `${NAME}-${plan}-snapshots-tagged`);
                expect(rest.inputs.notResources).to.deep.equal(recoverable);
                expect(rest.inputs.selectionTags).to.deep.equal([
                    { type: "STRINGEQUALS", key: "backup", value },
                ]);
                expect(rest.inputs).not.to.have.any.keys("resources", "conditions");
                for (const [selection, of] of [
                    [exact, `${NAME}-${plan}`],
                    [rest, `${NAME}-${plan}-snapshots`],
                ] as const) {
                    expect(selection.inputs.planId).to.equal(one(preview, PLAN, of).id);
                }
            }
        });

        it("work with a role that may back up, and S3 too, by the time that it is named", () => {
            const attached = ofType(preview, ATTACHMENT).filter(({ name }) =>
                name.startsWith(`${NAME}-service-`),
            );
            expect(attached.map(({ inputs }) => inputs.policyArn)).to.deep.equal([
                "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
                "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
            ]);
            for (const selection of ofType(preview, SELECTION)) {
                expect(selection.dependencies, selection.name).to.include.members(
                    attached.map(({ urn }) => urn),
                );
            }
        });

        it("wait for the account's opt-in where it is this component's to ask for", async () => {
            const type = "aws:backup/regionSettings:RegionSettings";
            expect(ofType(preview, type)).to.deep.equal([]);
            const asking = await make({ regionSettings: true });
            const settings = one(asking, type);
            expect(settings.inputs).to.deep.equal({
                region: TEST_REGION,
                resourceTypeOptInPreference: { Aurora: true, DynamoDB: true, S3: true },
                resourceTypeManagementPreference: { DynamoDB: true },
            });
            for (const selection of ofType(asking, SELECTION)) {
                expect(selection.dependencies, selection.name).to.include(settings.urn);
            }
        });
    });

    it("copies nothing where no peer region is given", async () => {
        const alone = await make({ peerRegion: undefined });
        expect(alone.error).to.equal(undefined);
        expect(ofType(alone, VAULT).map(({ inputs }) => inputs.name)).to.deep.equal([
            "meridian-prod-eu-backups",
            "meridian-prod-eu-personal",
        ]);
        const rules = ofType(alone, PLAN).flatMap(({ inputs }) => inputs.rules as Rule[]);
        expect(rules).not.to.deep.equal([]);
        expect(rules.filter(({ copyActions }) => copyActions !== undefined)).to.deep.equal([]);
        // Nobody is told that copies are missing which nobody makes.
        expect(alone.resources.filter(({ name }) => /-cop(?:y|ies|ied)/.test(name))).to.deep.equal([]);
        expect(alone.outputs.peerVaultName).to.equal(undefined);
        expect([
            ...new Set(
                alone.resources.map(({ inputs }) => inputs.region).filter((each) => each !== undefined),
            ),
        ]).to.deep.equal([TEST_REGION]);
    });
});
