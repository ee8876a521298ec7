import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:neptune/cluster:Cluster": [
        {
            path: "iamDatabaseAuthenticationEnabled",
            otherwise: false,
            allowed: [true],
            wrong: "answers whoever reaches it",
        },
    ],
};

export const rule = resourceRule({
    id: "neptune-iam-authentication",
    severity: "high",
    description: "Neptune clusters ask who is calling; without IAM they answer whoever reaches them.",
    fix: "Set iamDatabaseAuthenticationEnabled to true.",
    frameworks: { controls: [], securityHub: ["Neptune.7"], checkov: ["CKV_AWS_359"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
