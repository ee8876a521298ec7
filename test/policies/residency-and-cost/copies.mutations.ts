/** Ways in which data goes to other regions: global databases, copies and replication. */
import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";
const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const GLOBAL_CACHE = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";
const MEMORY = "aws:memorydb/cluster:Cluster";
const GLOBAL_MEMORY = "aws:memorydb/multiRegionCluster:MultiRegionCluster";
const DSQL = "aws:dsql/cluster:Cluster";
const BACKUPS = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
const SNAPSHOT = "aws:rds/clusterSnapshot:ClusterSnapshot";
const SNAPSHOT_COPY = "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy";
const FILES = "aws:efs/fileSystem:FileSystem";
const FILES_COPY = "aws:efs/replicationConfiguration:ReplicationConfiguration";
const IMAGES_COPY = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
const KEYSPACE = "aws:keyspaces/keyspace:Keyspace";
const LIFECYCLE = "aws:dlm/lifecyclePolicy:LifecyclePolicy";
const TABLE = "aws:dynamodb/table:Table";
const BUCKET = "aws:s3/bucket:Bucket";

const PII_EU = { "data-classification": "pii", jurisdiction: "EU" };
const PII_US = { "data-classification": "pii", jurisdiction: "US" };
const INTERNAL = { "data-classification": "internal" };

const at = (type: string, name: string, inputs: Readonly<Record<string, unknown>>): FixtureResource => ({
    type,
    name,
    inputs,
});

const family = (
    global: FixtureResource,
    member: string,
    join: string,
    first: Readonly<Record<string, unknown>> = {},
): readonly FixtureResource[] => [
    global,
    at(member, "first", {
        region: "eu-central-1",
        tags: PII_EU,
        [join]: refTo(global.type, global.name),
        ...first,
    }),
    at(member, "second", { region: "eu-west-1", tags: PII_EU, [join]: refTo(global.type, global.name) }),
];

const aurora = family(
    at(GLOBAL, "whole", { region: "eu-central-1", tags: PII_EU }),
    CLUSTER,
    "globalClusterIdentifier",
    {
        masterUsername: "shop",
        manageMasterUserPassword: true,
    },
);

/** Moves the second member to America, where its own tags let it be. */
function moved(title: string, fixture: readonly FixtureResource[], member: string): Mutant {
    return {
        rule: "global-members-in-jurisdiction",
        title,
        fixture,
        change: (stack) => {
            const second = stack.find(member, "second");
            stack.set(second, "region", "us-east-1");
            stack.set(second, "tags", PII_US);
        },
        message: /holds the data of .* in us-east-1, and pii data of EU may be in/,
    };
}

function copied(
    title: string,
    fixture: readonly FixtureResource[],
    [type, name, path]: readonly [string, string, string],
    value: unknown,
    rest: Partial<Mutant> = {},
): Mutant {
    return {
        message: "us-east-1, and pii data of EU may be in",
        ...rest,
        rule: "copies-in-jurisdiction",
        title,
        fixture,
        change: (stack) => {
            stack.set(stack.find(type, name), path, value);
        },
    };
}

