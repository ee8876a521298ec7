import { flag, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { DOCDB_CLUSTER } from "../shared/types";

export const rule = resourceRule({
    id: "docdb-global-managed-password",
    severity: "high",
    description: "DocumentDB does not manage the master password of clusters in a global cluster.",
    fix: "Leave manageMasterUserPassword out, and keep a password of your own in a secret with replicas.",
    frameworks: { controls: ["F41.3"] },
    types: [DOCDB_CLUSTER],
    check: ({ props }, report) => {
        if (isGiven(props, "globalClusterIdentifier") && flag(props.manageMasterUserPassword) === true) {
            report("is in a global cluster and has manageMasterUserPassword true.");
        }
    },
});
