import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:dms/replicationInstance:ReplicationInstance": [
        // AWS's default is true; the provider always sends one, and its own is false.
        { path: "publiclyAccessible", otherwise: false, allowed: [false], wrong: "has a public address" },
    ],
};

export const rule = resourceRule({
    id: "dms-public-access",
    severity: "critical",
    description: "Replication instances of DMS cannot be reached from the internet.",
    fix: "Set publiclyAccessible to false.",
    frameworks: { controls: [], securityHub: ["DMS.1"], checkov: ["CKV_AWS_89"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
