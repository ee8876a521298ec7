import { type Member, object, stackRule, type StackView, text } from "../../framework";
import { companionsOf } from "../shared/buckets";
import { BUCKETS } from "../shared/types";
import { waitsFor } from "../shared/waiting";

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

export const rule = stackRule({
    id: "s3-replication-versioning",
    severity: "high",
    description: "Buckets on both ends of a replication have versioning before the replication is set.",
    fix: "Add a BucketVersioning to the bucket, and let the BucketReplicationConfig depend on it.",
    frameworks: { controls: ["F9.8"] },
    types: [REPLICATION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REPLICATION), (replication) => {
            for (const bucket of bucketsOf(stack, replication)) {
                const versionings = companionsOf(stack, bucket, "BucketVersioning");
                const isOn = versionings.some(
                    ({ props }) => text(object(props.versioningConfiguration).status) === "Enabled",
                );
                if (!isOn) {
                    report(`replicates with ${bucket.name}, which has no versioning.`, replication);
                } else if (!waitsFor(replication, versionings)) {
                    report(
                        `replicates with ${bucket.name} and does not wait for its versioning.`,
                        replication,
                    );
                }
            }
        });
    },
});

/** The buckets of the stack on both ends. */
function bucketsOf(stack: StackView, replication: Member): readonly Member[] {
    const targets = (replication.propertyDependencies.rules ?? []).filter(({ type }) =>
        (BUCKETS as readonly string[]).includes(type),
    );
    return [...new Set([...stack.referencesOf(replication, "bucket", ...BUCKETS), ...targets])];
}
