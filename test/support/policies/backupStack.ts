import { type FixtureResource, refTo } from "./mutation";

export const AIR_GAPPED = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault";
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

function planThatCopiesTo(type: string, vaultName: string): FixtureResource {
    return {
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
                        { destinationVaultArn: refTo(type, vaultName), lifecycle: { deleteAfter: 14 } },
                    ],
                },
            ],
        },
    };
}

function selection(): FixtureResource {
    return {
        type: SELECTION,
        name: "fixture-selection",
        inputs: {
            name: "fixture-selection",
            region: HOME,
            planId: refTo(PLAN, "fixture-plan"),
            iamRoleArn: "arn:aws:iam::111122223333:role/backup",
            selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "fixture" }],
        },
    };
}

/** A plan that runs every day and copies to a locked vault of another region, for what is tagged `backup: fixture`. */
export const backupFixture: readonly FixtureResource[] = [
    ...vault("fixture-home", HOME),
    ...vault("fixture-abroad", ABROAD),
    planThatCopiesTo(VAULT, "fixture-abroad"),
    selection(),
];

/** The same, with copies to a vault that is logically air-gapped. */
export const airGappedFixture: readonly FixtureResource[] = [
    ...vault("fixture-home", HOME),
    {
        type: AIR_GAPPED,
        name: "fixture-abroad",
        inputs: { name: "fixture-abroad", region: ABROAD, minRetentionDays: 7, maxRetentionDays: 35 },
    },
    planThatCopiesTo(AIR_GAPPED, "fixture-abroad"),
    selection(),
];
