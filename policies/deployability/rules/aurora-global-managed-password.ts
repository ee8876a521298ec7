import { flag, stackRule } from "../../framework";
import { globalMembers } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";

export const rule = stackRule({
    id: "aurora-global-managed-password",
    severity: "high",
    description: "RDS does not manage the master password of clusters in a global database.",
    fix: "Leave manageMasterUserPassword out, and keep a password of your own in a secret with replicas.",
    frameworks: { controls: ["C4"] },
    types: [RDS_CLUSTER],
    checkStack: (stack, report) => {
        stack.each(globalMembers(stack), (cluster) => {
            if (flag(cluster.props.manageMasterUserPassword) === true) {
                report("is a member of a global database and has manageMasterUserPassword true.", cluster);
            }
        });
    },
});
