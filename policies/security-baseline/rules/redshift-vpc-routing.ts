import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:redshift/cluster:Cluster": [
        { path: "enhancedVpcRouting", otherwise: false, allowed: [true], wrong: "sends data past the VPC" },
    ],
    "aws:redshiftserverless/workgroup:Workgroup": [
        { path: "enhancedVpcRouting", otherwise: false, allowed: [true], wrong: "sends data past the VPC" },
    ],
};

export const rule = resourceRule({
    id: "redshift-vpc-routing",
    severity: "medium",
    description: "Redshift loads and unloads through its VPC, where endpoints and flow logs see it.",
    fix: "Set enhancedVpcRouting to true.",
    frameworks: {
        controls: [],
        securityHub: ["Redshift.7", "RedshiftServerless.1"],
        checkov: ["CKV_AWS_321"],
    },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
