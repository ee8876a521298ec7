import { flag, resourceRule } from "../../framework";
import { CLUSTER_INSTANCE, DB_INSTANCE } from "../shared/databases";

export const rule = resourceRule({
    id: "rds-public-access",
    severity: "critical",
    description: "Database instances have no public address.",
    fix: "Set publiclyAccessible to false.",
    frameworks: {
        controls: ["33", "34"],
        securityHub: ["RDS.2"],
        cisV3: ["2.3.3"],
        cisV5: ["2.2.3"],
        checkov: ["CKV_AWS_17"],
    },
    types: [DB_INSTANCE, CLUSTER_INSTANCE],
    check: ({ props }, report) => {
        // The provider's default is false.
        if (flag(props.publiclyAccessible) === true) {
            report("has a public address: publiclyAccessible is true.");
        }
    },
});
