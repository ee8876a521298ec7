import { type Accepted, type Mutant, type MutableStack } from "../../support/policies/mutation";
import {
    AIR_GAPPED,
    airGappedFixture,
    backupFixture,
    LOCK,
    PLAN,
    VAULT,
} from "../../support/policies/backupStack";

const fixture = backupFixture;

function setRule(stack: MutableStack, path: string, value: unknown): void {
    stack.set(stack.find(PLAN, "fixture-plan"), `rules[0].${path}`, value);
}

export const mutants: readonly Mutant[] = [
    {
        rule: "backup-copied-abroad",
        title: "the region's plan without copies",
        change: (stack) => {
            const plan = stack.find(PLAN, "shop-backup-standard-snapshots");
            const rules = plan.inputs["rules"] as readonly Record<string, unknown>[];
            rules.forEach((rule, index) => {
                if ("copyActions" in rule) {
                    stack.unset(plan, `rules[${index}].copyActions`);
                }
            });
        },
        message: "has no copy outside us-east-1.",
    },
    {
        rule: "backup-vault-locked",
        title: "the copies of the other region without a lock",
        stack: "prod-eu",
        change: (stack) => {
            stack.remove(stack.find(LOCK, "shop-backup-copies-lock"));
        },
        message: "has no lock.",
    },
    {
        rule: "backup-vault-locked",
        title: "personal data's vault without a lock",
        stack: "prod-eu",
        change: (stack) => {
            stack.remove(stack.find(LOCK, "shop-backup-personal-lock"));
        },
        message: "has no lock.",
    },
    {
        rule: "backup-vault-locked",
        title: "the region's lock cut to a day",
        change: (stack) => {
            stack.set(stack.find(LOCK, "shop-backup-backups-lock"), "minRetentionDays", 1);
        },
        message: "has a lock with minRetentionDays 1, and 7 is the least.",
    },
    {
        rule: "backup-copied-abroad",
        title: "a plan that copies nowhere",
        fixture,
        change: (stack) => {
            stack.unset(stack.find(PLAN, "fixture-plan"), "rules[0].copyActions");
        },
        message: "has no copy outside us-east-1.",
    },
    {
        rule: "backup-copied-abroad",
        title: "a plan that copies within its region",
        fixture,
        change: (stack) => {
            setRule(
                stack,
                "copyActions[0].destinationVaultArn",
                "arn:aws:backup:us-east-1:111122223333:backup-vault:fixture-home",
            );
        },
        message: "has no copy outside us-east-1.",
    },
    {
        rule: "backup-vault-locked",
        title: "a copy to a vault without a lock",
        fixture,
        change: (stack) => {
            stack.remove(stack.find(LOCK, "fixture-abroad-lock"));
        },
        message: "has no lock.",
    },
    {
        rule: "backup-copied-abroad",
        title: "a copy to a vault of another account",
        fixture,
        change: (stack) => {
            setRule(
                stack,
                "copyActions[0].destinationVaultArn",
                "arn:aws:backup:eu-west-1:444455556666:backup-vault:central",
            );
        },
        message: "backup-vault:central, which the stack does not lock and trustedVaults does not name.",
    },
    {
        rule: "backup-copied-abroad",
        title: "a second copy, to a vault without a lock, beside one to an air-gapped vault",
        fixture: airGappedFixture,
        change: (stack) => {
            setRule(
                stack,
                "copyActions[1].destinationVaultArn",
                "arn:aws:backup:eu-west-1:444455556666:backup-vault:central",
            );
        },
        message: "backup-vault:central, which the stack does not lock and trustedVaults does not name.",
    },
    {
        rule: "backup-vault-locked",
        title: "a vault without a lock",
        fixture,
        change: (stack) => {
            stack.remove(stack.find(LOCK, "fixture-home-lock"));
        },
        message: "has no lock.",
    },
    {
        rule: "backup-vault-locked",
        title: "a lock that keeps backups for two days",
        fixture,
        change: (stack) => {
            stack.set(stack.find(LOCK, "fixture-home-lock"), "minRetentionDays", 2);
        },
        message: "has a lock with minRetentionDays 2, and 7 is the least.",
    },
    {
        rule: "backup-vault-locked",
        title: "a lock that says nothing of retention",
        fixture,
        change: (stack) => {
            stack.unset(stack.find(LOCK, "fixture-home-lock"), "minRetentionDays");
        },
        message: "has a lock with minRetentionDays 0",
    },
    {
        rule: "backup-vault-locked",
        title: "an air-gapped vault that keeps backups for a day",
        fixture: [
            {
                type: AIR_GAPPED,
                name: "fixture-air-gapped",
                inputs: { name: "fixture-air-gapped", minRetentionDays: 7, maxRetentionDays: 35 },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(AIR_GAPPED), "minRetentionDays", 1);
        },
        message: "has minRetentionDays 1, and 7 is the least.",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "backup-copied-abroad",
        title: "a plan of personal data that copies nowhere",
        fixture,
        change: (stack) => {
            const plan = stack.find(PLAN, "fixture-plan");
            stack.set(plan, ["tags", "data-classification"], "pii");
            stack.unset(plan, "rules[0].copyActions");
        },
    },
    {
        rule: "backup-copied-abroad",
        title: "a copy to an air-gapped vault, by reference",
        fixture: airGappedFixture,
        change: (stack) => {
            stack.set(stack.find(PLAN, "fixture-plan"), "tags.rpo", "25h");
        },
    },
    {
        rule: "backup-copied-abroad",
        title: "a copy to an air-gapped vault, by its name",
        fixture: airGappedFixture,
        change: (stack) => {
            setRule(
                stack,
                "copyActions[0].destinationVaultArn",
                "arn:aws:backup:us-west-2:111122223333:backup-vault:fixture-abroad",
            );
        },
    },
    {
        rule: "backup-copied-abroad",
        title: "a copy to a vault that the configuration trusts",
        fixture,
        config: { trustedVaults: ["arn:aws:backup:*:444455556666:backup-vault:central"] },
        change: (stack) => {
            setRule(
                stack,
                "copyActions[0].destinationVaultArn",
                "arn:aws:backup:eu-west-1:444455556666:backup-vault:central",
            );
        },
    },
    {
        rule: "backup-vault-locked",
        title: "a longer lock",
        fixture,
        change: (stack) => {
            stack.set(stack.find(LOCK, "fixture-home-lock"), "minRetentionDays", 35);
            stack.set(stack.find(VAULT, "fixture-home"), "tags", { purpose: "fixture" });
        },
    },
];
