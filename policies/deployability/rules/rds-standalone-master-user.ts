import { flag, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER } from "../shared/types";

const ORIGINS = [
    "globalClusterIdentifier",
    "replicationSourceIdentifier",
    "snapshotIdentifier",
    "restoreToPointInTime",
];

export const rule = resourceRule({
    id: "rds-standalone-master-user",
    severity: "high",
    description: "A cluster that starts empty has a master user and a password.",
    fix: "Set masterUsername, and masterPassword or another source of the password.",
    frameworks: { controls: ["F1.2.6"] },
    types: [RDS_CLUSTER],
    check: ({ props }, report) => {
        if (ORIGINS.some((property) => isGiven(props, property))) {
            return;
        }
        if (!isGiven(props, "masterUsername")) {
            report("starts empty and has no masterUsername.");
        }
        const hasPassword =
            ["masterPassword", "masterPasswordWo"].some((property) => isGiven(props, property)) ||
            (isGiven(props, "manageMasterUserPassword") && flag(props.manageMasterUserPassword) !== false);
        if (!hasPassword) {
            report("starts empty and has no masterPassword.");
        }
    },
});
