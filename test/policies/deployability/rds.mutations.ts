import { type Accepted, type Mutant, UNKNOWN } from "../../support/policies/mutation";
import { CLUSTER, cluster, give, INSTANCE, KEY } from "./databases";

export const mutants: readonly Mutant[] = [
    {
        rule: "rds-password-arguments",
        title: "a write-only password without its version",
        fixture: [
            cluster("wo", { masterPassword: undefined, masterPasswordWo: "x", masterPasswordWoVersion: 1 }),
        ],
        change: (stack) => {
            stack.unset(stack.find(CLUSTER, "wo"), "masterPasswordWoVersion");
        },
        decidedBy: "relations",
        message: "has masterPasswordWo without masterPasswordWoVersion",
    },
    {
        rule: "rds-password-arguments",
        title: "two passwords",
        fixture: [
            cluster("two", { masterPasswordWoVersion: 1, masterPasswordWo: "x", masterPassword: undefined }),
        ],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "two"), "masterPassword", "correct-horse-battery");
        },
        decidedBy: "relations",
        message: "has both",
    },
    {
        rule: "rds-password-arguments",
        title: "a password beside one that RDS manages",
        fixture: [cluster("managed")],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "managed"), "manageMasterUserPassword", true);
        },
        message: "has manageMasterUserPassword true and masterPassword",
    },
    {
        rule: "rds-master-credentials",
        title: "a reserved user",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "masterUsername", "admin");
        },
        message: "which is reserved",
    },
    {
        rule: "rds-master-credentials",
        title: "a user that is too long",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "masterUsername", "meridian_administrator");
        },
        message: "of 22 characters; allowed: 16",
    },
    {
        rule: "rds-master-credentials",
        title: "a user that begins with a digit",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "masterUsername", "1admin");
        },
        message: "not a letter followed",
    },
    {
        rule: "rds-master-credentials",
        title: "a short password",
        fixture: [cluster("short")],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "short"), "masterPassword", "short");
        },
        message: "of 5 characters; allowed: 8 to 41",
    },
    {
        rule: "rds-master-credentials",
        title: "a password with an at sign",
        fixture: [cluster("signed")],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "signed"), "masterPassword", "horse@battery");
        },
        message: "a character that RDS rejects",
    },
    {
        rule: "rds-generated-password",
        title: "the default special characters",
        change: (stack) => {
            stack.unset(stack.find("random:index/randomPassword:RandomPassword", /db/), "overrideSpecial");
        },
        message: "may put @ in it",
    },
    {
        rule: "rds-generated-password",
        title: "a password that is too long",
        change: (stack) => {
            stack.set(stack.find("random:index/randomPassword:RandomPassword", /db/), "length", 48);
        },
        message: "has length 48",
    },
    {
        rule: "rds-standalone-master-user",
        title: "no user",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "masterUsername");
        },
        decidedBy: "relations",
        message: "has no masterUsername",
    },
    {
        rule: "rds-standalone-master-user",
        title: "no password",
        fixture: [cluster("open", { manageMasterUserPassword: true, masterPassword: undefined })],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "open"), "manageMasterUserPassword", false);
        },
        message: "has no masterPassword",
    },
    {
        rule: "rds-final-snapshot-identifier",
        title: "no final snapshot",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "finalSnapshotIdentifier");
        },
        message: "deleting it fails",
    },
    {
        rule: "rds-final-snapshot-identifier",
        title: "a name for a snapshot that is skipped",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "skipFinalSnapshot", true);
        },
        message: "exclude each other",
    },
    {
        rule: "rds-final-snapshot-identifier",
        title: "a name that ends in a hyphen",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "finalSnapshotIdentifier", "final-");
        },
        message: 'has finalSnapshotIdentifier "final-"',
    },
    {
        rule: "rds-windows",
        title: "windows that overlap",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "preferredBackupWindow", "03:45-04:15");
        },
        message: "that overlap",
    },
    {
        rule: "rds-windows",
        title: "windows that overlap across midnight",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "preferredBackupWindow", "23:30-00:30");
            stack.set(stack.find(CLUSTER), "preferredMaintenanceWindow", "mon:00:00-mon:01:00");
        },
        message: "that overlap",
    },
    {
        rule: "rds-windows",
        title: "a window of ten minutes",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "preferredBackupWindow", "02:00-02:10");
        },
        message: "shorter than 30 minutes",
    },
    {
        rule: "rds-windows",
        title: "a day in full",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "preferredMaintenanceWindow", "sunday:04:00-sunday:05:00");
        },
        message: 'has preferredMaintenanceWindow "sunday',
    },
    {
        rule: "rds-monitoring-role",
        title: "monitoring without a role",
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "monitoringRoleArn");
        },
        message: "without monitoringRoleArn",
    },
    {
        rule: "rds-monitoring-role",
        title: "a role without monitoring",
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "monitoringInterval", 0);
        },
        message: "with monitoringInterval 0",
    },
    {
        rule: "rds-performance-insights",
        title: "a retention of 100 days",
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "performanceInsightsRetentionPeriod", 100);
        },
        message: "has performanceInsightsRetentionPeriod 100",
    },
    {
        rule: "rds-performance-insights",
        title: "advanced insights that forget",
        fixture: [
            cluster("insights", {
                databaseInsightsMode: "advanced",
                performanceInsightsEnabled: true,
                performanceInsightsRetentionPeriod: 465,
            }),
        ],
        change: (stack) => {
            stack.unset(stack.find(CLUSTER, "insights"), "performanceInsightsRetentionPeriod");
        },
        message: "allowed: 465 or more",
    },
    {
        rule: "rds-performance-insights",
        title: "a key without insights",
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "performanceInsightsEnabled", false);
        },
        message: "has performanceInsightsKmsKeyId without",
    },
    {
        rule: "rds-log-exports-by-engine",
        title: "a log of MySQL",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "enabledCloudwatchLogsExports", ["postgresql", "slowquery"]);
        },
        message: 'exports the log "slowquery"',
    },
    {
        rule: "rds-subnet-group-zones",
        title: "subnets of one zone",
        // Which of the network's subnets something is in is known once they are there.
        assumed: true,
        change: (stack) => {
            for (const subnet of stack
                .all("aws:ec2/subnet:Subnet")
                .filter(({ name }) => /-data-/.test(name))) {
                stack.set(subnet, "availabilityZone", "us-east-1a");
            }
        },
        message: "subnets in us-east-1a alone",
    },
    {
        rule: "rds-limits",
        title: "no backups",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "backupRetentionPeriod", 0);
        },
        message: "has backupRetentionPeriod 0; allowed: 1 to 35",
    },
    {
        rule: "rds-limits",
        title: "monitoring every two seconds",
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "monitoringInterval", 2);
        },
        message: "allowed: 0, 1, 5, 10, 15, 30, 60",
    },
    {
        rule: "kms-key-arn",
        title: "a key's alias",
        change: (stack) => {
            give(stack, CLUSTER, "shop-db-cluster", "kmsKeyId", "alias/shop-db");
        },
        message: 'has kmsKeyId "alias/shop-db"',
    },
    {
        rule: "kms-key-arn",
        title: "a log group with a key's id",
        change: (stack) => {
            give(stack, "aws:cloudwatch/logGroup:LogGroup", "shop-api-log", "kmsKeyId", "9bf89270-78df");
        },
    },
    {
        rule: "kms-key-arn",
        title: "a key without encryption",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "storageEncrypted");
        },
        message: "has kmsKeyId without storageEncrypted true",
    },
    {
        rule: "pulumi-ignore-changes-spelling",
        title: "a name as Terraform spells it",
        change: (stack) => {
            const { options } = stack.find(CLUSTER);
            stack.setOptions(stack.find(CLUSTER), {
                ignoreChanges: [...options.ignoreChanges, "master_username"],
            });
        },
        decidedBy: "relations",
        message: 'ignores changes of "master_username"',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "pulumi-ignore-changes-spelling",
        title: "a tag, and everything",
        change: (stack) => {
            stack.setOptions(stack.find(CLUSTER), { ignoreChanges: ["*", 'tags["cost-center"]'] });
        },
    },
    {
        rule: "rds-windows",
        title: "windows side by side",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "preferredBackupWindow", "03:00-04:00");
        },
    },
    {
        rule: "kms-key-arn",
        title: "a key of the stack that is not known yet",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "kmsKeyId", UNKNOWN);
            stack.relate(stack.find(CLUSTER), "kmsKeyId", stack.find(KEY));
        },
    },
];
