import { stackRule, text } from "../../framework";
import { inputOf } from "../../framework/items";
import { judgeCustomerKey } from "../shared/keys";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const rule = stackRule({
    id: "logs-customer-key",
    severity: "medium",
    description: "Log groups are encrypted with keys of the customer's.",
    fix: "Set kmsKeyId to the ARN of an aws.kms.Key whose policy lets CloudWatch Logs of the region use it.",
    frameworks: { controls: ["164"], checkov: ["CKV_AWS_158"] },
    types: [GROUP],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(GROUP), (group) => {
            judgeCustomerKey(group, "kmsKeyId", (reason) => {
                // What passes through a group of this class is on its way to a store of its own.
                if (text(inputOf(group, "logGroupClass")) !== "DELIVERY") {
                    report(reason, group);
                }
            });
        });
    },
});
