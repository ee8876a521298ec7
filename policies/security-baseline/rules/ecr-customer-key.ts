import { list, object, type Props, stackRule, text } from "../../framework";
import { shown } from "../shared/judging";
import { judgeCustomerKey } from "../shared/keys";
import { REPOSITORY } from "../shared/repositories";

export const rule = stackRule({
    id: "ecr-customer-key",
    severity: "medium",
    description: "Images are encrypted with keys of the customer's.",
    fix: 'Set encryptionConfigurations with encryptionType "KMS" and the ARN of an aws.kms.Key as kmsKey, which makes a new repository.',
    frameworks: { controls: ["131"], securityHub: ["ECR.5"], checkov: ["CKV_AWS_136"] },
    types: [REPOSITORY],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REPOSITORY), (repository) => {
            const first = (): Props => object(list(repository.props.encryptionConfigurations)[0]);
            // AWS's default is AES256.
            const { encryptionType } = first();
            if (!["KMS", "KMS_DSSE"].includes(text(encryptionType) ?? "AES256")) {
                report(
                    `is not encrypted with KMS: encryptionConfigurations[0].encryptionType is ${shown(encryptionType)}.`,
                    repository,
                );
                return;
            }
            judgeCustomerKey(
                repository,
                "encryptionConfigurations",
                (reason) => {
                    report(reason, repository);
                },
                () => first().kmsKey,
                "encryptionConfigurations[0].kmsKey",
            );
        });
    },
});
