import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { shown } from "../shared/judging";
import { isKeyOfAws } from "../shared/keys";

interface Config {
    readonly customerKey: boolean;
}

export const rule = resourceRule<Config>({
    id: "sqs-encryption",
    severity: "medium",
    description: "Queues encrypt their messages.",
    fix: "Set sqsManagedSseEnabled to true, or kmsMasterKeyId to the id of an aws.kms.Key.",
    frameworks: {
        controls: ["160"],
        securityHub: ["SQS.1"],
        checkov: ["CKV_AWS_27", "CKV2_AWS_73"],
    },
    types: ["aws:sqs/queue:Queue"],
    config: {
        customerKey: {
            type: "boolean",
            default: false,
            description: "Whether it must be a key of the customer's; otherwise AWS's own will do.",
        },
    },
    check: ({ props }, report, { customerKey }) => {
        if (customerKey) {
            const key = text(props.kmsMasterKeyId) ?? "";
            if (key === "" || isKeyOfAws(key)) {
                report(
                    `is not encrypted with a key of the customer's: kmsMasterKeyId is ${shown(props.kmsMasterKeyId)}.`,
                );
            }
        } else if (!isGiven(props, "kmsMasterKeyId") && flag(props.sqsManagedSseEnabled) === false) {
            // AWS's default is true.
            report("does not encrypt messages: sqsManagedSseEnabled is false.");
        }
    },
});
