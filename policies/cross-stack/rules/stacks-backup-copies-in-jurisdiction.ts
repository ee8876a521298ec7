import { acrossStacks } from "../../framework/acrossStacks";
import { rule as backupCopies } from "../../residency-and-cost/rules/backup-copies-in-jurisdiction";
import { sharedSettings } from "../../residency-and-cost/shared/residency";

export const rule = acrossStacks(backupCopies, {
    id: "stacks-backup-copies-in-jurisdiction",
    description:
        "Copies of backups go where the data may be, also where a plan backs up the stores of another stack.",
    shared: sharedSettings,
});
