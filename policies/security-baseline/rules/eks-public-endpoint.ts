import { flag, object, resourceRule, texts } from "../../framework";
import { isAnywhere } from "../shared/cidr";
import { shown } from "../shared/judging";

interface Config {
    readonly namedBlocks: boolean;
}

export const rule = resourceRule<Config>({
    id: "eks-public-endpoint",
    severity: "high",
    description: "The API of Kubernetes is not on the internet.",
    fix: "Set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true.",
    frameworks: { controls: [], securityHub: ["EKS.1"], checkov: ["CKV_AWS_38", "CKV_AWS_39"] },
    types: ["aws:eks/cluster:Cluster"],
    config: {
        namedBlocks: {
            type: "boolean",
            default: false,
            description:
                "Whether a public endpoint will do that lets in blocks of vpcConfig.publicAccessCidrs alone.",
        },
    },
    check: ({ props }, report, { namedBlocks }) => {
        const { endpointPublicAccess, publicAccessCidrs } = object(props.vpcConfig);
        // AWS's default is true.
        if (flag(endpointPublicAccess) === false) {
            return;
        }
        if (!namedBlocks) {
            report(
                `has a public endpoint: vpcConfig.endpointPublicAccess is ${shown(endpointPublicAccess)}.`,
            );
            return;
        }
        const blocks = texts(publicAccessCidrs);
        if (blocks.length === 0 || blocks.some(isAnywhere)) {
            report(
                `has an endpoint for everybody: vpcConfig.publicAccessCidrs is ${shown(publicAccessCidrs)}.`,
            );
        }
    },
});
