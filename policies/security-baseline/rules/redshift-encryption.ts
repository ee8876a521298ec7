import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:redshift/cluster:Cluster": [
        // The provider's default is true. Serverless namespaces are always encrypted.
        { path: "encrypted", otherwise: true, allowed: [true], wrong: "keeps data in plain" },
    ],
};

export const rule = resourceRule({
    id: "redshift-encryption",
    severity: "medium",
    description: "Redshift clusters are encrypted.",
    fix: "Set encrypted to true, or leave it out.",
    frameworks: { controls: [], securityHub: ["Redshift.10"], checkov: ["CKV_AWS_64"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
