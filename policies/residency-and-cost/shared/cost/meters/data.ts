/** Databases, caches, search and buckets. */
import { inputOf } from "../../../../framework/items";
import { type Member, type StackView } from "../../../../framework/stackView";
import { flag, list, number, object, objects, text } from "../../../../framework/subject";
import { type Bill } from "../bill";
import { HOURS } from "../priceTable";
import { inherited, type Meter, type Meters } from "./meter";

const AURORA = "AmazonAurora";
const CACHE = "AmazonElastiCache";
const DOCDB = "AmazonDocDB";
const DYNAMODB = "AmazonDynamoDB";
const RDS = "AmazonRDS";
const SEARCH = "AmazonOpenSearch";
const CLUSTER = "aws:rds/cluster:Cluster";

/** Engines as AWS's price lists call them. */
const ENGINES: Readonly<Record<string, string>> = {
    mariadb: "MariaDB",
    mysql: "MySQL",
    postgres: "PostgreSQL",
};

const isOptimized = (cluster: Member | undefined): boolean =>
    cluster !== undefined && text(inputOf(cluster, "storageType")) === "aurora-iopt1";

function auroraInstance(bill: Bill, member: Member, stack: StackView): void {
    const type = text(inputOf(member, "instanceClass")) ?? "";
    const [cluster] = stack.referencesOf(member, "clusterIdentifier", CLUSTER);
    const plan = isOptimized(cluster) ? "I/O-Optimized" : "Standard";
    const engine = (text(inputOf(member, "engine")) ?? "").includes("mysql") ? "MySQL" : "PostgreSQL";
    if (type !== "db.serverless") {
        bill.hourly(AURORA, `${engine} ${type}, ${plan}`, 1, { name: type });
        return;
    }
    if (cluster === undefined) {
        bill.gap("capacity units", "fixed", "The cluster that says how many there are is not in the stack.");
        return;
    }
    const item = `${engine} Serverless v2, ${plan}`;
    const name = "Serverless v2 capacity units";
    const least = number(object(inputOf(cluster, "serverlessv2ScalingConfiguration")).minCapacity) ?? 0;
    bill.hourly(AURORA, item, least, { name });
    bill.used(AURORA, item, "aurora.extraUnits", { name, each: HOURS });
}

/** A cluster of Aurora by its storage; a Multi-AZ cluster of RDS has its instances in it. */
function cluster(bill: Bill, member: Member): void {
    const instanceClass = text(inputOf(member, "dbClusterInstanceClass"));
    if (instanceClass !== undefined) {
        const engine = ENGINES[text(inputOf(member, "engine")) ?? ""] ?? "PostgreSQL";
        bill.hourly(RDS, `${engine} ${instanceClass} Multi-AZ with two readable standbys`);
        bill.fixed(RDS, "storage of a Multi-AZ cluster", number(inputOf(member, "allocatedStorage")) ?? 0);
        return;
    }
    const optimized = isOptimized(member);
    bill.used(AURORA, `storage, ${optimized ? "I/O-Optimized" : "Standard"}`, "aurora.storageGb");
    if (!optimized) {
        bill.used(AURORA, "I/O requests, Standard", "aurora.ioRequests");
    }
    bill.used(AURORA, "backup storage over free", "aurora.backupGb");
}

function database(bill: Bill, member: Member, stack: StackView): void {
    const engine = text(inherited(stack, member, "engine")) ?? "postgres";
    const where = flag(inputOf(member, "multiAz")) === true ? "Multi-AZ" : "Single-AZ";
    const instanceClass = text(inherited(stack, member, "instanceClass"));
    if (instanceClass === undefined) {
        bill.gap("instance", "fixed", "The program does not name its class.");
    } else {
        bill.hourly(RDS, `${ENGINES[engine] ?? engine} ${instanceClass} ${where}`);
    }
    const gb = number(inherited(stack, member, "allocatedStorage"));
    if (gb === undefined) {
        bill.gap("storage", "fixed", "The program leaves its size to a backup that is not in the stack.");
    }
    const storage = text(inherited(stack, member, "storageType")) ?? "gp2";
    bill.fixed(RDS, `${storage} storage ${where}`, gb ?? 0);
    bill.used(RDS, "backup storage over free", "rds.backupGb");
}

