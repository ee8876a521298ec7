/** Ways in which what one stack makes brings the personal data of another one to another jurisdiction. */
import {
    type AcceptedStacks,
    type FixtureResource,
    type MutableStack,
    type StacksMutant,
} from "../support/policies/mutation";

const CLUSTER = "aws:rds/cluster:Cluster";
const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
const INSTANCE = "aws:rds/instance:Instance";
const BACKUPS = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const GLOBAL_CACHE = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";
const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const BUCKET = "aws:s3/bucket:Bucket";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

const ACCOUNT = "111122223333";
const PII_EU = { "data-classification": "pii", jurisdiction: "EU" };
const PII_US = { "data-classification": "pii", jurisdiction: "US" };

const at = (
    type: string,
    name: string,
    inputs: Readonly<Record<string, unknown>>,
    outputs: Readonly<Record<string, unknown>> = {},
): FixtureResource => ({ type, name, inputs, outputs });

/** Adds to both regions, which have the same resources. */
function inBoth(us: MutableStack, eu: MutableStack, make: (region: string) => FixtureResource): void {
    us.add(make("us-east-1"));
    eu.add(make("eu-central-1"));
}

const tagsIn = (region: string) => (region === "us-east-1" ? PII_US : PII_EU);

const instance = (region: string): FixtureResource =>
    at(INSTANCE, "orders", { identifier: "orders", region, tags: tagsIn(region) });

const tableArn = (region: string, account = ACCOUNT): string =>
    `arn:aws:dynamodb:${region}:${account}:table/people`;

/** Names the table of personal data in America, of which the global stack makes a replica. */
function replicated(us: MutableStack, global: MutableStack, region: string, arn: string): void {
    us.set(us.find(TABLE), "name", "people");
    global.add(at(REPLICA, "people", { globalTableArn: arn, region }));
}

/** Adds a bucket of the global stack that is replicated to one that the European stack makes. */
function replicate(global: MutableStack): void {
    global.add(at(BUCKET, "feed", { bucket: "feed", region: "us-east-1" }));
    global.add(
        at(REPLICATION, "feed", {
            bucket: "feed",
            region: "us-east-1",
            role: `arn:aws:iam::${ACCOUNT}:role/replication`,
            rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::mirror-eu-central-1" } }],
        }),
    );
}

