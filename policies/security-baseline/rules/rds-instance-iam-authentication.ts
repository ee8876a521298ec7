import { flag, resourceRule } from "../../framework";
import { DB_INSTANCE, engineOf } from "../shared/databases";
import { shown } from "../shared/judging";

/** Engines whose instances know IAM authentication. */
const ENGINES = ["mariadb", "mysql", "postgres"];

export const rule = resourceRule({
    id: "rds-instance-iam-authentication",
    severity: "medium",
    description: "Database instances let roles sign in instead of passwords.",
    fix: "Set iamDatabaseAuthenticationEnabled to true.",
    frameworks: { controls: [], securityHub: ["RDS.10"], checkov: ["CKV_AWS_161"] },
    types: [DB_INSTANCE],
    check: ({ props }, report) => {
        // A replica that leaves its engine out has its source's; nothing then tells whether it may.
        if (!ENGINES.includes(engineOf(props))) {
            return;
        }
        // AWS's default is false.
        const enabled = props.iamDatabaseAuthenticationEnabled;
        if (flag(enabled) !== true) {
            report(`has no IAM authentication: iamDatabaseAuthenticationEnabled is ${shown(enabled)}.`);
        }
    },
});
