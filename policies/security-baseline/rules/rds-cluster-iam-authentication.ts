import { flag, resourceRule } from "../../framework";
import { DB_CLUSTER } from "../shared/databases";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "rds-cluster-iam-authentication",
    severity: "medium",
    description: "Database clusters let roles sign in instead of passwords.",
    fix: "Set iamDatabaseAuthenticationEnabled to true.",
    frameworks: { controls: ["46"], securityHub: ["RDS.12"], checkov: ["CKV_AWS_162"] },
    types: [DB_CLUSTER],
    check: ({ props }, report) => {
        // AWS's default is false.
        const enabled = props.iamDatabaseAuthenticationEnabled;
        if (flag(enabled) !== true) {
            report(`has no IAM authentication: iamDatabaseAuthenticationEnabled is ${shown(enabled)}.`);
        }
    },
});
