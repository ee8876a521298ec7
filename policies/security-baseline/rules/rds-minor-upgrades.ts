import { flag, resourceRule } from "../../framework";
import { CLUSTER_INSTANCE, DB_CLUSTER, DB_INSTANCE } from "../shared/databases";

export const rule = resourceRule({
    id: "rds-minor-upgrades",
    severity: "medium",
    level: "advisory",
    description: "Databases take minor versions by themselves.",
    fix: "Set autoMinorVersionUpgrade to true, or leave it out.",
    frameworks: {
        controls: ["47"],
        securityHub: ["RDS.13", "RDS.35"],
        cisV3: ["2.3.2"],
        cisV5: ["2.2.2"],
        checkov: ["CKV_AWS_226"],
    },
    types: [CLUSTER_INSTANCE, DB_INSTANCE, DB_CLUSTER],
    check: ({ props }, report) => {
        // AWS's default is true.
        if (flag(props.autoMinorVersionUpgrade) === false) {
            report("does not take minor versions: autoMinorVersionUpgrade is false.");
        }
    },
});
