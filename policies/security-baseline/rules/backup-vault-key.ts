import { stackRule } from "../../framework";
import { BACKUP_VAULT } from "../../framework/backups";
import { judgeCustomerKey } from "../shared/keys";

export const rule = stackRule({
    id: "backup-vault-key",
    severity: "medium",
    description: "Backup vaults are encrypted with keys of the customer's.",
    fix: "Set kmsKeyArn to the ARN of an aws.kms.Key of the vault's region, which makes a new vault.",
    frameworks: { controls: ["173"], securityHub: ["Backup.1"], checkov: ["CKV_AWS_166"] },
    types: [BACKUP_VAULT],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(BACKUP_VAULT), (vault) => {
            judgeCustomerKey(vault, "kmsKeyArn", (reason) => {
                report(reason, vault);
            });
        });
    },
});
