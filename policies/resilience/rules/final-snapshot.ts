import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { flag } from "../../framework/subject";

export const rule = resourceRule({
    id: "final-snapshot",
    severity: "high",
    description: "A database that is deleted leaves a snapshot behind.",
    fix: "Set skipFinalSnapshot to false and give a finalSnapshotIdentifier.",
    frameworks: { controls: ["P20"] },
    types: [
        "aws:docdb/cluster:Cluster",
        "aws:neptune/cluster:Cluster",
        "aws:rds/cluster:Cluster",
        "aws:rds/instance:Instance",
        "aws:redshift/cluster:Cluster",
    ],
    check: (database, report) => {
        const { props } = database;
        // AWS makes no final snapshot of a read replica of an instance; its source has the data.
        if (database.type === "aws:rds/instance:Instance" && isGiven(props, "replicateSourceDb")) {
            return;
        }
        // The provider's default is false.
        if (flag(props.skipFinalSnapshot) === true) {
            report("has skipFinalSnapshot true.");
        } else if (!isGiven(props, "finalSnapshotIdentifier")) {
            report("has no finalSnapshotIdentifier, without which it cannot be deleted.");
        }
    },
});
