import { stackRule } from "../../framework";
import { keyOwner } from "../shared/keys";

const TOPIC = "aws:sns/topic:Topic";

interface Config {
    readonly customerKey: boolean;
}

export const rule = stackRule<Config>({
    id: "sns-encryption",
    severity: "medium",
    description: "Topics encrypt their messages with KMS.",
    fix: "Set kmsMasterKeyId to the id of an aws.kms.Key whose policy lets in the services that publish.",
    frameworks: { controls: ["158"], securityHub: ["SNS.1"], checkov: ["CKV_AWS_26"] },
    types: [TOPIC],
    config: {
        customerKey: {
            type: "boolean",
            default: false,
            description:
                "Whether the key must be the customer's. AWS's own for SNS lets no alarms and no events publish.",
        },
    },
    checkStack: (stack, report, { customerKey }) => {
        stack.each(stack.ofType(TOPIC), (topic) => {
            const owner = keyOwner(topic, "kmsMasterKeyId");
            if (owner === "nobody") {
                report("does not encrypt messages: kmsMasterKeyId is not given.", topic);
            } else if (owner === "aws" && customerKey) {
                report(
                    "is not encrypted with a key of the customer's: kmsMasterKeyId is a key of AWS's.",
                    topic,
                );
            }
        });
    },
});
