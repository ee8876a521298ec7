import { flag, object, resourceRule } from "../../framework";
import { DOMAIN_TYPES } from "../shared/domains";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "opensearch-access-control",
    severity: "high",
    description: "OpenSearch domains have fine-grained access control.",
    fix: "Set advancedSecurityOptions with enabled and masterUserOptions.",
    frameworks: { controls: ["151"], securityHub: ["Opensearch.7"], checkov: ["CKV2_AWS_52"] },
    types: DOMAIN_TYPES,
    check: ({ props }, report) => {
        // AWS's default is false.
        const { enabled } = object(props.advancedSecurityOptions);
        if (flag(enabled) !== true) {
            report(`lets whoever is in do everything: advancedSecurityOptions.enabled is ${shown(enabled)}.`);
        }
    },
});
