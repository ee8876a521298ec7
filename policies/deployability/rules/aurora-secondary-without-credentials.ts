import { stackRule } from "../../framework";
import { CREDENTIALS, isSet, ORIGINS, secondariesOf } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";

export const rule = stackRule({
    id: "aurora-secondary-without-credentials",
    severity: "high",
    description:
        "A secondary cluster of a global database has no database name, credentials or origin of its own.",
    fix: "Leave the property out; the cluster gets database, users and passwords from the primary by replication.",
    frameworks: { controls: ["C1"] },
    types: [RDS_CLUSTER],
    checkStack: (stack, report) => {
        stack.each(secondariesOf(stack), (cluster) => {
            for (const property of [...CREDENTIALS, ...ORIGINS]) {
                if (isSet(cluster, property)) {
                    report(
                        `is a secondary cluster of a global database and has ${property}, which AWS rejects ("Cannot specify … for cross region replication cluster").`,
                        cluster,
                    );
                }
            }
        });
    },
});
