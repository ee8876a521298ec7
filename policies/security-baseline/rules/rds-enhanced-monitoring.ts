import { number, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { CLUSTER_INSTANCE, DB_INSTANCE } from "../shared/databases";

export const rule = resourceRule({
    id: "rds-enhanced-monitoring",
    severity: "low",
    level: "advisory",
    description: "Database instances report metrics of their operating system.",
    fix: "Set monitoringInterval to 60 or less (seconds), and monitoringRoleArn to a role for it.",
    frameworks: { controls: ["48"], securityHub: ["RDS.6"], checkov: ["CKV_AWS_118"] },
    types: [CLUSTER_INSTANCE, DB_INSTANCE],
    check: ({ props }, report) => {
        // AWS's default is 0, which is off.
        const interval = number(props.monitoringInterval) ?? 0;
        if (interval === 0) {
            report("has no enhanced monitoring: monitoringInterval is 0.");
        } else if (!isGiven(props, "monitoringRoleArn")) {
            report("has no role for enhanced monitoring: monitoringRoleArn is not given.");
        }
    },
});
