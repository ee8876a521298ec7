import { stackRule } from "../../framework";
import { BACKUP_PLAN, type CopyTarget, copyTargetsOf } from "../../framework/backups";
import { listed, matchesAny } from "../../framework/patterns";
import { placeOf } from "../../framework/places";
import { tagOf } from "../../framework/tags";

interface Config {
    readonly trustedVaults: readonly string[];
    readonly classificationTag: string;
    readonly exemptClassifications: readonly string[];
}

export const rule = stackRule<Config>({
    id: "backup-copied-abroad",
    severity: "high",
    description:
        "Every backup plan copies to another region, into a vault of the stack or one that is known to be locked.",
    fix: "Give a rule of the plan a copy action to a vault of another region that has an aws.backup.VaultLockConfiguration, or is logically air-gapped.",
    frameworks: { controls: ["P10"] },
    config: {
        trustedVaults: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "ARN patterns of vaults outside the stack that are known to be locked, such as the ones of a backup account.",
        },
        classificationTag: {
            type: "string",
            default: "data-classification",
            description: "The tag that says how sensitive a plan's backups are.",
        },
        exemptClassifications: {
            type: "array",
            items: { type: "string" },
            default: ["pii"],
            description:
                "Its values for plans that need no copy abroad, because the law may forbid one. Copies that they do make are judged.",
        },
    },
    types: [BACKUP_PLAN],
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(BACKUP_PLAN), (plan) => {
            const home = placeOf(plan);
            const abroad = copyTargetsOf(stack, plan).filter(({ region }) => region !== home);
            const open = abroad.filter((target) => !isTrusted(target, config.trustedVaults));
            if (open.length > 0) {
                const labels = [...new Set(open.map(({ label }) => label))];
                report(
                    `copies to ${listed(labels)}, which the stack does not lock and trustedVaults does not name.`,
                    plan,
                );
                return;
            }
            const classification = tagOf(plan, config.classificationTag);
            const exempt =
                classification !== undefined && config.exemptClassifications.includes(classification);
            if (abroad.length === 0 && !exempt) {
                report(`has no copy outside ${home ?? "its region"}.`, plan);
            }
        });
    },
});

/** Whether nothing is to be said of the vault here: of one that the stack has, `backup-vault-locked` says it. */
function isTrusted({ label, vault }: CopyTarget, trusted: readonly string[]): boolean {
    return vault !== undefined || matchesAny(trusted, label);
}