export const residencyMutants: readonly StacksMutant[] = [
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "personal data in the founding member, and a further one abroad",
        change: ({ "prod-us": us }) => {
            us.set(us.find(CLUSTER), "tags", PII_US);
        },
        message:
            'holds the data of "shop-db-cluster" of the stack prod-us by "shop-db-global" in eu-central-1, and pii data of US may be in us-east-1',
    },
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "a member that joins by the name of another stack's global database",
        change: ({ "prod-eu": eu, "prod-global": global }) => {
            global.set(global.find(GLOBAL), "tags", PII_US);
            global.remove(global.find(CLUSTER));
            eu.add(
                at(CLUSTER, "reports-db-cluster", {
                    clusterIdentifier: "reports",
                    globalClusterIdentifier: "meridian-prod",
                    region: "eu-central-1",
                }),
            );
        },
        message: 'holds the data of "shop-db-global" of the stack prod-global in eu-central-1',
    },
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "members of a global database that no stack makes",
        change: ({ "prod-us": us, "prod-eu": eu }) => {
            inBoth(us, eu, (region) =>
                at(CLUSTER, "people-db-cluster", {
                    clusterIdentifier: `people-${region}`,
                    globalClusterIdentifier: "people",
                    region,
                    tags: PII_US,
                }),
            );
        },
        message: 'holds the data of "people-db-cluster" of the stack prod-us in eu-central-1',
    },
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "a global cache of replication groups of three stacks",
        change: ({ "prod-us": us, "prod-eu": eu, "prod-global": global }) => {
            global.add(
                at(
                    GLOBAL_CACHE,
                    "carts",
                    {
                        globalReplicationGroupIdSuffix: "carts",
                        primaryReplicationGroupId: "carts",
                        region: "us-east-1",
                    },
                    { globalReplicationGroupId: "ldgnf-carts" },
                ),
            );
            inBoth(us, eu, (region) =>
                at(CACHE, "carts", {
                    region,
                    ...(region === "us-east-1"
                        ? { replicationGroupId: "carts", tags: PII_US }
                        : { replicationGroupId: "carts-eu", globalReplicationGroupId: "ldgnf-carts" }),
                }),
            );
        },
        message: 'holds the data of "carts" of the stack prod-us by "carts" of the stack prod-global in',
    },
    {
        rule: "stacks-copies-in-jurisdiction",
        title: "automated backups of another stack's database",
        change: ({ "prod-us": us, "prod-eu": eu, "prod-global": global }) => {
            inBoth(us, eu, instance);
            global.add(
                at(BACKUPS, "orders", {
                    sourceDbInstanceArn: `arn:aws:rds:us-east-1:${ACCOUNT}:db:orders`,
                    region: "eu-central-1",
                }),
            );
        },
        message: 'copies backups of "orders" of the stack prod-us to eu-central-1',
    },
    {
        rule: "stacks-copies-in-jurisdiction",
        title: "a bucket that replicates by itself to another stack's",
        change: ({ "prod-us": us, "prod-eu": eu, "prod-global": global }) => {
            inBoth(us, eu, (region) => at(BUCKET, "forms", { bucket: `forms-${region}`, region }));
            global.add(
                at(BUCKET, "uploads", {
                    bucket: "uploads",
                    region: "us-east-1",
                    tags: PII_US,
                    replicationConfiguration: {
                        role: `arn:aws:iam::${ACCOUNT}:role/replication`,
                        rules: [
                            { status: "Enabled", destination: { bucket: "arn:aws:s3:::forms-eu-central-1" } },
                        ],
                    },
                }),
            );
        },
        message: "replicates to eu-central-1, and pii data of US may be in",
    },
    {
        rule: "stacks-table-replicas-in-jurisdiction",
        title: "a replica of another stack's table",
        change: ({ "prod-us": us, "prod-global": global }) => {
            replicated(us, global, "eu-central-1", tableArn("us-east-1"));
        },
        message: 'is a replica of "shop-pii-table" of the stack prod-us in eu-central-1',
    },
    {
        rule: "stacks-table-replicas-in-jurisdiction",
        title: "a replica of another stack's database",
        change: ({ "prod-us": us, "prod-eu": eu, "prod-global": global }) => {
            inBoth(us, eu, instance);
            global.add(
                at(INSTANCE, "reports", {
                    identifier: "reports",
                    region: "eu-central-1",
                    replicateSourceDb: `arn:aws:rds:us-east-1:${ACCOUNT}:db:orders`,
                }),
            );
        },
        message: 'is a replica of "orders" of the stack prod-us in eu-central-1',
    },
    {
        rule: "stacks-backup-copies-in-jurisdiction",
        title: "a plan that takes in what another stack makes in its region",
        change: ({ "prod-global": global }) => {
            global.set(global.find(CLUSTER), "tags", { ...PII_EU, backup: "standard" });
        },
        message: 'copies backups of "shop-db-eu-central-1-cluster" of the stack prod-global to',
    },
    {
        rule: "stacks-s3-replication-in-jurisdiction",
        title: "a bucket of another stack that is abroad",
        change: ({ "prod-us": us, "prod-eu": eu, "prod-global": global }) => {
            inBoth(us, eu, (region) => at(BUCKET, "mirror", { bucket: `mirror-${region}`, region }));
            eu.set(eu.find(BUCKET, "mirror"), "region", "ap-northeast-1");
            replicate(global);
        },
        message: /replicates by rules\[0\] to mirror-eu-central-1 in ap-northeast-1, and .* data may be in/,
    },
];

