import { type Accepted, type Mutant, refTo } from "../../support/policies/mutation";
import {
    CLUSTER,
    cluster,
    give,
    GLOBAL,
    IGNORED,
    INSTANCE,
    KEY,
    key,
    pair,
    REFERENCE,
    SCALING,
    SECONDARY,
} from "./databases";

export const mutants: readonly Mutant[] = [
    {
        rule: "aurora-secondary-without-credentials",
        title: "a secondary with a master user",
        stack: "prod-global",
        change: (stack) => {
            give(stack, CLUSTER, SECONDARY, "masterUsername", "meridian_admin");
        },
        decidedBy: "relations",
        message: "has masterUsername",
    },
    {
        rule: "aurora-secondary-without-credentials",
        title: "two clusters of a global database with a database name",
        fixture: pair,
        change: (stack) => {
            give(stack, CLUSTER, "pair-eu", "databaseName", "shop");
        },
        decidedBy: "relations",
        message: "has databaseName",
    },
    {
        rule: "aurora-secondary-own-region-key",
        title: "the primary's key",
        stack: "prod-global",
        change: (stack) => {
            const arn = "arn:aws:kms:us-east-1:111122223333:key/9bf89270-78df-464d-8c19-eb7266bcf8c3";
            stack.set(stack.find(CLUSTER, SECONDARY), "kmsKeyId", arn);
            stack.relate(stack.find(CLUSTER, SECONDARY), "kmsKeyId", stack.find(REFERENCE));
        },
        message: "is in eu-central-1 and has a kmsKeyId of us-east-1",
        alsoFires: ["kms-key-region"],
    },
    {
        rule: "aurora-secondary-own-region-key",
        title: "a key resource of another region",
        fixture: [...pair, key("pair-home-key", "us-east-1")],
        change: (stack) => {
            stack.refer(stack.find(CLUSTER, "pair-eu"), "kmsKeyId", stack.find(KEY, "pair-home-key"));
        },
        message: "a kmsKeyId of us-east-1",
        alsoFires: ["kms-key-region"],
    },
    {
        rule: "aurora-secondary-own-region-key",
        title: "no key",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER, SECONDARY), "kmsKeyId");
        },
        message: "has no kmsKeyId",
    },
    {
        rule: "aurora-secondary-own-region-key",
        title: "no encryption",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER, SECONDARY), "storageEncrypted");
        },
        message: "has no storageEncrypted true",
        alsoFires: ["kms-key-arn"],
    },
    {
        rule: "aurora-member-ignore-changes",
        title: "a source that no longer ignores its version",
        change: (stack) => {
            const source = stack.find(CLUSTER, "shop-db-cluster");
            stack.setOptions(source, {
                ignoreChanges: source.options.ignoreChanges.filter((each) => each !== "engineVersion"),
            });
        },
        decidedBy: "relations",
        message: "does not ignore changes of engineVersion",
    },
    {
        rule: "aurora-member-ignore-changes",
        title: "a secondary that ignores nothing",
        stack: "prod-global",
        change: (stack) => {
            stack.setOptions(stack.find(CLUSTER, SECONDARY), { ignoreChanges: [] });
        },
        decidedBy: "relations",
        message: "replicationSourceIdentifier and engineVersion",
    },
    {
        rule: "aurora-source-ignores-global",
        title: "a source that lets go of its global database",
        fixture: [
            {
                ...cluster("origin"),
                options: { ignoreChanges: ["globalClusterIdentifier", ...IGNORED] },
            },
            {
                type: GLOBAL,
                name: "from-origin",
                inputs: {
                    globalClusterIdentifier: "from-origin",
                    sourceDbClusterIdentifier: refTo(CLUSTER, "origin"),
                    forceDestroy: true,
                },
            },
        ],
        change: (stack) => {
            stack.setOptions(stack.find(CLUSTER, "origin"), { ignoreChanges: IGNORED });
        },
        decidedBy: "relations",
        message: "takes it out of the global database",
    },
    {
        rule: "aurora-cluster-identifiers-differ",
        title: "one identifier in both regions",
        fixture: pair,
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "pair-eu"), "clusterIdentifier", "pair-us");
        },
        message: /has the clusterIdentifier "pair-us", and so has pair-us/,
        alsoFires: ["aws-duplicate-names"],
    },
    {
        rule: "aurora-member-versions-agree",
        title: "another version in the other region",
        fixture: pair,
        change: (stack) => {
            give(stack, CLUSTER, "pair-eu", "engineVersion", "17.6");
        },
        message: 'has engineVersion "17.6", and pair-us, which it belongs with, has "17.7"',
    },
    {
        rule: "aurora-member-versions-agree",
        title: "an instance of another engine",
        change: (stack) => {
            give(stack, INSTANCE, "shop-db-instance-1", "engine", "aurora-mysql");
        },
        message: 'has engine "aurora-mysql"',
    },
    {
        rule: "aurora-known-version",
        title: "a version that AWS no longer creates",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "engineVersion", "18.1");
        },
        message: "created in 18.3, 18.4, 18.6",
    },
    {
        rule: "aurora-known-version",
        title: "a MySQL version that never was",
        fixture: [cluster("my", { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.0" })],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "my"), "engineVersion", "8.1.mysql_aurora.3.10.0");
        },
        message: "5.7…, 8.0…, 8.4…",
    },
    {
        rule: "aurora-parameter-group-family",
        title: "cluster parameters of the version before",
        change: (stack) => {
            stack.set(
                stack.find("aws:rds/clusterParameterGroup:ClusterParameterGroup"),
                "family",
                "aurora-postgresql17",
            );
        },
        message:
            /has family "aurora-postgresql17", and shop-db-cluster, which uses it, takes "aurora-postgresql18"/,
    },
    {
        rule: "aurora-parameter-group-family",
        title: "instance parameters of the version before",
        change: (stack) => {
            stack.set(stack.find("aws:rds/parameterGroup:ParameterGroup"), "family", "aurora-postgresql17");
        },
    },
    {
        rule: "aurora-global-managed-password",
        title: "a password that RDS manages",
        stack: "prod-global",
        change: (stack) => {
            give(stack, CLUSTER, SECONDARY, "manageMasterUserPassword", true);
        },
        message: "has manageMasterUserPassword true",
        alsoFires: ["aurora-secondary-without-credentials"],
    },
    {
        rule: "aurora-serverless-scaling",
        title: "serverless instances without limits",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), SCALING);
        },
        message: `has no ${SCALING}`,
    },
    {
        rule: "aurora-serverless-scaling",
        title: "limits without serverless instances",
        change: (stack) => {
            for (const instance of stack.all(INSTANCE)) {
                stack.set(instance, "instanceClass", "db.r7g.large");
            }
        },
        message: 'none of its instances is "db.serverless"',
    },
    {
        rule: "aurora-serverless-capacity",
        title: "a minimum above the maximum",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), `${SCALING}.minCapacity`, 128);
        },
        message: "has minCapacity 128 above maxCapacity 64",
    },
    {
        rule: "aurora-serverless-capacity",
        title: "a quarter of a unit",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), `${SCALING}.minCapacity`, 8.25);
        },
        message: "in steps of 0.5",
    },
    {
        rule: "aurora-serverless-capacity",
        title: "a pause above zero",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), `${SCALING}.secondsUntilAutoPause`, 600);
        },
        message: "only minCapacity 0 pauses",
    },
    {
        rule: "aurora-global-minimum-capacity",
        title: "a small primary",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), `${SCALING}.minCapacity`, 2);
        },
        message: "allowed: 8 or more",
    },
    {
        rule: "aurora-global-minimum-capacity",
        title: "a secondary that pauses",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), `${SCALING}.minCapacity`, 0);
        },
        message: "may pause",
    },
    {
        rule: "aurora-global-instance-class",
        title: "a burstable instance",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(INSTANCE, /instance-1$/), "instanceClass", "db.t4g.medium");
        },
        message: 'has instanceClass "db.t4g.medium"',
    },
    {
        rule: "aurora-storage-arguments",
        title: "allocated storage",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "allocatedStorage", 100);
        },
        message: "has allocatedStorage",
    },
    {
        rule: "aurora-storage-arguments",
        title: "gp3 storage",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "storageType", "gp3");
        },
        message: 'has storageType "gp3"',
    },
    {
        rule: "aurora-engine-mode",
        title: "Serverless v1",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "engineMode", "serverless");
        },
        message: 'has engineMode "serverless"',
    },
    {
        rule: "aurora-engine-mode",
        title: "the scaling of Serverless v1",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "engineMode", "provisioned");
            stack.set(stack.find(CLUSTER), "scalingConfiguration", { minCapacity: 2 });
        },
        message: "has scalingConfiguration",
    },
    {
        rule: "aurora-backtrack",
        title: "a backtrack on PostgreSQL",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "backtrackWindow", 3600);
        },
        message: 'its engine is "aurora-postgresql"',
    },
    {
        rule: "aurora-snapshot-arguments",
        title: "a snapshot in a global database",
        fixture: [cluster("restored", { snapshotIdentifier: "snap", masterUsername: undefined })],
        change: (stack) => {
            stack.setOptions(stack.find(CLUSTER, "restored"), { ignoreChanges: IGNORED });
            stack.set(stack.find(CLUSTER, "restored"), "globalClusterIdentifier", "elsewhere");
        },
        decidedBy: "relations",
        message: "together with globalClusterIdentifier",
    },
    {
        rule: "aurora-availability-zones",
        title: "two zones",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "availabilityZones", ["us-east-1a", "us-east-1b"]);
        },
        message: "has 2 availabilityZones",
    },
    {
        rule: "aurora-instance-subnet-group",
        title: "an instance in another group",
        change: (stack) => {
            give(stack, INSTANCE, "shop-db-instance-1", "dbSubnetGroupName", "default");
        },
        message: 'has dbSubnetGroupName "default"',
    },
    {
        rule: "aurora-global-source-arguments",
        title: "an engine besides the source",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(GLOBAL), "engine", "aurora-postgresql");
        },
        message: "has engine besides",
    },
    {
        rule: "aurora-global-source-arguments",
        title: "no forceDestroy",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(GLOBAL), "forceDestroy");
        },
        message: "without forceDestroy true",
    },
    {
        rule: "aurora-global-source-arguments",
        title: "the source's name",
        stack: "prod-global",
        change: (stack) => {
            give(stack, GLOBAL, "shop-db-global", "sourceDbClusterIdentifier", "meridian-prod-us");
        },
        message: "not the ARN of a cluster",
    },
    {
        rule: "aurora-global-engine",
        title: "the provider's default engine",
        fixture: pair,
        change: (stack) => {
            stack.unset(stack.find(GLOBAL, "pair"), "engine");
        },
        message: 'has engine "aurora"',
    },
    {
        rule: "aurora-global-engine",
        title: "support of PostgreSQL for MySQL",
        fixture: [
            {
                type: GLOBAL,
                name: "my-global",
                inputs: { globalClusterIdentifier: "my-global", engine: "aurora-mysql" },
            },
        ],
        change: (stack) => {
            stack.set(
                stack.find(GLOBAL, "my-global"),
                "engineLifecycleSupport",
                "open-source-rds-extended-support",
            );
        },
        message: "has engineLifecycleSupport",
    },
    {
        rule: "aurora-global-encryption",
        title: "a member that is not encrypted",
        fixture: pair,
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "pair-us"), "storageEncrypted", false);
        },
        message: "has storageEncrypted false, and its global database pair has true",
    },
    {
        rule: "aurora-write-forwarding",
        title: "a cluster that stands alone",
        fixture: [cluster("alone")],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "alone"), "enableGlobalWriteForwarding", true);
        },
        message: "belongs to no global database",
    },
    {
        rule: "aurora-secondary-after-writer",
        title: "a secondary that waits for nothing",
        fixture: pair,
        change: (stack) => {
            stack.unset(stack.find(CLUSTER, "pair-eu"), "sourceRegion");
        },
        decidedBy: "relations",
        message: "does not wait for an instance of the primary pair-us",
    },
    {
        rule: "aurora-member-regions",
        title: "two members in one region",
        fixture: pair,
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "pair-eu"), "region", "us-east-1");
            stack.set(stack.find(KEY, "pair-key"), "region", "us-east-1");
        },
        message: "is in us-east-1, and so is pair-us",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "aurora-secondary-without-credentials",
        title: "the first cluster of a global database that starts empty",
        fixture: pair,
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "pair-us"), "databaseName", "shop");
        },
    },
    {
        rule: "aurora-secondary-own-region-key",
        title: "a secondary of a database that is not encrypted",
        fixture: pair,
        change: (stack) => {
            stack.unset(stack.find(CLUSTER, "pair-us"), "storageEncrypted");
            stack.unset(stack.find(CLUSTER, "pair-eu"), "storageEncrypted");
            stack.unset(stack.find(CLUSTER, "pair-eu"), "kmsKeyId");
        },
    },
    {
        rule: "aurora-known-version",
        title: "a version that the configuration adds",
        config: { alsoKnown: ["18.9"] },
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "engineVersion", "18.9");
        },
    },
    {
        rule: "aurora-known-version",
        title: "a major version",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "engineVersion", "18");
        },
    },
    {
        rule: "aurora-availability-zones",
        title: "zones that are left alone",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "availabilityZones", ["us-east-1a", "us-east-1b"]);
            stack.setOptions(stack.find(CLUSTER), { ignoreChanges: ["availabilityZones"] });
        },
    },
];
