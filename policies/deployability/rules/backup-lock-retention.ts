import { ifKnown, isUnknown, number, object, stackRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { rangeText } from "../shared/values";

const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const PLAN = "aws:backup/plan:Plan";
const VAULT = "aws:backup/vault:Vault";

export const rule = stackRule({
    id: "backup-lock-retention",
    severity: "high",
    description:
        "A vault's lock has a shortest time below its longest, which the plans that back up into it keep.",
    fix: "Set minRetentionDays and maxRetentionDays around the plans' deleteAfter, and changeableForDays to 3 or more.",
    frameworks: { controls: ["F18.1"] },
    types: [LOCK],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(LOCK), (lock) => {
            const min = number(lock.props.minRetentionDays) ?? 1;
            const max = number(lock.props.maxRetentionDays) ?? Infinity;
            const grace = number(lock.props.changeableForDays) ?? 3;
            if (min > max) {
                report(`has minRetentionDays ${min} above maxRetentionDays ${max}.`, lock);
            }
            if (grace < 3 || grace > 36500) {
                report(`has changeableForDays ${grace}; allowed: 3 to 36500.`, lock);
            }
            const vault = stack.referencesOf(lock, "backupVaultName", VAULT)[0];
            const name = ifKnown(() =>
                text(vault === undefined ? lock.props.backupVaultName : vault.props.name),
            );
            stack.each(stack.ofType(PLAN), (plan) => {
                const vaults = (plan.propertyDependencies.rules ?? []).filter(({ type }) => type === VAULT);
                eachObject(plan.props.rules, (each, index) => {
                    // A name that is not known yet is that of the vaults which the plan comes after.
                    const isAwaited = vaults.length > 0 && isUnknown(() => each.targetVaultName);
                    const isTarget = isAwaited
                        ? vaults.some(({ urn }) => urn === vault?.urn)
                        : text(each.targetVaultName) === name && name !== undefined;
                    const days = isTarget ? number(object(each.lifecycle).deleteAfter) : undefined;
                    if (days !== undefined && (days < min || days > max)) {
                        report(
                            `has rules[${index}] with deleteAfter ${days}, and the vault's lock allows ${rangeText({ min, max })}.`,
                            plan,
                        );
                    }
                });
            });
        });
    },
});
