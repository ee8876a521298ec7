import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:kinesis/stream:Stream": [
        { path: "encryptionType", otherwise: "NONE", allowed: ["KMS"], wrong: "keeps records in plain" },
    ],
};

export const rule = resourceRule({
    id: "kinesis-encryption",
    severity: "medium",
    description: "Kinesis streams encrypt their records.",
    fix: 'Set encryptionType to "KMS" and kmsKeyId to a key.',
    frameworks: { controls: [], securityHub: ["Kinesis.1"], checkov: ["CKV_AWS_43"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