const database = at(INSTANCE, "source", {
    region: "eu-central-1",
    storageType: "gp3",
    instanceClass: "db.t4g.small",
    tags: PII_EU,
});
const cluster = at(CLUSTER, "source", { region: "eu-central-1", tags: PII_EU });
const files = at(FILES, "source", { region: "eu-central-1", tags: PII_EU });
export const mutants: readonly Mutant[] = [
    moved("a member of an Aurora global database", aurora, CLUSTER),
    moved(
        "a member beside the one that the global database is made from",
        [
            at(CLUSTER, "first", { region: "eu-central-1", tags: PII_EU }),
            at(GLOBAL, "whole", {
                region: "eu-central-1",
                sourceDbClusterIdentifier: refTo(CLUSTER, "first"),
            }),
            at(CLUSTER, "second", {
                region: "eu-west-1",
                tags: PII_EU,
                globalClusterIdentifier: refTo(GLOBAL, "whole"),
            }),
        ],
        CLUSTER,
    ),
    ...["docdb", "neptune"].map((module) =>
        moved(
            `a member of a global cluster of ${module}`,
            family(
                at(`aws:${module}/globalCluster:GlobalCluster`, "whole", { region: "eu-central-1" }),
                `aws:${module}/cluster:Cluster`,
                "globalClusterIdentifier",
                { masterUsername: "shop" },
            ),
            `aws:${module}/cluster:Cluster`,
        ),
    ),
    moved(
        "a member of ElastiCache's global replication group",
        [
            at(CACHE, "first", { region: "eu-central-1", nodeType: "cache.t4g.small", tags: PII_EU }),
            at(GLOBAL_CACHE, "whole", {
                region: "eu-central-1",
                primaryReplicationGroupId: refTo(CACHE, "first"),
            }),
            at(CACHE, "second", {
                region: "eu-west-1",
                nodeType: "cache.t4g.small",
                tags: PII_EU,
                globalReplicationGroupId: refTo(GLOBAL_CACHE, "whole"),
            }),
        ],
        CACHE,
    ),
    {
        ...moved(
            "a member of a MemoryDB cluster in several regions",
            family(
                at(GLOBAL_MEMORY, "whole", {
                    region: "eu-central-1",
                    nodeType: "db.t4g.small",
                    tags: PII_EU,
                }),
                MEMORY,
                "multiRegionClusterName",
                { nodeType: "db.t4g.small" },
            ).map((each) => ({ ...each, inputs: { nodeType: "db.t4g.small", ...each.inputs } })),
            MEMORY,
        ),
    },
    {
        rule: "global-members-in-jurisdiction",
        title: "a witness of a DSQL cluster",
        fixture: [
            at(DSQL, "first", {
                region: "eu-central-1",
                tags: PII_EU,
                multiRegionProperties: { witnessRegion: "eu-west-1" },
            }),
        ],
        change: (stack) => {
            stack.set(stack.find(DSQL, "first"), "multiRegionProperties.witnessRegion", "us-east-1");
        },
        message: 'has the witness of "first" in us-east-1',
    },
    copied(
        "automated backups of an instance",
        [
            database,
            at(BACKUPS, "lone", { region: "eu-west-1", sourceDbInstanceArn: refTo(INSTANCE, "source") }),
        ],
        [BACKUPS, "lone", "region"],
        "us-east-1",
        { message: 'copies backups of "source" to us-east-1' },
    ),
    copied(
        "a snapshot of a cluster",
        [
            cluster,
            at(SNAPSHOT, "lone", {
                region: "eu-central-1",
                dbClusterIdentifier: refTo(CLUSTER, "source"),
                dbClusterSnapshotIdentifier: "s",
            }),
            at(SNAPSHOT_COPY, "lone", {
                region: "eu-central-1",
                sourceDbClusterSnapshotIdentifier: refTo(SNAPSHOT, "lone"),
                destinationRegion: "eu-west-1",
            }),
        ],
        [SNAPSHOT_COPY, "lone", "destinationRegion"],
        "us-east-1",
    ),
    copied(
        "a file system",
        [
            files,
            at(FILES_COPY, "lone", {
                region: "eu-central-1",
                sourceFileSystemId: refTo(FILES, "source"),
                destination: { region: "eu-west-1" },
            }),
        ],
        [FILES_COPY, "lone", "destination.region"],
        "us-east-1",
    ),
    copied(
        "a file system in one zone",
        [
            files,
            at(FILES_COPY, "lone", {
                region: "eu-central-1",
                sourceFileSystemId: refTo(FILES, "source"),
                destination: { availabilityZoneName: "eu-west-1a" },
            }),
        ],
        [FILES_COPY, "lone", "destination.availabilityZoneName"],
        "us-east-1a",
    ),
    copied(
        "images in a region where nothing may be",
        [
            at(IMAGES_COPY, "lone", {
                region: "us-east-1",
                replicationConfiguration: {
                    rules: [{ destinations: [{ region: "eu-west-1", registryId: "111122223333" }] }],
                },
            }),
        ],
        [IMAGES_COPY, "lone", "replicationConfiguration.rules[0].destinations[0].region"],
        "ap-south-1",
        { message: "replicates to ap-south-1, and unclassified data may be in" },
    ),
    copied(
        "a keyspace",
        [
            at(KEYSPACE, "lone", {
                region: "eu-central-1",
                name: "shop",
                tags: PII_EU,
                replicationSpecification: {
                    replicationStrategy: "MULTI_REGION",
                    regionLists: ["eu-central-1", "eu-west-1"],
                },
            }),
        ],
        [KEYSPACE, "lone", "replicationSpecification.regionLists"],
        ["eu-central-1", "us-east-1"],
    ),
    copied(
        "snapshots of a lifecycle policy",
        [
            at(LIFECYCLE, "lone", {
                region: "eu-central-1",
                tags: PII_EU,
                policyDetails: {
                    schedules: [
                        { name: "s", crossRegionCopyRules: [{ encrypted: true, target: "eu-west-1" }] },
                    ],
                },
            }),
        ],
        [LIFECYCLE, "lone", "policyDetails.schedules[0].crossRegionCopyRules[0].target"],
        "us-east-1",
    ),
    {
        rule: "copies-in-jurisdiction",
        title: "objects by a bucket's own configuration",
        change: (stack) => {
            const source = stack.find(BUCKET, "shop-pii-files-bucket");
            stack.set(source, "replicationConfiguration", {
                role: "r",
                rules: [{ status: "Enabled", destination: { bucket: UNKNOWN } }],
            });
            stack.relate(
                source,
                "replicationConfiguration",
                stack.find(BUCKET, "shop-edge-static-replica-bucket"),
            );
        },
        message: /replicates to eu-central-1, and pii data of US may be in/,
    },
    {
        rule: "table-replicas-in-jurisdiction",
        title: "a witness of a table",
        change: (stack) => {
            stack.set(stack.find(TABLE), "globalTableWitness", { regionName: "eu-west-1" });
        },
        message: "has a replica in eu-west-1, and pii data of US may be in",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "global-members-in-jurisdiction",
        title: "members of data that may go anywhere",
        fixture: aurora.map((each) => ({ ...each, inputs: { ...each.inputs, tags: INTERNAL } })),
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "second"), "region", "us-east-1");
        },
    },
    {
        rule: "global-members-in-jurisdiction",
        title: "a member of a global database of another stack",
        change: (stack) => {
            stack.add(
                at(CLUSTER, "second", {
                    region: "us-east-1",
                    tags: PII_US,
                    globalClusterIdentifier: "shop-global",
                }),
            );
        },
    },
    {
        rule: "copies-in-jurisdiction",
        title: "backups of data that may go anywhere",
        fixture: [
            { ...database, inputs: { ...database.inputs, tags: INTERNAL } },
            at(BACKUPS, "lone", { region: "eu-west-1", sourceDbInstanceArn: refTo(INSTANCE, "source") }),
        ],
        change: (stack) => {
            stack.set(stack.find(BACKUPS, "lone"), "region", "us-east-1");
        },
    },
    {
        rule: "copies-in-jurisdiction",
        title: "a keyspace of one region",
        fixture: [at(KEYSPACE, "lone", { region: "eu-central-1", name: "shop", tags: PII_EU })],
        change: (stack) => {
            stack.set(stack.find(KEYSPACE, "lone"), "region", "eu-west-1");
        },
    },
    {
        rule: "copies-in-jurisdiction",
        title: "a database that is no replica",
        fixture: [at("aws:neptune/cluster:Cluster", "lone", { region: "eu-central-1", tags: PII_EU })],
        change: (stack) => {
            stack.set(stack.find("aws:neptune/cluster:Cluster", "lone"), "region", "eu-west-1");
        },
    },
];
