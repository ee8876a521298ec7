import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:memorydb/cluster:Cluster": [
        { path: "tlsEnabled", otherwise: true, allowed: [true], wrong: "can be talked to in plain" },
        { path: "aclName", allowed: { not: ["open-access"] }, wrong: "answers whoever reaches it" },
    ],
};

export const rule = resourceRule({
    id: "memorydb-tls",
    severity: "high",
    description: "MemoryDB clusters speak TLS, and ask who is calling.",
    fix: "Leave tlsEnabled alone, and set aclName to an aws.memorydb.Acl of named users.",
    frameworks: { controls: [], checkov: ["CKV_AWS_202"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
