import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const BUCKET = "aws:s3/bucket:Bucket";
const CLUSTER = "aws:rds/cluster:Cluster";
const FILES = "aws:efs/fileSystem:FileSystem";
const FILE_REPLICATION = "aws:efs/replicationConfiguration:ReplicationConfiguration";
const GLOBAL_CLUSTER = "aws:rds/globalCluster:GlobalCluster";
const KEY = "aws:kms/key:Key";
const REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const SECRET = "aws:secretsmanager/secret:Secret";
const TABLE = "aws:dynamodb/table:Table";

/** A file system of the first tier, and its replication abroad. */
const replicatedFiles: readonly FixtureResource[] = [
    {
        type: FILES,
        name: "fixture-files",
        inputs: { tags: { "recovery-tier": "1" } },
        options: { protect: true },
    },
    {
        type: FILE_REPLICATION,
        name: "fixture-files",
        inputs: {
            sourceFileSystemId: refTo(FILES, "fixture-files"),
            destination: { region: "eu-central-1" },
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "tier-one-store-peers",
        title: "a global database whose second member joins it no more",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "globalClusterIdentifier");
        },
        message: "has members in us-east-1 alone, and two regions are the least.",
    },
    {
        rule: "tier-one-store-peers",
        title: "a global database whose members are in one region",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "region", "us-east-1");
        },
        message: "has members in us-east-1 alone, and two regions are the least.",
    },
    {
        rule: "tier-one-store-peers",
        title: "a database of the first tier that joins no global database",
        change: (stack) => {
            const cluster = stack.find(CLUSTER);
            stack.set(cluster, ["tags", "recovery-tier"], "1");
            stack.setOptions(cluster, { ignoreChanges: [] });
        },
        message: 'has the tag recovery-tier "1" and no peer in another region.',
    },
    {
        rule: "tier-one-store-peers",
        title: "a table of the first tier without replicas",
        change: (stack) => {
            stack.set(stack.find(TABLE), ["tags", "recovery-tier"], "1");
        },
    },
    {
        rule: "tier-one-store-peers",
        title: "a bucket of the first tier without replication",
        change: (stack) => {
            stack.set(stack.find(BUCKET, /pii/), ["tags", "recovery-tier"], "1");
        },
    },
    {
        rule: "tier-one-store-peers",
        title: "a secret of the first tier without replicas",
        change: (stack) => {
            const secret = stack.find(SECRET);
            stack.set(secret, "tags", { "recovery-tier": "1" });
            stack.set(secret, "replicas", []);
        },
        alsoFires: ["secrets-replicated"],
    },
    {
        rule: "tier-one-store-peers",
        title: "a file system of the first tier without replication",
        fixture: replicatedFiles,
        change: (stack) => {
            stack.remove(stack.find(FILE_REPLICATION));
        },
        message: 'has the tag recovery-tier "1" and no peer in another region.',
    },
    {
        rule: "tier-one-store-peers",
        title: "a file system of the first tier that is replicated within its region",
        fixture: replicatedFiles,
        change: (stack) => {
            stack.set(stack.find(FILE_REPLICATION), "destination.region", "us-east-1");
        },
    },
    {
        rule: "replicated-data-keys",
        title: "a key whose replica is in another region than the secret's",
        change: (stack) => {
            stack.set(stack.find(REPLICA_KEY), "region", "eu-west-1");
            stack.set(stack.find(SECRET), "replicas[0].kmsKeyId", UNKNOWN);
        },
        alsoFires: ["secrets-replicated"],
        message: "has a replica in eu-central-1 and names no key of that region for it.",
    },
    {
        rule: "replicated-data-keys",
        title: "a secret's replica under a key of the wrong region",
        change: (stack) => {
            stack.set(
                stack.find(SECRET),
                "replicas[0].kmsKeyId",
                "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
            );
        },
        message: "is in us-east-1.",
    },
    {
        rule: "replicated-data-keys",
        title: "a secret's replica without a key, where the secret's own is not multi-Region",
        change: (stack) => {
            stack.unset(stack.find(SECRET), "replicas[0].kmsKeyId");
            stack.set(stack.find(KEY, /db-secret/), "multiRegion", false);
        },
        message: "its key is neither named for it nor replicated there.",
    },
    {
        rule: "replicated-data-keys",
        title: "a table's replica without a key of its own",
        fixture: [
            { type: KEY, name: "fixture-key", inputs: { multiRegion: false }, options: { protect: true } },
            {
                type: TABLE,
                name: "fixture-table",
                inputs: {
                    hashKey: "pk",
                    serverSideEncryption: { enabled: true, kmsKeyArn: refTo(KEY, "fixture-key") },
                    replicas: [
                        {
                            regionName: "us-west-2",
                            kmsKeyArn: "arn:aws:kms:us-west-2:111122223333:key/1",
                        },
                    ],
                },
                options: { protect: true },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find(TABLE, "fixture-table"), "replicas[0].kmsKeyArn");
        },
        message: "has a replica in us-west-2, and its key is neither named for it nor replicated there.",
    },
    {
        rule: "replicated-data-keys",
        title: "encrypted objects replicated without a key",
        change: (stack) => {
            stack.unset(
                stack.find(REPLICATION),
                "rules[0].destination.encryptionConfiguration.replicaKmsKeyId",
            );
        },
        message: "replicates encrypted objects by rules[0] and names no replicaKmsKeyId.",
    },
    {
        rule: "replicated-data-keys",
        title: "objects replicated under a key of the source's region",
        change: (stack) => {
            stack.set(
                stack.find(REPLICATION),
                "rules[0].destination.encryptionConfiguration.replicaKmsKeyId",
                "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
            );
        },
        message: "to eu-central-1 under a key of us-east-1.",
    },
    {
        rule: "secrets-replicated",
        title: "a secret without a replica where its key has one",
        change: (stack) => {
            stack.set(stack.find(SECRET), "replicas", []);
        },
        message:
            'has no replica in eu-central-1, where its key has the replica "shop-db-secret-encryption-eu-central-1".',
        alsoFires: ["tier-one-store-peers"],
    },
    {
        rule: "secrets-replicated",
        title: "a secret that is read in a further region by its tag",
        change: (stack) => {
            stack.set(stack.find(SECRET), "tags", { "read-in": "eu-central-1 us-west-2" });
        },
        message: "has no replica in us-west-2, where the tag read-in says that it is read.",
    },
    {
        rule: "secrets-replicated",
        title: "a function of another region that needs the secret",
        fixture: [
            {
                type: "aws:lambda/function:Function",
                name: "fixture-reader",
                inputs: {
                    region: "eu-central-1",
                    environment: { variables: { SECRET: refTo(SECRET, "shop-db-master") } },
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find("aws:lambda/function:Function", "fixture-reader"), "region", "ca-central-1");
            const reader = stack.find("aws:lambda/function:Function", "fixture-reader");
            stack.relate(reader, "environment", stack.find(SECRET));
        },
        message: 'has no replica in ca-central-1, where "fixture-reader" needs it.',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "tier-one-store-peers",
        title: "stores of the first tier that have peers",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), ["tags", "recovery-tier"], "1");
            stack.set(stack.find(BUCKET, "shop-edge-static-bucket"), ["tags", "recovery-tier"], "1");
            stack.set(stack.find(SECRET), ["tags", "recovery-tier"], "1");
        },
    },
    {
        rule: "tier-one-store-peers",
        title: "a file system of the first tier to which one of another region is replicated",
        fixture: replicatedFiles,
        change: (stack) => {
            stack.set(stack.find(FILE_REPLICATION), "destination", { fileSystemId: UNKNOWN });
            const copy = stack.add({
                type: FILES,
                name: "fixture-copy",
                inputs: { region: "eu-central-1", tags: { "recovery-tier": "1" } },
            });
            stack.relate(stack.find(FILE_REPLICATION), "destination", copy);
        },
    },
    {
        rule: "secrets-replicated",
        title: "a component of the SDK, which reads nothing itself",
        change: (stack) => {
            const provider = stack.add({
                type: "pulumi:providers:aws",
                name: "fixture-provider",
                inputs: { region: "us-west-2" },
            });
            stack.add({
                type: "aws:sqs:QueueEventSubscription",
                name: "fixture-component",
                inputs: { secret: refTo(SECRET, "shop-db-master") },
                custom: false,
                provider,
            });
        },
    },
    {
        rule: "tier-one-store-peers",
        title: "a global database made from a cluster of the same stack",
        stack: "prod-global",
        change: (stack) => {
            const source = stack.add({
                type: CLUSTER,
                name: "fixture-source",
                inputs: { region: "us-east-1", clusterIdentifier: "fixture-source" },
            });
            stack.refer(stack.find(GLOBAL_CLUSTER), "sourceDbClusterIdentifier", source);
        },
    },
    {
        rule: "replicated-data-keys",
        title: "a replica without a key of its own where the secret's has a replica",
        change: (stack) => {
            stack.unset(stack.find(SECRET), "replicas[0].kmsKeyId");
        },
    },
    {
        rule: "replicated-data-keys",
        title: "a replica's key that is unknown, in the right region",
        change: (stack) => {
            stack.set(stack.find(SECRET), "replicas[0].kmsKeyId", UNKNOWN);
        },
    },
    {
        rule: "secrets-replicated",
        title: "a secret of one region under a key of one region",
        change: (stack) => {
            const key = stack.add({ type: KEY, name: "fixture-key", inputs: { multiRegion: false } });
            stack.add({ type: SECRET, name: "fixture-secret", inputs: { kmsKeyId: refTo(KEY, key.name) } });
        },
    },
];
