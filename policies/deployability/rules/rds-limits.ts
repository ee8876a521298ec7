import { limitsRule } from "../shared/tables";
import { DOCDB_CLUSTER, RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../shared/types";

const monitoring = { monitoringInterval: [0, 1, 5, 10, 15, 30, 60] };
const insights = { databaseInsightsMode: ["standard", "advanced"] };
const support = {
    engineLifecycleSupport: ["open-source-rds-extended-support", "open-source-rds-extended-support-disabled"],
};

export const rule = limitsRule({
    id: "rds-limits",
    description: "Settings of databases are among the values that RDS takes.",
    controls: ["F1.2.12", "F1.2.14", "F1.4.7"],
    table: {
        [RDS_CLUSTER]: {
            ranges: {
                // Aurora cannot do without automated backups.
                backupRetentionPeriod: { min: 1, max: 35 },
                backtrackWindow: { min: 0, max: 259200 },
                port: { min: 1150, max: 65535 },
            },
            choices: { ...monitoring, ...insights, ...support, networkType: ["IPV4", "DUAL"] },
        },
        [RDS_CLUSTER_INSTANCE]: {
            ranges: { promotionTier: { min: 0, max: 15 } },
            choices: monitoring,
        },
        [RDS_INSTANCE]: {
            ranges: { backupRetentionPeriod: { min: 0, max: 35 }, port: { min: 1150, max: 65535 } },
            choices: { ...monitoring, ...insights, ...support, networkType: ["IPV4", "DUAL"] },
        },
        [DOCDB_CLUSTER]: {
            ranges: { backupRetentionPeriod: { min: 1, max: 35 } },
            choices: { storageType: ["standard", "iopt1"] },
        },
    },
});
