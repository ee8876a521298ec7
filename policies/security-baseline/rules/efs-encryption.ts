import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:efs/fileSystem:FileSystem": [
        // AWS's default is false.
        { path: "encrypted", otherwise: false, allowed: [true], wrong: "keeps files in plain" },
    ],
};

export const rule = resourceRule({
    id: "efs-encryption",
    severity: "medium",
    description: "EFS file systems are encrypted.",
    fix: "Set encrypted to true, which makes a new file system.",
    frameworks: {
        controls: [],
        securityHub: ["EFS.1", "EFS.8"],
        cisV3: ["2.4.1"],
        cisV5: ["2.3.1"],
        checkov: ["CKV_AWS_42"],
    },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
