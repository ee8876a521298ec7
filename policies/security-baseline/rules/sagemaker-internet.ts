import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sagemaker/notebookInstance:NotebookInstance": [
        { path: "subnetId", allowed: "given", wrong: "is in no VPC of its owner" },
        {
            path: "directInternetAccess",
            otherwise: "Enabled",
            allowed: ["Disabled"],
            wrong: "has a way to the internet past the VPC",
        },
    ],
    "aws:sagemaker/domain:Domain": [
        {
            path: "appNetworkAccessType",
            otherwise: "PublicInternetOnly",
            allowed: ["VpcOnly"],
            wrong: "has a way to the internet past the VPC",
        },
    ],
};

export const rule = resourceRule({
    id: "sagemaker-internet",
    severity: "high",
    description:
        "Notebooks and domains of SageMaker reach the internet through the VPC of their owner alone, if at all.",
    fix: 'Set subnetId and directInternetAccess "Disabled" of notebooks, and appNetworkAccessType "VpcOnly" of domains.',
    frameworks: { controls: [], securityHub: ["SageMaker.1", "SageMaker.2"], checkov: ["CKV_AWS_122"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
