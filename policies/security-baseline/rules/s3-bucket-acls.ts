import { list, object, resourceRule, text } from "../../framework";
import { judge, shown } from "../shared/judging";
import { BUCKET_TYPES, companionTypes } from "../shared/s3";

const OWNERSHIP = companionTypes("BucketOwnershipControls");
const ACL = companionTypes("BucketAcl");

export const rule = resourceRule({
    id: "s3-bucket-acls",
    severity: "medium",
    description: "Access to S3 buckets is a matter of policies, and ACLs are off.",
    fix: 'Set objectOwnership to "BucketOwnerEnforced", and replace ACLs and grants by a bucket policy.',
    frameworks: { controls: ["61"], securityHub: ["S3.12"], checkov: ["CKV2_AWS_65"] },
    types: [...BUCKET_TYPES, ...OWNERSHIP, ...ACL],
    check: ({ type, props }, report) => {
        // Left out, a bucket has had its ACLs off since April 2023.
        if (OWNERSHIP.includes(type)) {
            const ownership = text(object(props.rule).objectOwnership);
            if (ownership !== "BucketOwnerEnforced") {
                report(`lets ACLs count: objectOwnership is ${shown(ownership)}.`);
            }
            return;
        }
        judge(
            () => {
                const acl = text(props.acl);
                if (acl !== undefined && (ACL.includes(type) || acl !== "private")) {
                    report(`sets the ACL ${shown(acl)}.`);
                }
            },
            () => {
                if (list(props.grants).length > 0 || props.accessControlPolicy !== undefined) {
                    report("grants access by an ACL.");
                }
            },
        );
    },
});
