import { object, stackRule } from "../../framework";
import { judgeCustomerKey } from "../shared/keys";

const FUNCTION = "aws:lambda/function:Function";

export const rule = stackRule({
    id: "lambda-environment-key",
    severity: "medium",
    description: "The environment of functions is encrypted with keys of the customer's.",
    fix: "Set kmsKeyArn to the ARN of an aws.kms.Key, and let the function's role decrypt with it.",
    frameworks: { controls: ["103"], checkov: ["CKV_AWS_173"] },
    types: [FUNCTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(FUNCTION), (member) => {
            // Without variables Lambda keeps no key.
            if (Object.keys(object(object(member.props.environment).variables)).length > 0) {
                judgeCustomerKey(member, "kmsKeyArn", (reason) => {
                    report(reason, member);
                });
            }
        });
    },
});
