import { stackRule, text } from "../../framework";
import { clusterOf, globalMembers } from "../shared/aurora";
import { RDS_CLUSTER_INSTANCE } from "../shared/types";

export const rule = stackRule({
    id: "aurora-global-instance-class",
    severity: "high",
    description:
        "Instances of a global database are serverless, or of a memory-optimized class from db.r5 on.",
    fix: "Set instanceClass to db.serverless or to a db.r class, such as db.r7g.large.",
    frameworks: { controls: ["F1.4.4"] },
    types: [RDS_CLUSTER_INSTANCE],
    checkStack: (stack, report) => {
        const members = globalMembers(stack);
        stack.each(stack.ofType(RDS_CLUSTER_INSTANCE), (instance) => {
            const cluster = clusterOf(stack, instance);
            if (cluster === undefined || !members.includes(cluster)) {
                return;
            }
            const given = text(instance.props.instanceClass) ?? "";
            if (!/^db\.(?:serverless$|[rx](?:[5-9]|\d\d))/.test(given)) {
                report(`belongs to a global database and has instanceClass "${given}".`, instance);
            }
        });
    },
});
