/** Resources that bring data to other regions, each in a way of its own. */
import { list, object, type Props } from "../../framework/subject";
import { type Member, type StackView } from "../../framework/stackView";

/** What a resource is made from: the property that names it, and its types. */
interface Origin {
    readonly property: string;
    readonly types: readonly string[];
}

const from = (property: string, ...types: readonly string[]): Origin => ({ property, types });

const RDS_CLUSTER = "aws:rds/cluster:Cluster";
const RDS_INSTANCE = "aws:rds/instance:Instance";
const CLUSTER_SNAPSHOT = "aws:rds/clusterSnapshot:ClusterSnapshot";
const SNAPSHOT = "aws:rds/snapshot:Snapshot";
const TABLE_BUCKET = "aws:s3tables/tableBucket:TableBucket";
const S3_TABLE = "aws:s3tables/table:Table";
export const BUCKETS: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** Where what a resource holds comes from, by type. */
const ORIGINS: Readonly<Partial<Record<string, Origin>>> = {
    "aws:directoryservice/serviceRegion:ServiceRegion": from(
        "directoryId",
        "aws:directoryservice/directory:Directory",
    ),
    "aws:dynamodb/globalTable:GlobalTable": from("name", "aws:dynamodb/table:Table"),
    "aws:ebs/snapshot:Snapshot": from("volumeId", "aws:ebs/volume:Volume"),
    "aws:ebs/snapshotCopy:SnapshotCopy": from("sourceSnapshotId", "aws:ebs/snapshot:Snapshot"),
    "aws:ec2/amiCopy:AmiCopy": from(
        "sourceAmiId",
        "aws:ec2/ami:Ami",
        "aws:ec2/amiFromInstance:AmiFromInstance",
    ),
    "aws:ec2/amiFromInstance:AmiFromInstance": from("sourceInstanceId", "aws:ec2/instance:Instance"),
    "aws:efs/replicationConfiguration:ReplicationConfiguration": from(
        "sourceFileSystemId",
        "aws:efs/fileSystem:FileSystem",
    ),
    "aws:mq/broker:Broker": from("dataReplicationPrimaryBrokerArn", "aws:mq/broker:Broker"),
    "aws:neptune/cluster:Cluster": from("replicationSourceIdentifier", "aws:neptune/cluster:Cluster"),
    [CLUSTER_SNAPSHOT]: from("dbClusterIdentifier", RDS_CLUSTER),
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": from(
        "sourceDbClusterSnapshotIdentifier",
        CLUSTER_SNAPSHOT,
    ),
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": from(
        "sourceDbInstanceArn",
        RDS_INSTANCE,
        RDS_CLUSTER,
    ),
    [SNAPSHOT]: from("dbInstanceIdentifier", RDS_INSTANCE),
    "aws:rds/snapshotCopy:SnapshotCopy": from("sourceDbSnapshotIdentifier", SNAPSHOT),
    "aws:redshift/snapshotCopy:SnapshotCopy": from("clusterIdentifier", "aws:redshift/cluster:Cluster"),
    [S3_TABLE]: from("tableBucketArn", TABLE_BUCKET),
    "aws:s3tables/tableBucketReplication:TableBucketReplication": from("tableBucketArn", TABLE_BUCKET),
    "aws:s3tables/tableReplication:TableReplication": from("tableArn", S3_TABLE),
};

/** What the data of a resource comes from, as far as the stack tells: nearest first. */
export function originsOf(
    stack: StackView,
    member: Member,
    before: readonly Member[] = [],
): readonly Member[] {
    const origin = ORIGINS[member.type];
    const found =
        origin === undefined
            ? []
            : stack
                  .referencesOf(member, origin.property, ...origin.types)
                  .filter((other) => other.urn !== member.urn && !before.includes(other));
    return found.flatMap((other) => [other, ...originsOf(stack, other, [...before, member])]);
}

/** Where a type brings data: its own place, or regions, zones and ARNs at paths of its properties. */
export interface Destination {
    /** Left out: the resource's own region. */
    readonly paths?: readonly string[];
    /** Types of resource that the first property of the paths may refer to. */
    readonly targets?: readonly string[];
    /** What the resource does, to be followed by what it does it to. */
    readonly does: string;
}

const copies: Destination = { does: "copies" };
const replicates = (...paths: readonly string[]): Destination => ({ paths, does: "replicates" });

/** The destinations by type. */
export const DESTINATIONS: Readonly<Record<string, Destination>> = {
    "aws:directoryservice/serviceRegion:ServiceRegion": replicates("regionName"),
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": {
        paths: [
            "policyDetails.schedules[].crossRegionCopyRules[].targetRegion",
            "policyDetails.schedules[].crossRegionCopyRules[].target",
            "policyDetails.action.crossRegionCopies[].target",
        ],
        does: "copies snapshots of",
    },
    "aws:dynamodb/globalTable:GlobalTable": replicates("replicas[].regionName"),
    "aws:ebs/snapshotCopy:SnapshotCopy": copies,
    "aws:ec2/amiCopy:AmiCopy": copies,
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": replicates(
        "replicationConfiguration.rules[].destinations[].region",
    ),
    "aws:efs/replicationConfiguration:ReplicationConfiguration": {
        paths: ["destination.region", "destination.availabilityZoneName"],
        targets: ["aws:efs/fileSystem:FileSystem"],
        does: "replicates",
    },
    "aws:keyspaces/keyspace:Keyspace": replicates("replicationSpecification.regionLists[]"),
    "aws:mq/broker:Broker": { does: "replicates" },
    "aws:neptune/cluster:Cluster": { does: "replicates" },
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": {
        paths: ["destinationRegion"],
        does: "copies",
    },
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
        does: "copies backups of",
    },
    "aws:rds/snapshotCopy:SnapshotCopy": { paths: ["destinationRegion"], does: "copies" },
    "aws:redshift/snapshotCopy:SnapshotCopy": { paths: ["destinationRegion"], does: "copies snapshots of" },
    "aws:s3/bucket:Bucket": {
        paths: ["replicationConfiguration.rules[].destination.bucket"],
        targets: BUCKETS,
        does: "replicates",
    },
    "aws:s3/bucketV2:BucketV2": {
        paths: ["replicationConfigurations[].rules[].destinations[].bucket"],
        targets: BUCKETS,
        does: "replicates",
    },
    "aws:s3tables/tableBucketReplication:TableBucketReplication": {
        paths: ["rule.destinations[].destinationTableBucketArn"],
        targets: [TABLE_BUCKET],
        does: "replicates",
    },
    "aws:s3tables/tableReplication:TableReplication": {
        paths: ["rule.destinations[].destinationTableBucketArn"],
        targets: [TABLE_BUCKET],
        does: "replicates",
    },
    "aws:ssmincidents/replicationSet:ReplicationSet": replicates("regions[].name"),
};

/** Calls back for each value at a path such as `rules[].destination.region`. Reading an unknown one throws. */
export function eachAt(props: Props, path: string, look: (read: () => unknown) => void): void {
    const [first = "", ...rest] = path.split(".");
    const key = first.replace("[]", "");
    const next = (read: () => unknown): void => {
        if (rest.length === 0) {
            look(read);
        } else {
            eachAt(object(read()), rest.join("."), look);
        }
    };
    if (first === key) {
        next(() => props[key]);
        return;
    }
    const items = list(props[key]);
    for (let index = 0; index < items.length; index += 1) {
        next(() => items[index]);
    }
}
