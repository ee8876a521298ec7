import { flag, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "rds-global-cluster-encryption",
    severity: "high",
    description: "Global databases are encrypted.",
    fix: "Set storageEncrypted to true, or make the global database from an encrypted cluster.",
    frameworks: { controls: ["38"], checkov: ["CKV_AWS_140"] },
    types: ["aws:rds/globalCluster:GlobalCluster"],
    check: ({ props }, report) => {
        // Made from a cluster, it is encrypted as that is. Otherwise AWS's default is false.
        const encrypted = flag(props.storageEncrypted) ?? isGiven(props, "sourceDbClusterIdentifier");
        if (!encrypted) {
            report(`is not encrypted: storageEncrypted is ${shown(props.storageEncrypted)}.`);
        }
    },
});
