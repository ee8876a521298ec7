import { list, object, resourceRule } from "../../framework";
import { DOMAIN_TYPES } from "../shared/domains";

export const rule = resourceRule({
    id: "opensearch-vpc",
    severity: "critical",
    description: "OpenSearch domains are in a VPC.",
    fix: "Set vpcOptions with subnetIds and securityGroupIds, which makes a new domain.",
    frameworks: { controls: ["147"], securityHub: ["Opensearch.2", "ES.2"], checkov: ["CKV_AWS_137"] },
    types: DOMAIN_TYPES,
    check: ({ props }, report) => {
        if (list(object(props.vpcOptions).subnetIds).length === 0) {
            report("can be reached from the internet: vpcOptions.subnetIds is not given.");
        }
    },
});
