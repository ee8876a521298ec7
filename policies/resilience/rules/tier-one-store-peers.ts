import { matchesAny } from "../../framework/patterns";
import { isGiven, isInput } from "../../framework/items";
import { placeOf, regionOfArn, regionOfZone } from "../../framework/places";
import { type Member, type StackView } from "../../framework/stackView";
import { list, object, objects, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { stackRule } from "../../framework";

interface Config {
    readonly tierTag: string;
    readonly tierOne: readonly string[];
    readonly joinedElsewhere: readonly string[];
}

const GLOBAL_CLUSTERS: Readonly<Record<string, string>> = {
    "aws:docdb/globalCluster:GlobalCluster": "aws:docdb/cluster:Cluster",
    "aws:neptune/globalCluster:GlobalCluster": "aws:neptune/cluster:Cluster",
    "aws:rds/globalCluster:GlobalCluster": "aws:rds/cluster:Cluster",
};
const CLUSTERS = Object.values(GLOBAL_CLUSTERS);
const TABLE = "aws:dynamodb/table:Table";
const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const FILES = "aws:efs/fileSystem:FileSystem";
const FILE_REPLICATION = "aws:efs/replicationConfiguration:ReplicationConfiguration";
const SECRET = "aws:secretsmanager/secret:Secret";

export const rule = stackRule<Config>({
    id: "tier-one-store-peers",
    severity: "high",
    description:
        "Every store of the first recovery tier has a peer in another region, and every global database has members in two.",
    fix: "Add a member, a replica or a replication to another region, or give the store a later recovery tier.",
    frameworks: { controls: ["P09"] },
    config: {
        tierTag: {
            type: "string",
            default: "recovery-tier",
            description: "The tag that says how soon a store must be back after the loss of a region.",
        },
        tierOne: {
            type: "array",
            items: { type: "string" },
            default: ["1"],
            description: "Its values for stores that must be back at once.",
        },
        joinedElsewhere: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "URN patterns of global databases that have one member in their own stack, because another stack makes the others.",
        },
    },
    types: [...Object.keys(GLOBAL_CLUSTERS), ...CLUSTERS, TABLE, ...BUCKETS, FILES, SECRET],
    checkStack: (stack, report, { tierTag, tierOne, joinedElsewhere }) => {
        stack.each(stack.ofType(...Object.keys(GLOBAL_CLUSTERS)), (database) => {
            const regions = memberRegions(stack, database);
            const least = matchesAny(joinedElsewhere, database.urn) ? 1 : 2;
            if (regions.size < least) {
                report(
                    regions.size === 0
                        ? "has no member in any region, and two regions are the least."
                        : `has members in ${[...regions].join(", ")} alone, and two regions are the least.`,
                    database,
                );
            }
        });
        stack.each(stack.ofType(...CLUSTERS, TABLE, ...BUCKETS, FILES, SECRET), (store) => {
            const tier = tagOf(store, tierTag);
            if (tier !== undefined && tierOne.includes(tier) && !hasPeer(stack, store)) {
                report(`has the tag ${tierTag} "${tier}" and no peer in another region.`, store);
            }
        });
    },
});

/** Regions of a global database's members: of those that name it, and of the one that it was made from. */
function memberRegions(stack: StackView, database: Member): ReadonlySet<string> {
    const type = GLOBAL_CLUSTERS[database.type] ?? "";
    const regions = new Set<string>();
    for (const member of stack.referrersOf(database, type, "globalClusterIdentifier")) {
        regions.add(placeOf(member) ?? member.name);
    }
    if (isInput(database, "sourceDbClusterIdentifier")) {
        const [source] = stack.referencesOf(database, "sourceDbClusterIdentifier", type);
        // A global database is made in the region of its first cluster.
        const region =
            source === undefined
                ? (regionOfArn(text(database.props.sourceDbClusterIdentifier)) ?? placeOf(database))
                : placeOf(source);
        regions.add(region ?? database.name);
    }
    return regions;
}

function hasPeer(stack: StackView, store: Member): boolean {
    switch (store.type) {
        case TABLE:
            return (
                (isGiven(store.props, "replicas") && list(store.props.replicas).length > 0) ||
                stack.referrersOf(store, "aws:dynamodb/tableReplica:TableReplica", "globalTableArn").length >
                    0
            );
        case SECRET:
            return isGiven(store.props, "replicas") && list(store.props.replicas).length > 0;
        case BUCKETS[0]:
        case BUCKETS[1]:
            return stack
                .referrersOf(store, "aws:s3/bucketReplicationConfig:BucketReplicationConfig", "bucket")
                .some((replication) =>
                    objects(replication.props.rules).some(
                        (each) =>
                            text(each.status) === "Enabled" && isGiven(object(each.destination), "bucket"),
                    ),
                );
        case FILES:
            return isReplicatedAbroad(stack, store);
        default:
            return joinsGlobalDatabase(stack, store);
    }
}

/** Whether the file system is at one end of a replication whose other end is in another region. */
function isReplicatedAbroad(stack: StackView, files: Member): boolean {
    return stack.ofType(FILE_REPLICATION).some((replication) => {
        const ends = [
            stack.referencesOf(replication, "sourceFileSystemId", FILES),
            stack.referencesOf(replication, "destination", FILES),
        ] as const;
        const [sources, destinations] = ends;
        if (!ends.some((end) => end.some(({ urn }) => urn === files.urn))) {
            return false;
        }
        const [source] = sources;
        const [destination] = destinations;
        const target = object(replication.props.destination);
        const to =
            destination === undefined
                ? (text(target.region) ??
                  regionOfZone(text(target.availabilityZoneName)) ??
                  regionOfArn(text(target.fileSystemId)))
                : placeOf(destination);
        return to !== undefined && to !== placeOf(source ?? replication);
    });
}

function joinsGlobalDatabase(stack: StackView, cluster: Member): boolean {
    const globalType =
        Object.keys(GLOBAL_CLUSTERS).find((type) => GLOBAL_CLUSTERS[type] === cluster.type) ?? "";
    return (
        isGiven(cluster.props, "globalClusterIdentifier") ||
        // A cluster that another stack's global database was made from is told so by AWS, and must not undo it.
        cluster.opts.ignoreChanges.includes("globalClusterIdentifier") ||
        stack.referrersOf(cluster, globalType, "sourceDbClusterIdentifier").length > 0
    );
}
