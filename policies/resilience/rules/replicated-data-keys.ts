import { stackRule } from "../../framework";
import { eachObject, inputOf, isGiven } from "../../framework/items";
import { placeOf, regionOfArn } from "../../framework/places";
import { type Member, type StackView } from "../../framework/stackView";
import { flag, object, type Props, text } from "../../framework/subject";
import { ifKnown } from "../../framework/unknowns";

const KEY = "aws:kms/key:Key";
const REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey";
const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const SECRET = "aws:secretsmanager/secret:Secret";
const TABLE = "aws:dynamodb/table:Table";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

export const rule = stackRule({
    id: "replicated-data-keys",
    severity: "high",
    description:
        "Data that is replicated under a customer-managed key can be read in every region that it is in.",
    fix: "Name a key of the replica's region, or make the key multi-Region with an aws.kms.ReplicaKey there.",
    frameworks: { controls: ["P13"] },
    types: [SECRET, TABLE, REPLICATION],
    checkStack: (stack, report) => {
        const judge = (store: Member, found: string | undefined): void => {
            if (found !== undefined) {
                report(found, store);
            }
        };
        stack.each(stack.ofType(SECRET), (secret) => {
            if (isGiven(secret.props, "kmsKeyId")) {
                const sources = stack.referencesOf(secret, "kmsKeyId", KEY);
                eachObject(secret.props.replicas, (replica) => {
                    judge(
                        secret,
                        problemOf(stack, secret, sources, replicaOf(replica, "region", "kmsKeyId")),
                    );
                });
            }
        });
        stack.each(stack.ofType(TABLE), (table) => {
            if (isGiven(object(inputOf(table, "serverSideEncryption")), "kmsKeyArn")) {
                const sources = stack.referencesOf(table, "serverSideEncryption", KEY);
                eachObject(table.props.replicas, (replica) => {
                    judge(
                        table,
                        problemOf(stack, table, sources, replicaOf(replica, "regionName", "kmsKeyArn")),
                    );
                });
            }
        });
        stack.each(stack.ofType(REPLICATION), (replication) => {
            judgeReplication(stack, replication, (found) => {
                report(found, replication);
            });
        });
    },
});

interface Replica {
    readonly region: string;
    /** Whether the replica names a key of its own. */
    readonly hasKey: boolean;
    readonly keyArn: string | undefined;
}

function replicaOf(props: Props, region: string, key: string): Replica {
    return {
        region: text(props[region]) ?? "",
        hasKey: isGiven(props, key),
        keyArn: ifKnown(() => text(props[key])),
    };
}

function problemOf(
    stack: StackView,
    store: Member,
    sources: readonly Member[],
    { region, hasKey, keyArn }: Replica,
): string | undefined {
    if (hasKey) {
        const place = regionOfArn(keyArn);
        if (place !== undefined) {
            return place === region
                ? undefined
                : `has a replica in ${region} whose key ${keyArn ?? ""} is in ${place}.`;
        }
        const named = stack.referencesOf(store, "replicas", KEY, REPLICA_KEY);
        return named.length === 0 || named.some((key) => placeOf(key) === region)
            ? undefined
            : `has a replica in ${region} and names no key of that region for it.`;
    }
    const reaches = sources.some(
        (key) =>
            flag(inputOf(key, "multiRegion")) === true &&
            stack.referrersOf(key, REPLICA_KEY, "primaryKeyArn").some((copy) => placeOf(copy) === region),
    );
    return reaches
        ? undefined
        : `has a replica in ${region}, and its key is neither named for it nor replicated there.`;
}

function judgeReplication(stack: StackView, replication: Member, report: (found: string) => void): void {
    const sources = stack.referencesOf(replication, "bucket", ...BUCKETS);
    const destinations = stack
        .referencesOf(replication, "rules", ...BUCKETS)
        .filter((bucket) => !sources.includes(bucket));
    const keys = stack.referencesOf(replication, "rules", KEY, REPLICA_KEY);
    eachObject(replication.props.rules, (each, index) => {
        const criteria = object(object(each.sourceSelectionCriteria).sseKmsEncryptedObjects);
        if (text(criteria.status) !== "Enabled") {
            return;
        }
        const encryption = object(object(each.destination).encryptionConfiguration);
        if (!isGiven(encryption, "replicaKmsKeyId")) {
            report(`replicates encrypted objects by rules[${index}] and names no replicaKmsKeyId.`);
            return;
        }
        const arn = ifKnown(() => text(encryption.replicaKmsKeyId));
        const places = arn === undefined ? keys.map(placeOf) : [regionOfArn(arn)];
        const regions = destinations.map(placeOf);
        if (places.length > 0 && regions.length > 0 && !places.some((place) => regions.includes(place))) {
            report(
                `replicates by rules[${index}] to ${regions.join(", ")} under a key of ${places.map((place) => place ?? "no known region").join(", ")}.`,
            );
        }
    });
}
