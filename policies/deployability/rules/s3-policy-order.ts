import { stackRule } from "../../framework";
import { companionsOf } from "../shared/buckets";
import { BUCKETS } from "../shared/types";
import { waitsFor } from "../shared/waiting";

export const rule = stackRule({
    id: "s3-policy-order",
    severity: "medium",
    // S3 rejects the later of two changes only when they meet, and the provider tries again.
    level: "advisory",
    description: "A bucket's policy and its public access block are set one after the other.",
    fix: "Let the BucketPolicy depend on the BucketPublicAccessBlock.",
    frameworks: { controls: ["F9.6"] },
    types: BUCKETS,
    checkStack: (stack, report) => {
        for (const bucket of stack.ofType(...BUCKETS)) {
            const blocks = companionsOf(stack, bucket, "BucketPublicAccessBlock");
            for (const policy of companionsOf(stack, bucket, "BucketPolicy")) {
                const isOrdered =
                    waitsFor(policy, blocks) || blocks.some((block) => waitsFor(block, [policy]));
                if (blocks.length > 0 && !isOrdered) {
                    report(
                        `is set at the same time as the BucketPublicAccessBlock ${blocks[0]?.name ?? ""} of the bucket ${bucket.name}.`,
                        policy,
                    );
                }
            }
        }
    },
});
