import { object, stackRule } from "../../framework";
import { judgeCustomerKey } from "../shared/keys";

const CANARY = "aws:synthetics/canary:Canary";

/** Source: Amazon CloudWatch User Guide, "Encrypting canary artifacts". */
export const rule = stackRule({
    id: "synthetics-artifact-key",
    severity: "medium",
    description:
        "What canaries leave behind, which may be all that a page sent and got, is encrypted with a key of the customer's.",
    fix: "Set artifactConfig.s3Encryption with encryptionMode SSE_KMS and kmsKeyArn, the ARN of an aws.kms.Key.",
    frameworks: { controls: [] },
    types: [CANARY],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(CANARY), (canary) => {
            judgeCustomerKey(
                canary,
                "artifactConfig",
                (reason) => {
                    report(reason, canary);
                },
                () => object(object(canary.props.artifactConfig).s3Encryption).kmsKeyArn,
                "artifactConfig.s3Encryption.kmsKeyArn",
            );
        });
    },
});
