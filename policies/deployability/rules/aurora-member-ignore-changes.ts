import { stackRule } from "../../framework";
import { globalMembers } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";

// What AWS sets on members: a diff of the first promotes a secondary out of its global database, one of the second
// fails the update, and after a switchover both happen to the other member.
const REQUIRED = ["replicationSourceIdentifier", "engineVersion"];

export const rule = stackRule({
    id: "aurora-member-ignore-changes",
    severity: "critical",
    description: "Members of a global database ignore changes of what replication and upgrades set on them.",
    fix: 'Add "replicationSourceIdentifier" and "engineVersion" to the cluster\'s ignoreChanges.',
    frameworks: { controls: ["C2"] },
    types: [RDS_CLUSTER],
    checkStack: (stack, report) => {
        for (const cluster of globalMembers(stack)) {
            const missing = REQUIRED.filter((property) => !cluster.opts.ignoreChanges.includes(property));
            if (missing.length > 0) {
                report(
                    `is a member of a global database and does not ignore changes of ${missing.join(" and ")}.`,
                    cluster,
                );
            }
        }
    },
});
