import { resourceRule } from "../../framework";
import { typesOf } from "../shared/policyTypes";
import { judgePublic } from "../shared/resourcePolicies";

export const rule = resourceRule({
    id: "sns-policy-public",
    severity: "high",
    description: "Policies of topics let nobody in whom they do not name.",
    fix: "Name the accounts, roles or services that need the topic, or narrow the statement by a condition on account, organisation or source.",
    frameworks: { controls: ["159"], securityHub: ["SNS.4"], checkov: ["CKV_AWS_169", "CKV_AWS_385"] },
    types: typesOf("sns-policy-public"),
    check: ({ props }, report) => {
        // Without a policy the topic has AWS's, which leaves it to its owner.
        judgePublic(props.policy, report);
    },
});
