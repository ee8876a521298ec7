import { resourceRule, text } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "dax-tls",
    severity: "medium",
    description: "DAX clusters speak TLS.",
    fix: 'Set clusterEndpointEncryptionType to "TLS", which makes a new cluster.',
    frameworks: { controls: ["138"], securityHub: ["DynamoDB.7"], checkov: ["CKV_AWS_239"] },
    types: ["aws:dax/cluster:Cluster"],
    check: ({ props }, report) => {
        // AWS's default is NONE.
        if (text(props.clusterEndpointEncryptionType) !== "TLS") {
            report(
                `can be talked to in plain: clusterEndpointEncryptionType is ${shown(props.clusterEndpointEncryptionType)}.`,
            );
        }
    },
});
