import { flag, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { QUEUE } from "../shared/types";

export const rule = resourceRule({
    id: "sqs-encryption",
    severity: "high",
    description: "Queues encrypt with a KMS key or with SQS's own keys.",
    fix: "Keep kmsMasterKeyId, or sqsManagedSseEnabled true.",
    frameworks: { controls: ["F16.6"] },
    types: [QUEUE],
    check: ({ props }, report) => {
        if (isGiven(props, "kmsMasterKeyId") && flag(props.sqsManagedSseEnabled) === true) {
            report("has both kmsMasterKeyId and sqsManagedSseEnabled true.");
        }
    },
});
