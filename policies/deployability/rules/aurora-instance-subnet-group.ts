import { stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { clusterOf } from "../shared/aurora";
import { RDS_CLUSTER_INSTANCE } from "../shared/types";

const PROPERTY = "dbSubnetGroupName";

export const rule = stackRule({
    id: "aurora-instance-subnet-group",
    severity: "high",
    description: "The instances of a cluster are in the cluster's subnet group.",
    fix: "Give cluster and instances the same dbSubnetGroupName.",
    frameworks: { controls: ["F1.2.20"] },
    types: [RDS_CLUSTER_INSTANCE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(RDS_CLUSTER_INSTANCE), (instance) => {
            const cluster = clusterOf(stack, instance);
            if (cluster === undefined || !isInput(cluster, PROPERTY) || !isInput(instance, PROPERTY)) {
                return;
            }
            const own = text(instance.props[PROPERTY]);
            const expected = text(cluster.props[PROPERTY]);
            if (own !== expected) {
                report(`has ${PROPERTY} "${own ?? ""}", and its cluster has "${expected ?? ""}".`, instance);
            }
        });
    },
});
