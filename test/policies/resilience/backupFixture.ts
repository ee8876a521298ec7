import { type FixtureResource, refTo } from "../mutation";

export const VAULT = "aws:backup/vault:Vault";
export const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
export const PLAN = "aws:backup/plan:Plan";
export const SELECTION = "aws:backup/selection:Selection";

const HOME = "us-east-1";
const ABROAD = "us-west-2";

function vault(name: string, region: string): FixtureResource[] {
    return [
        { type: VAULT, name, inputs: { name, region }, options: { protect: true } },
        {
            type: LOCK,
            name: `${name}-lock`,
            inputs: { backupVaultName: refTo(VAULT, name), region, minRetentionDays: 7 },
        },
    ];
}

/** A plan that runs every day and copies to a locked vault of another region, for what is tagged `backup: fixture`. */
export const backupFixture: readonly FixtureResource[] = [
    ...vault("fixture-home", HOME),
    ...vault("fixture-abroad", ABROAD),
    {
        type: PLAN,
        name: "fixture-plan",
        inputs: {
            name: "fixture-plan",
            region: HOME,
            tags: { rpo: "24h", "recovery-tier": "2" },
            rules: [
                {
                    ruleName: "daily",
                    targetVaultName: refTo(VAULT, "fixture-home"),
                    schedule: "cron(0 5 ? * * *)",
                    enableContinuousBackup: false,
                    lifecycle: { deleteAfter: 14 },
                    copyActions: [
                        {
                            destinationVaultArn: refTo(VAULT, "fixture-abroad"),
                            lifecycle: { deleteAfter: 14 },
                        },
                    ],
                },
            ],
        },
    },
    {
        type: SELECTION,
        name: "fixture-selection",
        inputs: {
            name: "fixture-selection",
            region: HOME,
            planId: refTo(PLAN, "fixture-plan"),
            iamRoleArn: "arn:aws:iam::111122223333:role/backup",
            selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "fixture" }],
        },
    },
];
