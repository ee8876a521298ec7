import { resourceRule, text } from "../../framework";
import { RDS_CLUSTER, RDS_INSTANCE } from "../shared/types";
import { choices, visit } from "../shared/values";

const AURORA: Readonly<Record<string, readonly string[]>> = {
    "aurora-mysql": ["audit", "error", "general", "instance", "slowquery", "iam-db-auth-error"],
    "aurora-postgresql": ["instance", "postgresql", "iam-db-auth-error"],
};

const LOGS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    [RDS_CLUSTER]: {
        ...AURORA,
        // Multi-AZ clusters have no option groups, and so no audit plugin.
        mysql: ["error", "general", "slowquery", "iam-db-auth-error"],
        postgres: ["postgresql", "upgrade", "iam-db-auth-error"],
    },
    [RDS_INSTANCE]: {
        mysql: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
        mariadb: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
        postgres: ["postgresql", "upgrade", "iam-db-auth-error"],
    },
};

export const rule = resourceRule({
    id: "rds-log-exports-by-engine",
    severity: "high",
    description: "Databases export logs that their engine has.",
    fix: "Take the log out of enabledCloudwatchLogsExports, or name one of the engine's.",
    frameworks: { controls: ["F1.2.16"] },
    types: Object.keys(LOGS),
    check: ({ type, props }, report) => {
        const engine = text(props.engine) ?? "";
        const known = LOGS[type]?.[engine];
        if (known === undefined) {
            return;
        }
        visit(props, "enabledCloudwatchLogsExports[]", (value) => {
            const log = text(value) ?? "";
            if (!known.includes(log)) {
                report(`exports the log "${log}"; ${engine} has ${choices(known)}.`);
            }
        });
    },
});
