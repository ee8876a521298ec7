import { object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { companionTypes } from "../shared/buckets";
import { choices } from "../shared/values";

const KMS = ["aws:kms", "aws:kms:dsse"];
const ALGORITHMS = ["AES256", ...KMS];

export const rule = resourceRule({
    id: "s3-encryption-key",
    severity: "high",
    description: "A bucket has a KMS key exactly where it encrypts with KMS.",
    fix: 'Set sseAlgorithm to "aws:kms" with kmsMasterKeyId, or to "AES256" without.',
    frameworks: { controls: ["F9.10"] },
    types: companionTypes("BucketServerSideEncryptionConfiguration"),
    check: ({ props }, report) => {
        eachObject(props.rules, (each, index) => {
            const encryption = object(each.applyServerSideEncryptionByDefault);
            const algorithm = text(encryption.sseAlgorithm);
            if (algorithm === undefined) {
                return;
            }
            if (!ALGORITHMS.includes(algorithm)) {
                report(
                    `has rules[${index}] with sseAlgorithm "${algorithm}"; allowed: ${choices(ALGORITHMS)}.`,
                );
            } else if (!KMS.includes(algorithm) && isGiven(encryption, "kmsMasterKeyId")) {
                report(`has rules[${index}] with sseAlgorithm "${algorithm}" and kmsMasterKeyId.`);
            }
        });
    },
});
