import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:appsync/apiCache:ApiCache": [
        // Both defaults are false.
        {
            path: "atRestEncryptionEnabled",
            otherwise: false,
            allowed: [true],
            wrong: "keeps answers in plain",
        },
        {
            path: "transitEncryptionEnabled",
            otherwise: false,
            allowed: [true],
            wrong: "sends answers in plain",
        },
    ],
};

export const rule = resourceRule({
    id: "appsync-cache-encryption",
    severity: "medium",
    description: "Caches of AppSync are encrypted, at rest and on the way.",
    fix: "Set atRestEncryptionEnabled and transitEncryptionEnabled to true, which makes a new cache.",
    frameworks: {
        controls: [],
        securityHub: ["AppSync.1", "AppSync.6"],
        checkov: ["CKV_AWS_214", "CKV_AWS_215"],
    },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
