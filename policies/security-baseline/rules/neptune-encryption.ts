import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:neptune/cluster:Cluster": [
        // AWS's default is false. A member of a global database has it from there.
        {
            path: "storageEncrypted",
            otherwise: false,
            allowed: [true],
            wrong: "keeps data in plain",
            applies: (props) =>
                !isGiven(props, "globalClusterIdentifier") || isGiven(props, "storageEncrypted"),
        },
    ],
};

export const rule = resourceRule({
    id: "neptune-encryption",
    severity: "medium",
    description: "Neptune clusters are encrypted, and their snapshots with them.",
    fix: "Set storageEncrypted to true, which makes a new cluster.",
    frameworks: { controls: [], securityHub: ["Neptune.1", "Neptune.6"], checkov: ["CKV_AWS_44"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