export const residencyAccepted: readonly AcceptedStacks[] = [
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "members in one jurisdiction",
        change: ({ "prod-us": us, "prod-global": global }) => {
            us.set(us.find(CLUSTER), "tags", PII_US);
            global.set(global.find(CLUSTER), "region", "us-west-2");
        },
    },
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "a member abroad of data that configuration does not restrict",
        config: { restricted: ["secret"], allowedRegions: { pii: ["us-east-1", "eu-central-1"] } },
        change: ({ "prod-us": us }) => {
            us.set(us.find(CLUSTER), "tags", PII_US);
        },
    },
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "a global database of the same name in another account",
        change: ({ "prod-eu": eu, "prod-global": global }) => {
            global.set(global.find(GLOBAL), "tags", PII_US);
            global.remove(global.find(CLUSTER));
            const provider = eu.add({
                type: "pulumi:providers:aws",
                name: "other",
                inputs: { region: "eu-central-1", allowedAccountIds: ["444455556666"] },
            });
            eu.add({
                ...at(CLUSTER, "reports-db-cluster", {
                    clusterIdentifier: "reports",
                    globalClusterIdentifier: "meridian-prod",
                }),
                provider,
            });
        },
    },
    {
        rule: "stacks-global-members-in-jurisdiction",
        title: "what one stack alone shows, and its pack says",
        change: ({ "prod-global": global }) => {
            global.set(global.find(GLOBAL), "tags", PII_US);
        },
    },
    {
        rule: "stacks-copies-in-jurisdiction",
        title: "automated backups of a database of the same name in the region",
        change: ({ "prod-us": us, "prod-eu": eu, "prod-global": global }) => {
            inBoth(us, eu, instance);
            global.add(
                at(BACKUPS, "orders", {
                    sourceDbInstanceArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:db:orders`,
                    region: "eu-west-1",
                }),
            );
        },
    },
    {
        rule: "stacks-copies-in-jurisdiction",
        title: "automated backups of a cluster with a database's name",
        change: ({ "prod-us": us, "prod-global": global }) => {
            us.set(us.find(CLUSTER), "tags", PII_US);
            us.set(us.find(CLUSTER), "clusterIdentifier", "orders");
            global.add(
                at(BACKUPS, "orders", {
                    sourceDbInstanceArn: `arn:aws:rds:us-east-1:${ACCOUNT}:db:orders`,
                    region: "eu-central-1",
                }),
            );
        },
    },
    {
        rule: "stacks-table-replicas-in-jurisdiction",
        title: "a replica in another region of the jurisdiction",
        change: ({ "prod-us": us, "prod-global": global }) => {
            replicated(us, global, "us-west-2", tableArn("us-east-1"));
        },
    },
    {
        rule: "stacks-table-replicas-in-jurisdiction",
        title: "a replica of another account's table",
        change: ({ "prod-us": us, "prod-global": global }) => {
            replicated(us, global, "eu-central-1", tableArn("us-east-1", "444455556666"));
        },
    },
    {
        rule: "stacks-backup-copies-in-jurisdiction",
        title: "a plan of another region than the store's",
        change: ({ "prod-global": global }) => {
            const cluster = global.find(CLUSTER);
            global.set(cluster, "region", "us-west-2");
            global.set(cluster, "tags", { ...PII_US, backup: "standard" });
        },
    },
    {
        rule: "stacks-backup-copies-in-jurisdiction",
        title: "a store of another account in the plan's region",
        change: ({ "prod-global": global }) => {
            const provider = global.add({
                type: "pulumi:providers:aws",
                name: "other",
                inputs: { region: "eu-central-1", allowedAccountIds: ["444455556666"] },
            });
            global.setProvider(global.find(CLUSTER), provider);
            global.set(global.find(CLUSTER), "tags", { ...PII_EU, backup: "standard" });
        },
    },
    {
        rule: "stacks-s3-replication-in-jurisdiction",
        title: "a bucket of another stack in an allowed region",
        change: ({ "prod-us": us, "prod-eu": eu, "prod-global": global }) => {
            inBoth(us, eu, (region) => at(BUCKET, "mirror", { bucket: `mirror-${region}`, region }));
            replicate(global);
        },
    },
];
