import { number, resourceRule } from "../../framework";

interface Config {
    readonly minDays: number;
}

export const rule = resourceRule<Config>({
    id: "docdb-backup-retention",
    severity: "medium",
    description: "DocumentDB clusters keep backups for a week or longer.",
    fix: "Set backupRetentionPeriod to 7 or more.",
    frameworks: { controls: ["154"], securityHub: ["DocumentDB.2"], checkov: ["CKV_AWS_360"] },
    types: ["aws:docdb/cluster:Cluster"],
    config: {
        minDays: {
            type: "integer",
            minimum: 1,
            maximum: 35,
            default: 7,
            description: "The least number of days.",
        },
    },
    check: ({ props }, report, { minDays }) => {
        // AWS's default is 1.
        const days = number(props.backupRetentionPeriod) ?? 1;
        if (days < minDays) {
            report(
                `keeps backups for a short time: backupRetentionPeriod is ${days}, and ${minDays} is demanded.`,
            );
        }
    },
});
