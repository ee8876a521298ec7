import { stackRule } from "../../framework";
import { TRAIL } from "../shared/baseline";
import { judgeCustomerKey } from "../shared/keys";

export const rule = stackRule({
    id: "cloudtrail-customer-key",
    severity: "medium",
    description: "Trails encrypt their log files with keys of the customer's.",
    fix: "Set kmsKeyId to the ARN of an aws.kms.Key whose policy lets CloudTrail use it.",
    frameworks: {
        controls: ["167"],
        securityHub: ["CloudTrail.2"],
        cisV3: ["3.5"],
        cisV5: ["3.5"],
        checkov: ["CKV_AWS_35"],
    },
    types: [TRAIL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(TRAIL), (trail) => {
            judgeCustomerKey(trail, "kmsKeyId", (reason) => {
                report(reason, trail);
            });
        });
    },
});
