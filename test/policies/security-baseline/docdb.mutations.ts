import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const CLUSTER = "aws:docdb/cluster:Cluster";
const PARAMETERS = "aws:docdb/clusterParameterGroup:ClusterParameterGroup";

const CLUSTERS: readonly FixtureResource[] = [
    {
        type: CLUSTER,
        name: "wares",
        inputs: {
            storageEncrypted: true,
            kmsKeyId: KEY_ARN,
            backupRetentionPeriod: 7,
            deletionProtection: true,
            enabledCloudwatchLogsExports: ["audit"],
        },
        options: { protect: true },
    },
    {
        type: PARAMETERS,
        name: "wares",
        inputs: {
            family: "docdb5.0",
            parameters: [
                { name: "audit_logs", value: "enabled" },
                { name: "tls", value: "tls1.2+" },
            ],
        },
    },
];
const cluster = { type: CLUSTER, name: "wares", fixture: CLUSTERS };
const parameters = { type: PARAMETERS, name: "wares", fixture: CLUSTERS };

export const mutants: readonly Mutant[] = [
    setting(cluster, "docdb-encryption", "off", "storageEncrypted", false),
    unsetting(cluster, "docdb-encryption", "left out", "storageEncrypted", {
        message: "storageEncrypted is not given",
    }),
    unsetting(cluster, "docdb-encryption", "AWS's key", "kmsKeyId", { message: "kmsKeyId is not given" }),
    setting(cluster, "docdb-backup-retention", "six days", "backupRetentionPeriod", 6),
    unsetting(cluster, "docdb-backup-retention", "left out", "backupRetentionPeriod", {
        message: "backupRetentionPeriod is 1, and 7 is demanded",
    }),
    setting(cluster, "docdb-audit-logs", "another log", "enabledCloudwatchLogsExports", ["profiler"]),
    unsetting(cluster, "docdb-audit-logs", "left out", "enabledCloudwatchLogsExports"),
    setting(cluster, "docdb-deletion-protection", "off", "deletionProtection", false),
    unsetting(cluster, "docdb-deletion-protection", "left out", "deletionProtection"),
    setting(parameters, "docdb-parameters", "no TLS", "parameters[1].value", "disabled", {
        message: 'the parameter tls is "disabled"',
    }),
    setting(parameters, "docdb-parameters", "no audit log", "parameters[0].value", "none", {
        message: 'the parameter audit_logs is "none"',
    }),
    unsetting(parameters, "docdb-parameters", "left out", "parameters"),
];

export const accepted: readonly Accepted[] = [
    setting(parameters, "docdb-parameters", "TLS as AWS has it", "parameters", [
        { name: "audit_logs", value: "ddl" },
    ]),
];
