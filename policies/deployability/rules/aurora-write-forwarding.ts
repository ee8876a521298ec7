import { flag, stackRule } from "../../framework";
import { globalMembers } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";

export const rule = stackRule({
    id: "aurora-write-forwarding",
    severity: "high",
    description: "Only members of a global database forward writes to its primary.",
    fix: "Leave enableGlobalWriteForwarding out where the cluster stands alone.",
    frameworks: { controls: ["F1.3.8"] },
    types: [RDS_CLUSTER],
    checkStack: (stack, report) => {
        const members = globalMembers(stack);
        stack.each(stack.ofType(RDS_CLUSTER), (cluster) => {
            if (!members.includes(cluster) && flag(cluster.props.enableGlobalWriteForwarding) === true) {
                report("has enableGlobalWriteForwarding true and belongs to no global database.", cluster);
            }
        });
    },
});