function documentInstance(bill: Bill, member: Member): void {
    bill.hourly(DOCDB, text(inputOf(member, "instanceClass")) ?? "instance");
}

function documentCluster(bill: Bill): void {
    bill.used(DOCDB, "storage", "docdb.storageGb");
    bill.used(DOCDB, "I/O requests", "docdb.ioRequests");
    bill.used(DOCDB, "backup storage over free", "docdb.backupGb");
}

function table(bill: Bill, member: Member): void {
    const replicas = objects(inputOf(member, "replicas"));
    const places = replicas.map(({ regionName }) => text(regionName) ?? bill.region);
    // AWS's default is provisioned capacity.
    if (text(inputOf(member, "billingMode")) === "PAY_PER_REQUEST") {
        bill.used(DYNAMODB, "on-demand read", "dynamodb.reads");
        bill.used(DYNAMODB, "on-demand write", "dynamodb.writes");
        for (const region of places) {
            bill.used(DYNAMODB, "replicated write (global tables, on demand)", "dynamodb.writes", { region });
        }
    } else {
        bill.hourly(DYNAMODB, "provisioned RCU", number(inputOf(member, "readCapacity")) ?? 0);
        bill.hourly(DYNAMODB, "provisioned WCU", number(inputOf(member, "writeCapacity")) ?? 0);
        for (const region of places) {
            bill.gap(`replicated writes in ${region}`, "fixed", "The table has those on demand alone.");
        }
    }
    for (const region of [bill.region, ...places]) {
        bill.used(DYNAMODB, "storage, Standard", "dynamodb.storageGb", { region });
    }
    if (flag(object(inputOf(member, "pointInTimeRecovery")).enabled) === true) {
        bill.used(DYNAMODB, "PITR storage", "dynamodb.storageGb");
    }
    replicas.forEach((replica, index) => {
        if (flag(replica.pointInTimeRecovery) === true) {
            bill.used(DYNAMODB, "PITR storage", "dynamodb.storageGb", {
                region: places[index] ?? bill.region,
            });
        }
    });
}

/** A cluster has its own nodes; a group has shards, in a global datastore as many as the first group has. */
function cacheNodes(member: Member, stack: StackView): number {
    const given = (property: string): number | undefined => number(inputOf(member, property));
    if (member.type === "aws:elasticache/cluster:Cluster") {
        return given("numCacheNodes") ?? 1;
    }
    const shards = number(inherited(stack, member, "numNodeGroups"));
    return shards === undefined
        ? (given("numCacheClusters") ?? 1)
        : shards * ((given("replicasPerNodeGroup") ?? 0) + 1);
}

/** AWS's default is one shard with one replica. */
function memoryNodes(member: Member): number {
    const given = (property: string): number => number(inputOf(member, property)) ?? 1;
    return given("numShards") * (given("numReplicasPerShard") + 1);
}

const CACHE_ENGINES: Readonly<Record<string, string>> = {
    memcached: "Memcached",
    redis: "Redis OSS",
    valkey: "Valkey",
};

/** Nodes of an ElastiCache group or cluster, whose type may be that of another one. */
function cache(bill: Bill, member: Member, stack: StackView): void {
    const type = text(inherited(stack, member, "nodeType"));
    const engine = text(inherited(stack, member, "engine")) ?? "redis";
    if (type === undefined) {
        bill.gap("nodes", "fixed", "The program does not name their type.");
    } else {
        bill.hourly(CACHE, `${CACHE_ENGINES[engine] ?? engine} ${type}`, cacheNodes(member, stack));
    }
}

function serverlessCache(bill: Bill, member: Member): void {
    const engine =
        CACHE_ENGINES[text(inputOf(member, "engine")) ?? ""] ?? text(inputOf(member, "engine")) ?? "";
    bill.used(CACHE, `${engine} Serverless data`, "cache.dataGb", { each: HOURS });
    bill.used(CACHE, `${engine} Serverless ECPU`, "cache.units");
}

