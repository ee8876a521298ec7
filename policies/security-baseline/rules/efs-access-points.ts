import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:efs/accessPoint:AccessPoint": [
        {
            path: "rootDirectory.path",
            otherwise: "/",
            allowed: { not: ["/"] },
            wrong: "opens the whole file system",
        },
        { path: "posixUser", allowed: "given", wrong: "lets clients say who they are" },
    ],
};

export const rule = resourceRule({
    id: "efs-access-points",
    severity: "medium",
    description: "EFS access points give their users a folder and an identity of their own.",
    fix: "Set rootDirectory.path to a folder and posixUser to the user that files belong to.",
    frameworks: { controls: [], securityHub: ["EFS.3", "EFS.4"], checkov: ["CKV_AWS_329", "CKV_AWS_330"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
