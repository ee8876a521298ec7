import { type Accepted, type Mutant, refTo, UNKNOWN } from "../../support/policies/mutation";

const BUCKET = "aws:s3/bucket:Bucket";
const INSTANCE = "aws:rds/instance:Instance";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const SECRET = "aws:secretsmanager/secret:Secret";
const TABLE = "aws:dynamodb/table:Table";
const TABLE_REPLICA = "aws:dynamodb/tableReplica:TableReplica";

const PII_US = { "data-classification": "pii", jurisdiction: "US" };

export const mutants: readonly Mutant[] = [
    {
        rule: "table-replicas-in-jurisdiction",
        title: "a replica of American personal data in Europe",
        change: (stack) => {
            stack.set(stack.find(TABLE), "replicas", [{ regionName: "eu-west-1" }]);
        },
        message: "has a replica in eu-west-1, and pii data of US may be in",
    },
    {
        rule: "table-replicas-in-jurisdiction",
        title: "a second replica that goes astray, beside one that is unknown",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(TABLE), "replicas", [{ regionName: UNKNOWN }, { regionName: "us-east-1" }]);
        },
        message: "has a replica in us-east-1",
    },
    {
        rule: "table-replicas-in-jurisdiction",
        title: "a replica that is a resource of its own",
        fixture: [
            {
                type: TABLE_REPLICA,
                name: "fixture-replica",
                inputs: { region: "us-west-2", globalTableArn: refTo(TABLE, "shop-pii-table") },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(TABLE_REPLICA), "region", "eu-central-1");
        },
        message: 'is a replica of "shop-pii-table" in eu-central-1',
    },
    {
        rule: "table-replicas-in-jurisdiction",
        title: "a read replica of a database with personal data",
        fixture: [
            {
                type: INSTANCE,
                name: "fixture-source",
                inputs: {
                    region: "us-east-1",
                    storageType: "gp3",
                    instanceClass: "db.t4g.small",
                    tags: PII_US,
                },
            },
            {
                type: INSTANCE,
                name: "fixture-replica",
                inputs: {
                    region: "us-west-2",
                    instanceClass: "db.t4g.small",
                    replicateSourceDb: refTo(INSTANCE, "fixture-source"),
                    tags: PII_US,
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(INSTANCE, "fixture-replica"), "region", "eu-central-1");
        },
        alsoFires: ["region-allowed"],
        message: 'is a replica of "fixture-source" in eu-central-1',
    },
    {
        rule: "secret-replicas-in-jurisdiction",
        title: "a replica in a region that nobody allows",
        change: (stack) => {
            stack.set(stack.find(SECRET), "replicas[0].region", "ap-south-1");
            stack.set(
                stack.find(SECRET),
                "replicas[0].kmsKeyId",
                "arn:aws:kms:ap-south-1:111122223333:key/1",
            );
        },
        message: "has a replica in ap-south-1, and",
    },
    {
        rule: "secret-replicas-in-jurisdiction",
        title: "a replica of a European secret in America",
        change: (stack) => {
            const secret = stack.find(SECRET);
            stack.set(secret, "tags", PII_US);
        },
        message: "has a replica in eu-central-1, and pii data of US may be in",
    },
    {
        rule: "secret-replicas-in-jurisdiction",
        title: "a replica under AWS's own key",
        change: (stack) => {
            stack.unset(stack.find(SECRET), "replicas[0].kmsKeyId");
        },
        message: "has a replica in eu-central-1 under AWS's own key.",
    },
    {
        rule: "secret-replicas-in-jurisdiction",
        title: "a replica under a key of the secret's region",
        change: (stack) => {
            stack.set(
                stack.find(SECRET),
                "replicas[0].kmsKeyId",
                "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
            );
        },
        message: "has a replica in eu-central-1 under a key of us-east-1.",
    },
    {
        rule: "secret-replicas-in-jurisdiction",
        title: "a replica under a key that is made elsewhere",
        change: (stack) => {
            stack.set(stack.find(SECRET), "replicas[0].kmsKeyId", UNKNOWN);
            stack.set(stack.find("aws:kms/replicaKey:ReplicaKey"), "region", "eu-west-1");
        },
        message: "has a replica in eu-central-1 under a key of another region.",
    },
    {
        rule: "s3-replication-in-jurisdiction",
        title: "personal files replicated to Europe",
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-edge-static-bucket"), "tags", PII_US);
        },
        message: /replicates by rules\[0\] to .* in eu-central-1, and pii data of US may be in/,
    },
    {
        rule: "s3-replication-in-jurisdiction",
        title: "a destination in a region that nobody allows",
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-edge-static-replica-bucket"), "region", "eu-west-2");
        },
        alsoFires: ["region-allowed"],
        message: "in eu-west-2, and public data may be in",
    },
    {
        rule: "s3-replication-in-jurisdiction",
        title: "another account",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(REPLICATION), "rules[0].destination.account", "444455556666");
        },
        message:
            "replicates by rules[0] to the account 444455556666, which neither accounts nor the provider's allowedAccountIds name.",
    },
    {
        rule: "s3-replication-in-jurisdiction",
        title: "personal files replicated to a bucket that is not in the stack",
        change: (stack) => {
            const bucket = stack.find(BUCKET, "shop-pii-files-bucket");
            stack.add({
                type: REPLICATION,
                name: "fixture-replication",
                inputs: {
                    bucket: refTo(BUCKET, bucket.name),
                    rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::elsewhere" } }],
                },
            });
        },
        message:
            "replicates by rules[0] to a bucket outside the stack, whose region knownBuckets does not tell.",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "table-replicas-in-jurisdiction",
        title: "replicas of data that may go anywhere",
        change: (stack) => {
            const table = stack.find(TABLE);
            stack.set(table, "tags", { "data-classification": "internal" });
            stack.set(table, "replicas", [{ regionName: "eu-west-1" }]);
        },
    },
    {
        rule: "s3-replication-in-jurisdiction",
        title: "a bucket and an account that the configuration knows",
        config: { knownBuckets: { elsewhere: "us-west-2" }, accounts: ["444455556666"] },
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-edge-static-bucket"), "tags", PII_US);
            const replication = stack.find(REPLICATION);
            stack.set(replication, "rules[0].destination.bucket", "arn:aws:s3:::elsewhere");
            stack.set(replication, "rules[0].destination.account", "444455556666");
        },
    },
];
