import { stackRule } from "../../framework";
import { AIR_GAPPED_VAULT, BACKUP_VAULT, BACKUP_VAULT_LOCK } from "../../framework/backups";
import { number } from "../../framework/subject";

interface Config {
    readonly minRetentionDays: number;
}

export const rule = stackRule<Config>({
    id: "backup-vault-locked",
    severity: "high",
    description: "Backup vaults are locked, so that nobody deletes a backup before its time.",
    fix: "Add an aws.backup.VaultLockConfiguration for the vault with a sufficient minRetentionDays.",
    frameworks: { controls: ["P11"] },
    config: {
        minRetentionDays: {
            type: "integer",
            minimum: 1,
            default: 7,
            description: "Days for which a lock must keep every backup at least.",
        },
    },
    types: [BACKUP_VAULT, AIR_GAPPED_VAULT],
    checkStack: (stack, report, { minRetentionDays }) => {
        stack.each(stack.ofType(BACKUP_VAULT), (vault) => {
            const locks = stack.referrersOf(vault, BACKUP_VAULT_LOCK, "backupVaultName");
            if (locks.length === 0) {
                report("has no lock.", vault);
            }
            for (const lock of locks) {
                // Without it a lock lets backups of any age be deleted.
                const days = number(lock.props.minRetentionDays) ?? 0;
                if (days < minRetentionDays) {
                    report(
                        `has a lock with minRetentionDays ${days}, and ${minRetentionDays} is the least.`,
                        vault,
                    );
                }
            }
        });
        // These vaults are locked by nature.
        stack.each(stack.ofType(AIR_GAPPED_VAULT), (vault) => {
            const days = number(vault.props.minRetentionDays) ?? 0;
            if (days < minRetentionDays) {
                report(`has minRetentionDays ${days}, and ${minRetentionDays} is the least.`, vault);
            }
        });
    },
});
