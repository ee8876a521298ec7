import { resourceRule } from "../../framework";
import { typesOf } from "../shared/policyTypes";
import { judgePublic } from "../shared/resourcePolicies";

export const rule = resourceRule({
    id: "sqs-policy-public",
    severity: "critical",
    description: "Policies of queues let nobody in whom they do not name.",
    fix: "Name the accounts, roles or services that need the queue, or narrow the statement by a condition on account, organisation or source.",
    frameworks: {
        controls: ["161"],
        securityHub: ["SQS.3"],
        checkov: ["CKV_AWS_168", "CKV_AWS_387", "CKV_AWS_72"],
    },
    types: typesOf("sqs-policy-public"),
    check: ({ props }, report) => {
        // Without a policy the queue is its owner's alone.
        judgePublic(props.policy, report);
    },
});
