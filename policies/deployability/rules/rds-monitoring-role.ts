import { number, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../shared/types";

export const rule = resourceRule({
    id: "rds-monitoring-role",
    severity: "high",
    description: "Enhanced monitoring has both an interval and a role.",
    fix: "Set monitoringInterval above 0 together with monitoringRoleArn, or leave both out.",
    frameworks: { controls: ["F1.2.14"] },
    types: [RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE],
    check: ({ props }, report) => {
        // The default is 0, which is off.
        const interval = number(props.monitoringInterval) ?? 0;
        const hasRole = isGiven(props, "monitoringRoleArn");
        if (interval > 0 && !hasRole) {
            report(`has monitoringInterval ${interval} without monitoringRoleArn.`);
        } else if (interval === 0 && hasRole) {
            report("has monitoringRoleArn with monitoringInterval 0.");
        }
    },
});
