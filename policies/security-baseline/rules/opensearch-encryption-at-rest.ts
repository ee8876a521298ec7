import { flag, object, type Props, stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { DOMAIN_TYPES } from "../shared/domains";
import { shown } from "../shared/judging";
import { judgeCustomerKey } from "../shared/keys";

interface Config {
    readonly customerKey: boolean;
}

export const rule = stackRule<Config>({
    id: "opensearch-encryption-at-rest",
    severity: "medium",
    description: "OpenSearch domains are encrypted at rest, with keys of the customer's.",
    fix: "Set encryptAtRest with enabled and the ARN of an aws.kms.Key as kmsKeyId.",
    frameworks: {
        controls: ["146"],
        securityHub: ["Opensearch.1", "ES.1"],
        checkov: ["CKV_AWS_5", "CKV_AWS_247"],
    },
    types: DOMAIN_TYPES,
    config: {
        customerKey: {
            type: "boolean",
            default: true,
            description:
                "Whether the key must be the customer's; otherwise AWS's own for the service will do.",
        },
    },
    checkStack: (stack, report, { customerKey }) => {
        stack.each(stack.ofType(...DOMAIN_TYPES), (domain) => {
            const given = isInput(domain, "encryptAtRest");
            const read = (): Props => (given ? object(domain.props.encryptAtRest) : {});
            // The provider's default is false.
            const { enabled } = read();
            if (flag(enabled) !== true) {
                report(`is not encrypted at rest: encryptAtRest.enabled is ${shown(enabled)}.`, domain);
            } else if (customerKey) {
                judgeCustomerKey(
                    domain,
                    "encryptAtRest",
                    (reason) => {
                        report(reason, domain);
                    },
                    () => read().kmsKeyId,
                    "encryptAtRest.kmsKeyId",
                );
            }
        });
    },
});
