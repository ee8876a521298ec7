import { resourceRule } from "../../framework";
import { typesOf } from "../shared/policyTypes";
import { judgePublic } from "../shared/resourcePolicies";

export const rule = resourceRule({
    id: "s3-bucket-policy-public",
    severity: "critical",
    description: "Policies of S3 buckets let nobody in whom they do not name.",
    fix: "Name the accounts, roles or services that need the bucket, or narrow the statement by a condition on account, organisation, source or VPC.",
    frameworks: {
        controls: ["65"],
        securityHub: ["S3.2", "S3.3"],
        checkov: ["CKV_AWS_70"],
    },
    types: typesOf("s3-bucket-policy-public"),
    check: ({ props }, report) => {
        // Without a policy the bucket is its owner's alone.
        judgePublic(props.policy, report);
    },
});
