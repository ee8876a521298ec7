import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:neptune/clusterInstance:ClusterInstance": [
        { path: "publiclyAccessible", otherwise: false, allowed: [false], wrong: "has a public address" },
    ],
    "aws:neptunegraph/graph:Graph": [
        { path: "publicConnectivity", otherwise: false, allowed: [false], wrong: "has a public address" },
    ],
};

export const rule = resourceRule({
    id: "neptune-public-access",
    severity: "critical",
    description: "Neptune databases and graphs cannot be reached from the internet.",
    fix: "Set publiclyAccessible or publicConnectivity to false, or leave it out.",
    frameworks: { controls: [], checkov: ["CKV_AWS_102"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
