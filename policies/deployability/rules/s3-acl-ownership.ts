import { list, type Member, object, stackRule, type StackView, text } from "../../framework";
import { inputOf } from "../../framework/items";
import { companionsOf, companionTypes } from "../shared/buckets";
import { BUCKETS } from "../shared/types";
import { waitsFor } from "../shared/waiting";

export const rule = stackRule({
    id: "s3-acl-ownership",
    severity: "high",
    description: "Buckets with an ACL have ACLs switched on first, because new buckets have them off.",
    fix: 'Take acl and grants out of the bucket, and add BucketOwnershipControls with objectOwnership "BucketOwnerPreferred" and a BucketAcl that depends on it, or use a bucket policy.',
    frameworks: { controls: ["F9.5"] },
    types: [...companionTypes("BucketAcl"), ...BUCKETS],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...BUCKETS), (bucket) => {
            const given = inlineAcl(bucket);
            if (given !== undefined && !allowsAcls(ownershipOf(stack, bucket))) {
                report(`has ${given}, and ACLs off.`, bucket);
            }
        });
        stack.each(stack.ofType(...companionTypes("BucketAcl")), (acl) => {
            const [bucket] = stack.referencesOf(acl, "bucket", ...BUCKETS);
            if (bucket === undefined) {
                return;
            }
            const controls = ownershipOf(stack, bucket);
            if (!allowsAcls(controls)) {
                report(`sets an ACL on ${bucket.name}, which has ACLs off.`, acl);
            } else if (!waitsFor(acl, controls)) {
                report(`sets an ACL on ${bucket.name} without waiting for its ownership controls.`, acl);
            }
        });
    },
});

/** What in the bucket's own arguments is an ACL that S3 refuses with ACLs off. It takes the provider's "private". */
function inlineAcl(bucket: Member): string | undefined {
    const grants = list(inputOf(bucket, "grants")).length;
    if (grants > 0) {
        return "grants";
    }
    const acl = text(inputOf(bucket, "acl")) ?? "";
    return acl === "" || acl === "private" ? undefined : `acl "${acl}"`;
}

function ownershipOf(stack: StackView, bucket: Member): readonly Member[] {
    return companionsOf(stack, bucket, "BucketOwnershipControls");
}

function allowsAcls(controls: readonly Member[]): boolean {
    return controls.some(({ props }) => text(object(props.rule).objectOwnership) !== "BucketOwnerEnforced");
}
