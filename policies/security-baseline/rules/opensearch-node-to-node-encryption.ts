import { flag, object, resourceRule } from "../../framework";
import { DOMAIN_TYPES } from "../shared/domains";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "opensearch-node-to-node-encryption",
    severity: "medium",
    description: "Nodes of OpenSearch domains talk to one another by TLS.",
    fix: "Set nodeToNodeEncryption.enabled to true.",
    frameworks: { controls: ["148"], securityHub: ["Opensearch.3", "ES.3"], checkov: ["CKV_AWS_6"] },
    types: DOMAIN_TYPES,
    check: ({ props }, report) => {
        // The provider's default is false.
        const { enabled } = object(props.nodeToNodeEncryption);
        if (flag(enabled) !== true) {
            report(`has nodes that talk in plain: nodeToNodeEncryption.enabled is ${shown(enabled)}.`);
        }
    },
});
