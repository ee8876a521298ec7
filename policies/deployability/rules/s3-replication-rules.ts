import { isUnknown, list, number, object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { judge } from "../shared/values";

const STATES = ["Enabled", "Disabled"];

export const rule = resourceRule({
    id: "s3-replication-rules",
    severity: "high",
    description:
        "Replication rules have what S3 demands with what they say: filters, markers, keys, metrics and priorities.",
    fix: "Give rules with a filter deleteMarkerReplication and a priority of their own, encrypted objects a replicaKmsKeyId, and replication time metrics.",
    frameworks: { controls: ["F9.8"] },
    types: ["aws:s3/bucketReplicationConfig:BucketReplicationConfig"],
    check: ({ props }, report) => {
        const priorities = new Map<number, string>();
        eachObject(props.rules, (each, index) => {
            const at = `rules[${index}]`;
            const destination = object(each.destination);
            const selection = object(each.sourceSelectionCriteria);
            judge(
                () => {
                    if (isGiven(each, "filter") && !isGiven(each, "deleteMarkerReplication")) {
                        report(`has ${at} with a filter and without deleteMarkerReplication.`);
                    }
                    if (!isGiven(each, "filter") && isGiven(each, "deleteMarkerReplication")) {
                        report(`has ${at} with deleteMarkerReplication and without a filter.`);
                    }
                },
                () => {
                    const priority = number(each.priority);
                    const owner = priority === undefined ? undefined : priorities.get(priority);
                    if (owner !== undefined) {
                        report(`has ${at} with priority ${priority ?? ""}, and so has ${owner}.`);
                    }
                    priorities.set(priority ?? Number.NaN, owner ?? at);
                    if (priority === undefined && list(props.rules).length > 1) {
                        report(`has ${at} without a priority among several rules.`);
                    }
                },
                () => {
                    // An ARN that is not known yet is another resource's.
                    const bucket = isUnknown(() => destination.bucket) ? undefined : text(destination.bucket);
                    if (bucket !== undefined && !/^arn:[^:]+:s3:::./.test(bucket)) {
                        report(`has ${at} to "${bucket}", which is not the ARN of a bucket.`);
                    }
                },
                () => {
                    const takesEncrypted = isGiven(selection, "sseKmsEncryptedObjects");
                    const key = isGiven(object(destination.encryptionConfiguration), "replicaKmsKeyId");
                    if (takesEncrypted !== key) {
                        report(
                            `has ${at} with ${takesEncrypted ? "sseKmsEncryptedObjects and without replicaKmsKeyId" : "replicaKmsKeyId and without sseKmsEncryptedObjects"}.`,
                        );
                    }
                },
                () => {
                    if (isGiven(destination, "replicationTime") && !isGiven(destination, "metrics")) {
                        report(`has ${at} with replicationTime and without metrics.`);
                    }
                    if (isGiven(each, "existingObjectReplication")) {
                        report(`has ${at} with existingObjectReplication, which S3 no longer takes.`);
                    }
                },
                () => {
                    const status = text(each.status) ?? "";
                    if (!STATES.includes(status)) {
                        report(`has ${at} with status "${status}"; allowed: ${STATES.join(", ")}.`);
                    }
                },
            );
        });
    },
});
