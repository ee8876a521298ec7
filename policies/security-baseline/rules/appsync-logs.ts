import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:appsync/graphQLApi:GraphQLApi": [
        {
            path: "logConfig.fieldLogLevel",
            otherwise: "NONE",
            allowed: { not: ["NONE"] },
            wrong: "logs no errors of fields",
        },
    ],
};

export const rule = resourceRule({
    id: "appsync-logs",
    severity: "medium",
    description: "AppSync logs requests and what goes wrong in them.",
    fix: 'Set logConfig with fieldLogLevel "ERROR" or more, and a role that may write logs.',
    frameworks: { controls: [], securityHub: ["AppSync.2"], checkov: ["CKV_AWS_193", "CKV_AWS_194"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
