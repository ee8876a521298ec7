import { object, stackRule, text } from "../../framework";
import { companionsOf, companionTypes } from "../shared/buckets";
import { BUCKETS } from "../shared/types";
import { waitsFor } from "../shared/waiting";

export const rule = stackRule({
    id: "s3-acl-ownership",
    severity: "high",
    description: "Buckets with an ACL have ACLs switched on first, because new buckets have them off.",
    fix: 'Add BucketOwnershipControls with objectOwnership "BucketOwnerPreferred" and let the BucketAcl depend on it, or use a bucket policy.',
    frameworks: { controls: ["F9.5"] },
    types: companionTypes("BucketAcl"),
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...companionTypes("BucketAcl")), (acl) => {
            const [bucket] = stack.referencesOf(acl, "bucket", ...BUCKETS);
            if (bucket === undefined) {
                return;
            }
            const controls = companionsOf(stack, bucket, "BucketOwnershipControls");
            if (
                !controls.some(
                    ({ props }) => text(object(props.rule).objectOwnership) !== "BucketOwnerEnforced",
                )
            ) {
                report(`sets an ACL on ${bucket.name}, which has ACLs off.`, acl);
            } else if (!waitsFor(acl, controls)) {
                report(`sets an ACL on ${bucket.name} without waiting for its ownership controls.`, acl);
            }
        });
    },
});
