import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:redshift/cluster:Cluster": [
        { path: "publiclyAccessible", otherwise: false, allowed: [false], wrong: "has a public address" },
    ],
    "aws:redshiftserverless/workgroup:Workgroup": [
        { path: "publiclyAccessible", otherwise: false, allowed: [false], wrong: "has a public address" },
    ],
};

export const rule = resourceRule({
    id: "redshift-public-access",
    severity: "critical",
    description: "Redshift clusters and workgroups cannot be reached from the internet.",
    fix: "Set publiclyAccessible to false.",
    frameworks: {
        controls: [],
        securityHub: ["Redshift.1", "RedshiftServerless.3"],
        checkov: ["CKV_AWS_87"],
    },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
