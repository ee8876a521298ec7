import { flag, object, resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:athena/workgroup:Workgroup": [
        // Results that Athena keeps itself are always encrypted.
        {
            path: "configuration.resultConfiguration.encryptionConfiguration.encryptionOption",
            allowed: "given",
            wrong: "leaves it to the bucket how results are encrypted",
            applies: ({ configuration }) =>
                flag(object(object(configuration).managedQueryResultsConfiguration).enabled) !== true,
        },
        {
            path: "configuration.enforceWorkgroupConfiguration",
            otherwise: true,
            allowed: [true],
            wrong: "lets clients write results elsewhere and in plain",
        },
    ],
    "aws:athena/database:Database": [
        {
            path: "encryptionConfiguration.encryptionOption",
            allowed: "given",
            wrong: "leaves it to the bucket how results are encrypted",
        },
    ],
};

export const rule = resourceRule({
    id: "athena-encryption",
    severity: "medium",
    description: "Workgroups of Athena say how results are encrypted, and clients cannot say otherwise.",
    fix: "Set configuration.resultConfiguration.encryptionConfiguration, and leave enforceWorkgroupConfiguration alone.",
    frameworks: { controls: [], checkov: ["CKV_AWS_77", "CKV_AWS_82", "CKV_AWS_159"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
