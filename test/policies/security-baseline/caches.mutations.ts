import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const CLUSTER = "aws:elasticache/cluster:Cluster";
const SERVERLESS = "aws:elasticache/serverlessCache:ServerlessCache";
const USER = "aws:elasticache/user:User";

const CACHES: readonly FixtureResource[] = [
    {
        type: GROUP,
        name: "sessions",
        inputs: {
            description: "Sessions",
            engine: "valkey",
            numCacheClusters: 2,
            autoMinorVersionUpgrade: true,
            automaticFailoverEnabled: true,
            multiAzEnabled: true,
            snapshotRetentionLimit: 7,
            atRestEncryptionEnabled: true,
            kmsKeyId: KEY_ARN,
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            userGroupIds: ["sessions"],
            subnetGroupName: "data",
        },
        options: { protect: true },
    },
    {
        type: CLUSTER,
        name: "single",
        inputs: { engine: "redis", snapshotRetentionLimit: 1, subnetGroupName: "data" },
    },
    {
        type: SERVERLESS,
        name: "baskets",
        inputs: { name: "baskets", engine: "valkey", kmsKeyId: KEY_ARN, userGroupId: "baskets" },
    },
    {
        type: USER,
        name: "shop",
        inputs: {
            userId: "shop",
            userName: "shop",
            engine: "valkey",
            accessString: "on ~* +@all",
            authenticationMode: { type: "iam" },
        },
    },
    {
        type: USER,
        name: "default",
        inputs: {
            userId: "nobody",
            userName: "default",
            engine: "valkey",
            accessString: "off ~* -@all",
            noPasswordRequired: true,
        },
    },
];
const serverless = { type: SERVERLESS, name: "baskets", fixture: CACHES };
const group = { type: GROUP, name: "sessions", fixture: CACHES };

export const mutants: readonly Mutant[] = [
    setting(group, "elasticache-snapshots", "none", "snapshotRetentionLimit", 0),
    unsetting(group, "elasticache-snapshots", "left out", "snapshotRetentionLimit"),
    setting(
        { type: CLUSTER, name: "single", fixture: CACHES },
        "elasticache-snapshots",
        "a single node",
        "snapshotRetentionLimit",
        0,
    ),
    setting(group, "elasticache-minor-upgrades", "off", "autoMinorVersionUpgrade", false),
    setting(group, "elasticache-failover", "none", "automaticFailoverEnabled", false, {
        message: "automaticFailoverEnabled is false",
    }),
    unsetting(group, "elasticache-failover", "one zone", "multiAzEnabled", {
        message: "multiAzEnabled is not given",
    }),
    setting(group, "elasticache-encryption-at-rest", "off", "atRestEncryptionEnabled", false),
    {
        rule: "elasticache-encryption-at-rest",
        title: "left out of a Redis",
        fixture: CACHES,
        change: (stack) => {
            const found = stack.find(GROUP);
            stack.set(found, "engine", "redis");
            stack.unset(found, "atRestEncryptionEnabled");
        },
    },
    unsetting(group, "elasticache-encryption-at-rest", "AWS's key", "kmsKeyId", {
        message: "kmsKeyId is not given",
    }),
    setting(group, "elasticache-encryption-in-transit", "off", "transitEncryptionEnabled", false),
    unsetting(group, "elasticache-encryption-in-transit", "left out", "transitEncryptionEnabled"),
    setting(group, "elasticache-encryption-in-transit", "not required", "transitEncryptionMode", "preferred"),
    unsetting(group, "elasticache-authentication", "nobody asked", "userGroupIds", {
        decidedBy: "relations",
    }),
    unsetting(serverless, "elasticache-authentication", "nobody asked by a serverless cache", "userGroupId", {
        message: "userGroupId is not given",
        decidedBy: "structure",
    }),
    unsetting(serverless, "elasticache-encryption-at-rest", "AWS's key of a serverless cache", "kmsKeyId", {
        message: "kmsKeyId is not given",
    }),
    setting(
        { type: USER, name: "shop", fixture: CACHES },
        "elasticache-user-password",
        "none",
        "authenticationMode.type",
        "no-password-required",
    ),
    setting(
        { type: USER, name: "default", fixture: CACHES },
        "elasticache-user-password",
        "a default user who may do something",
        "accessString",
        "on ~* +@all",
    ),
    setting(group, "elasticache-subnet-group", "the default one", "subnetGroupName", "default"),
    unsetting(group, "elasticache-subnet-group", "left out", "subnetGroupName"),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "elasticache-authentication",
        title: "a serverless Memcached, which knows no users",
        fixture: CACHES,
        change: (stack) => {
            const found = stack.find(SERVERLESS);
            stack.set(found, "engine", "memcached");
            stack.unset(found, "userGroupId");
        },
    },
    unsetting(group, "elasticache-encryption-at-rest", "left out of a Valkey", "atRestEncryptionEnabled"),
    {
        rule: "elasticache-authentication",
        title: "a token",
        fixture: CACHES,
        change: (stack) => {
            const found = stack.find(GROUP);
            stack.unset(found, "userGroupIds");
            stack.set(found, "authToken", "a-token-of-sixteen-letters");
        },
    },
    ...["elasticache-encryption-at-rest", "elasticache-encryption-in-transit"].map((rule): Accepted => ({
        rule,
        title: "a follower of another region",
        fixture: CACHES,
        change: (stack) => {
            const found = stack.find(GROUP);
            stack.set(found, "globalReplicationGroupId", "sgaui-sessions");
            for (const property of [
                "engine",
                "atRestEncryptionEnabled",
                "transitEncryptionEnabled",
                "transitEncryptionMode",
            ]) {
                stack.unset(found, property);
            }
        },
    })),
    {
        rule: "elasticache-snapshots",
        title: "Memcached",
        fixture: CACHES,
        change: (stack) => {
            const found = stack.find(CLUSTER);
            stack.set(found, "engine", "memcached");
            stack.unset(found, "snapshotRetentionLimit");
        },
    },
    unsetting(group, "elasticache-minor-upgrades", "left out", "autoMinorVersionUpgrade"),
];
