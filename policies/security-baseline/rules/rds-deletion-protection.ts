import { flag, resourceRule } from "../../framework";
import { DB_CLUSTER, DB_INSTANCE } from "../shared/databases";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "rds-deletion-protection",
    severity: "medium",
    description: "Database clusters and instances are protected against deletion.",
    fix: "Set deletionProtection to true.",
    frameworks: {
        controls: ["41", "42"],
        securityHub: ["RDS.7", "RDS.8"],
        checkov: ["CKV_AWS_139", "CKV_AWS_293"],
    },
    types: [DB_CLUSTER, DB_INSTANCE],
    check: ({ props }, report) => {
        // AWS's default is false.
        if (flag(props.deletionProtection) !== true) {
            report(`can be deleted: deletionProtection is ${shown(props.deletionProtection)}.`);
        }
    },
});
