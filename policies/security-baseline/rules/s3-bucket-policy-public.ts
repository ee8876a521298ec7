import { resourceRule } from "../../framework";
import { judgePublic } from "../shared/resourcePolicies";
import { BUCKET_TYPES, companionTypes } from "../shared/s3";

export const rule = resourceRule({
    id: "s3-bucket-policy-public",
    severity: "critical",
    description: "Policies of S3 buckets let nobody in whom they do not name.",
    fix: "Name the accounts, roles or services that need the bucket, or narrow the statement by a condition on account, organisation, source or VPC.",
    frameworks: {
        controls: ["65"],
        securityHub: ["S3.2", "S3.3", "S3.6"],
        checkov: ["CKV_AWS_70"],
    },
    types: [...BUCKET_TYPES, ...companionTypes("BucketPolicy")],
    check: ({ props }, report) => {
        // Without a policy the bucket is its owner's alone.
        judgePublic(props.policy, report);
    },
});
