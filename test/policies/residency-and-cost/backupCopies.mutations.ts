import { type Accepted, type Mutant, UNKNOWN } from "../../support/policies/mutation";
import { AIR_GAPPED, airGappedFixture, backupFixture, PLAN, VAULT } from "../../support/policies/backupStack";

const TABLE = "aws:dynamodb/table:Table";

const fixture = backupFixture;

export const mutants: readonly Mutant[] = [
    {
        rule: "backup-copies-in-jurisdiction",
        title: "European personal data copied to America",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(PLAN, "shop-backup-personal"), "rules[1].copyActions", [
                {
                    destinationVaultArn:
                        "arn:aws:backup:us-east-1:111122223333:backup-vault:meridian-prod-eu-copies",
                },
            ]);
        },
        message: 'to vault "shop-backup-copies-vault" in us-east-1, and pii data of EU may be in',
    },
    {
        rule: "backup-copies-in-jurisdiction",
        title: "the region's copies in a region that nobody allows",
        change: (stack) => {
            stack.set(stack.find(VAULT, "shop-backup-copies-vault"), "region", "ap-south-1");
            const plan = stack.find(PLAN, "shop-backup-standard-snapshots");
            stack.set(plan, "rules[0].copyActions[0].destinationVaultArn", UNKNOWN);
        },
        alsoFires: ["region-allowed"],
        message:
            'copies backups to vault "shop-backup-copies-vault" in ap-south-1, and unclassified data may be in',
    },
    {
        rule: "backup-copies-in-jurisdiction",
        title: "a copy to a region that nobody allows",
        fixture,
        change: (stack) => {
            stack.set(
                stack.find(PLAN, "fixture-plan"),
                "rules[0].copyActions[0].destinationVaultArn",
                "arn:aws:backup:ap-south-1:111122223333:backup-vault:far-away",
            );
        },
        message:
            "copies backups to arn:aws:backup:ap-south-1:111122223333:backup-vault:far-away in ap-south-1, and",
    },
    {
        rule: "backup-copies-in-jurisdiction",
        title: "a plan of American personal data that copies to Europe",
        fixture,
        change: (stack) => {
            const plan = stack.find(PLAN, "fixture-plan");
            stack.set(plan, ["tags", "data-classification"], "pii");
            stack.set(plan, ["tags", "jurisdiction"], "US");
            stack.set(stack.find(VAULT, "fixture-abroad"), "region", "eu-west-1");
        },
        message: 'copies backups to vault "fixture-abroad" in eu-west-1, and pii data of US may be in',
    },
    {
        rule: "backup-copies-in-jurisdiction",
        title: "a plan of American personal data that copies to an air-gapped vault in Europe",
        fixture: airGappedFixture,
        change: (stack) => {
            const plan = stack.find(PLAN, "fixture-plan");
            stack.set(plan, ["tags", "data-classification"], "pii");
            stack.set(plan, ["tags", "jurisdiction"], "US");
            stack.set(stack.find(AIR_GAPPED), "region", "eu-west-1");
        },
        message: 'copies backups to vault "fixture-abroad" in eu-west-1, and pii data of US may be in',
    },
    {
        rule: "backup-copies-in-jurisdiction",
        title: "a plan for everything that takes in personal data",
        fixture,
        change: (stack) => {
            stack.set(stack.find(VAULT, "fixture-abroad"), "region", "eu-west-1");
            stack.set(stack.find(TABLE), "tags.backup", "fixture");
        },
        message: 'copies backups of "shop-pii-table" to vault "fixture-abroad" in eu-west-1',
    },
    {
        rule: "backup-copies-in-jurisdiction",
        title: "a plan of personal data of nobody's",
        fixture,
        change: (stack) => {
            stack.set(stack.find(PLAN, "fixture-plan"), ["tags", "data-classification"], "pii");
        },
        alsoFires: ["region-allowed"],
        message: 'copies backups, and it is tagged data-classification "pii" and has no tag jurisdiction.',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "backup-copies-in-jurisdiction",
        title: "personal data that stays within its jurisdiction, and a plan that copies nowhere",
        fixture,
        change: (stack) => {
            stack.set(stack.find(TABLE), "tags.backup", "fixture");
        },
    },
    {
        rule: "backup-copies-in-jurisdiction",
        title: "personal data in an air-gapped vault within its jurisdiction",
        fixture: airGappedFixture,
        change: (stack) => {
            stack.set(stack.find(TABLE), "tags.backup", "fixture");
        },
    },
];
