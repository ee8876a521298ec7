import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER } from "../shared/types";

const EXCLUDED = ["globalClusterIdentifier", "masterUsername", "databaseName", "replicationSourceIdentifier"];

export const rule = resourceRule({
    id: "aurora-snapshot-arguments",
    severity: "high",
    description:
        "A cluster that is restored from a snapshot has what the snapshot has, and joins no global database.",
    fix: "Leave the property out; restore first, and make a global database from the cluster afterwards.",
    frameworks: { controls: ["F1.2.23"] },
    types: [RDS_CLUSTER],
    check: ({ props }, report) => {
        for (const property of isGiven(props, "snapshotIdentifier") ? EXCLUDED : []) {
            if (isGiven(props, property)) {
                report(`has snapshotIdentifier together with ${property}.`);
            }
        }
    },
});
