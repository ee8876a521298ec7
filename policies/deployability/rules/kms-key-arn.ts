import { flag, ifKnown, isUnknown, stackRule, text } from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { DOCDB_CLUSTER, KMS_KEYS, RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../shared/types";

/** Properties in which a key's id or alias does not do. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
    [RDS_CLUSTER]: ["kmsKeyId", "performanceInsightsKmsKeyId"],
    [RDS_CLUSTER_INSTANCE]: ["performanceInsightsKmsKeyId"],
    [RDS_INSTANCE]: ["kmsKeyId", "performanceInsightsKmsKeyId"],
    [DOCDB_CLUSTER]: ["kmsKeyId"],
    "aws:neptune/cluster:Cluster": ["kmsKeyArn"],
    "aws:cloudwatch/logGroup:LogGroup": ["kmsKeyId"],
    "aws:cloudtrail/trail:Trail": ["kmsKeyId"],
    "aws:backup/vault:Vault": ["kmsKeyArn"],
    "aws:lambda/function:Function": ["kmsKeyArn"],
};

/** Types whose key has no use, and is rejected, where they are not encrypted. */
const ENCRYPTED: readonly string[] = [
    RDS_CLUSTER,
    RDS_INSTANCE,
    DOCDB_CLUSTER,
    "aws:neptune/cluster:Cluster",
];

export const rule = stackRule({
    id: "kms-key-arn",
    severity: "high",
    description:
        "Properties that take the ARN of a KMS key have an ARN, and databases with a key are encrypted.",
    fix: "Give the key's ARN, and set storageEncrypted to true on databases.",
    frameworks: { controls: ["F1.2.7", "F15.6"] },
    types: Object.keys(PROPERTIES),
    checkStack: (stack, report) => {
        for (const [type, properties] of Object.entries(PROPERTIES)) {
            for (const property of properties) {
                const users = stack.ofType(type).filter((user) => isInput(user, property));
                stack.each(users, (user) => {
                    // What comes from a key of the stack, and is not known yet, is judged at the update.
                    const isPending =
                        isUnknown(() => user.props[property]) &&
                        stack.referencesOf(user, property, ...KMS_KEYS).length > 0;
                    const key = isPending ? undefined : text(user.props[property]);
                    if (key !== undefined && key !== "" && !/^arn:[^:]+:kms:[^:]+:\d*:key\/./.test(key)) {
                        report(`has ${property} "${key}", which is not the ARN of a key.`, user);
                    }
                });
            }
            const [property = ""] = properties;
            // A replica is encrypted as its source is: for one of another region the key alone says so.
            const keyed = ENCRYPTED.includes(type)
                ? stack
                      .ofType(type)
                      .filter((user) => isInput(user, property) && !isInput(user, "replicateSourceDb"))
                : [];
            stack.each(keyed, (user) => {
                if (
                    ifKnown(() => user.props[property]) !== "" &&
                    flag(inputOf(user, "storageEncrypted")) !== true
                ) {
                    report(`has ${property} without storageEncrypted true.`, user);
                }
            });
        }
    },
});
