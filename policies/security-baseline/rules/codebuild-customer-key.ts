import { object, stackRule, text } from "../../framework";
import { judgeCustomerKey } from "../shared/keys";

const PROJECT = "aws:codebuild/project:Project";

export const rule = stackRule({
    id: "codebuild-customer-key",
    severity: "medium",
    description: "What builds make is encrypted with keys of the customer's.",
    fix: "Set encryptionKey to the ARN of an aws.kms.Key.",
    frameworks: { controls: [], checkov: ["CKV_AWS_147"] },
    types: [PROJECT],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(PROJECT), (project) => {
            if (text(object(project.props.artifacts).type) === "NO_ARTIFACTS") {
                return;
            }
            judgeCustomerKey(project, "encryptionKey", (reason) => {
                report(reason, project);
            });
        });
    },
});
