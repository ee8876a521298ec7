import { resourceRule } from "../../framework";
import { typesOf } from "../shared/policyTypes";
import { judgePublic } from "../shared/resourcePolicies";

export const rule = resourceRule({
    id: "kms-key-policy-public",
    severity: "critical",
    description: "Policies of KMS keys let nobody in whom they do not name.",
    fix: "Name the accounts, roles or services that use the key, or narrow the statement by kms:CallerAccount.",
    frameworks: { controls: ["94"], securityHub: ["KMS.5"], checkov: ["CKV_AWS_33"] },
    types: typesOf("kms-key-policy-public"),
    check: ({ props }, report) => {
        // Without a policy the key has AWS's, which leaves it to the account.
        judgePublic(props.policy, report);
    },
});
