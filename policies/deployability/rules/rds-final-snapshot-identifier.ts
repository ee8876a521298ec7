import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { DOCDB_CLUSTER, RDS_CLUSTER, RDS_INSTANCE } from "../shared/types";
import { judge } from "../shared/values";

export const rule = resourceRule({
    id: "rds-final-snapshot-identifier",
    severity: "high",
    description: "A database can be deleted: it skips the final snapshot, or names one as RDS takes it.",
    fix: "Set finalSnapshotIdentifier to a letter followed by letters, digits and single hyphens, or skipFinalSnapshot to true.",
    frameworks: { controls: ["C6"] },
    types: [RDS_CLUSTER, RDS_INSTANCE, DOCDB_CLUSTER, "aws:neptune/cluster:Cluster"],
    check: ({ type, props }, report) => {
        // The provider's default is false.
        const skips = flag(props.skipFinalSnapshot) === true;
        judge(
            () => {
                const isReplica = type === RDS_INSTANCE && isGiven(props, "replicateSourceDb");
                if (!skips && !isGiven(props, "finalSnapshotIdentifier") && !isReplica) {
                    report(
                        "has neither skipFinalSnapshot nor finalSnapshotIdentifier, so that deleting it fails.",
                    );
                }
                if (skips && isGiven(props, "finalSnapshotIdentifier")) {
                    report(
                        "has skipFinalSnapshot true and a finalSnapshotIdentifier, which exclude each other.",
                    );
                }
            },
            () => {
                const identifier = text(props.finalSnapshotIdentifier);
                if (
                    identifier !== undefined &&
                    (!/^[A-Za-z](?:-?[A-Za-z0-9])*$/.test(identifier) || identifier.length > 255)
                ) {
                    report(`has finalSnapshotIdentifier "${identifier}".`);
                }
            },
        );
    },
});