function search(bill: Bill, member: Member): void {
    const config = object(inputOf(member, "clusterConfig"));
    const data = number(config.instanceCount) ?? 1;
    // AWS's default.
    bill.hourly(SEARCH, text(config.instanceType) ?? "m4.large.search", data);
    if (flag(config.dedicatedMasterEnabled) === true) {
        bill.hourly(
            SEARCH,
            text(config.dedicatedMasterType) ?? "m4.large.search",
            number(config.dedicatedMasterCount) ?? 3,
            { name: `${text(config.dedicatedMasterType) ?? "m4.large.search"} master` },
        );
    }
    const disks = object(inputOf(member, "ebsOptions"));
    const gb = number(disks.volumeSize) ?? 0;
    bill.fixed(SEARCH, `EBS ${text(disks.volumeType) ?? "gp2"}`, data * gb);
}

const nodes =
    (service: string, property: string, count: (member: Member, stack: StackView) => number): Meter =>
    (bill, member, stack) => {
        bill.hourly(service, text(inputOf(member, property)) ?? "node", count(member, stack));
    };

function bucket(bill: Bill): void {
    bill.used("AmazonS3", "Standard storage", "s3.storageGb");
    bill.used("AmazonS3", "PUT/COPY/POST/LIST (also replication PUT)", "s3.writes");
    bill.used("AmazonS3", "GET and other", "s3.reads");
}

export const dataMeters: Meters = {
    "aws:dax/cluster:Cluster": nodes(
        "AmazonDAX",
        "nodeType",
        (each) => number(inputOf(each, "replicationFactor")) ?? 1,
    ),
    "aws:docdb/cluster:Cluster": documentCluster,
    "aws:docdb/clusterInstance:ClusterInstance": documentInstance,
    "aws:docdb/globalCluster:GlobalCluster": (bill) => {
        bill.gap("replicated writes", "usage", "The table has no price for them.");
    },
    "aws:dynamodb/table:Table": table,
    "aws:elasticache/cluster:Cluster": cache,
    "aws:elasticache/replicationGroup:ReplicationGroup": cache,
    "aws:elasticache/serverlessCache:ServerlessCache": serverlessCache,
    "aws:memorydb/cluster:Cluster": nodes("AmazonMemoryDB", "nodeType", memoryNodes),
    "aws:neptune/clusterInstance:ClusterInstance": nodes("AmazonNeptune", "instanceClass", () => 1),
    "aws:opensearch/domain:Domain": search,
    "aws:rds/cluster:Cluster": cluster,
    "aws:rds/clusterInstance:ClusterInstance": auroraInstance,
    "aws:rds/globalCluster:GlobalCluster": (bill) => {
        bill.used(AURORA, "Global Database replicated write I/O", "aurora.replicatedWrites");
    },
    "aws:rds/instance:Instance": database,
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": (bill) => {
        bill.used(RDS, "backup storage over free", "rds.backupGb");
    },
    "aws:rds/snapshot:Snapshot": (bill) => {
        bill.used(RDS, "backup storage over free", "rds.backupGb");
    },
    "aws:s3/bucket:Bucket": bucket,
    "aws:s3/bucketV2:BucketV2": bucket,
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": (bill, member) => {
        bill.used("AWSDataTransfer", "to other Regions", "s3.replicatedGb");
        const timed = objects(inputOf(member, "rules")).some(
            ({ destination }) => text(object(object(destination).replicationTime).status) === "Enabled",
        );
        if (timed) {
            bill.used("AmazonS3", "Replication Time Control data", "s3.replicatedGb");
        }
    },
    "aws:secretsmanager/secret:Secret": (bill, member) => {
        bill.fixed("AWSSecretsManager", "secret", 1);
        for (const replica of list(inputOf(member, "replicas"))) {
            const region = text(object(replica).region) ?? bill.region;
            bill.fixed("AWSSecretsManager", "secret", 1, { region });
        }
        bill.used("AWSSecretsManager", "API calls", "secrets.calls");
    },
};
