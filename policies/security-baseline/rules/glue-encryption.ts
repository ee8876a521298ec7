import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:glue/securityConfiguration:SecurityConfiguration": [
        {
            path: "encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode",
            otherwise: "DISABLED",
            allowed: { not: ["DISABLED"] },
            wrong: "keeps logs in plain",
        },
        {
            path: "encryptionConfiguration.jobBookmarksEncryption.jobBookmarksEncryptionMode",
            otherwise: "DISABLED",
            allowed: { not: ["DISABLED"] },
            wrong: "keeps bookmarks in plain",
        },
        {
            path: "encryptionConfiguration.s3Encryption.s3EncryptionMode",
            otherwise: "DISABLED",
            allowed: { not: ["DISABLED"] },
            wrong: "writes data in plain",
        },
    ],
    "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings": [
        {
            path: "dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode",
            otherwise: "DISABLED",
            allowed: { not: ["DISABLED"] },
            wrong: "keeps the catalogue in plain",
        },
        {
            path: "dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted",
            otherwise: false,
            allowed: [true],
            wrong: "hands out passwords of connections in plain",
        },
    ],
};

export const rule = resourceRule({
    id: "glue-encryption",
    severity: "medium",
    description: "Glue encrypts what its jobs write and log, its catalogue and the passwords in it.",
    fix: 'Name a key and a mode other than "DISABLED" in each part of encryptionConfiguration and of dataCatalogEncryptionSettings, and set returnConnectionPasswordEncrypted to true.',
    frameworks: { controls: [], checkov: ["CKV_AWS_94", "CKV_AWS_99"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
