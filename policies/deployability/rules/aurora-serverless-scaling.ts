import { type Member, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { clusterOf, instancesOf } from "../shared/aurora";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE } from "../shared/types";

const CLASS = "db.serverless";
const BLOCK = "serverlessv2ScalingConfiguration";

export const rule = stackRule({
    id: "aurora-serverless-scaling",
    severity: "high",
    description:
        "A cluster has a Serverless v2 scaling configuration exactly when it has db.serverless instances.",
    fix: `Set ${BLOCK} on the cluster of ${CLASS} instances, and leave it out where there are none.`,
    frameworks: { controls: ["C5"] },
    types: [RDS_CLUSTER, RDS_CLUSTER_INSTANCE],
    checkStack: (stack, report) => {
        const isServerless = (instance: Member): boolean => text(instance.props.instanceClass) === CLASS;
        stack.each(stack.ofType(RDS_CLUSTER_INSTANCE), (instance) => {
            const cluster = clusterOf(stack, instance);
            if (cluster !== undefined && isServerless(instance) && !isInput(cluster, BLOCK)) {
                report(
                    `has instanceClass "${CLASS}", and its cluster ${cluster.name} has no ${BLOCK}.`,
                    instance,
                );
            }
        });
        stack.each(stack.ofType(RDS_CLUSTER), (cluster) => {
            const instances = instancesOf(stack, cluster);
            // A cluster without instances is storage alone, and waits for some.
            if (isInput(cluster, BLOCK) && instances.length > 0 && !instances.some(isServerless)) {
                report(`has ${BLOCK}, and none of its instances is "${CLASS}".`, cluster);
            }
        });
    },
});
