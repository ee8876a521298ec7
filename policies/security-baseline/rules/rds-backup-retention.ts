import { number, resourceRule } from "../../framework";
import { counted } from "../../framework/patterns";
import { DB_CLUSTER, DB_INSTANCE, isReadReplica } from "../shared/databases";

interface Config {
    readonly minDays: number;
    readonly readReplicas: boolean;
}

export const rule = resourceRule<Config>({
    id: "rds-backup-retention",
    severity: "medium",
    description: "Automatic backups of databases are kept for some days.",
    fix: "Set backupRetentionPeriod to the days that the configuration asks for, or more (35 at most).",
    frameworks: { controls: ["43", "44"], securityHub: ["RDS.11", "RDS.50"], checkov: ["CKV_AWS_133"] },
    types: [DB_CLUSTER, DB_INSTANCE],
    config: {
        minDays: { type: "integer", minimum: 1, maximum: 35, default: 7, description: "Days at least." },
        readReplicas: {
            type: "boolean",
            default: false,
            description: "Whether read replicas need backups of their own.",
        },
    },
    check: ({ type, props }, report, { minDays, readReplicas }) => {
        if (type === DB_INSTANCE && !readReplicas && isReadReplica(props)) {
            return;
        }
        // The provider's default is no backup of an instance, and one day for a cluster.
        const days = number(props.backupRetentionPeriod) ?? (type === DB_CLUSTER ? 1 : 0);
        if (days < minDays) {
            report(`keeps backups for ${counted(days, "day")}; at least ${minDays} are wanted.`);
        }
    },
});
