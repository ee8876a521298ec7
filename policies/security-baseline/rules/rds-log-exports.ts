import { list, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { DB_CLUSTER, DB_INSTANCE, engineOf } from "../shared/databases";

interface Config {
    readonly logs: Readonly<Record<string, readonly string[]>>;
}

export const rule = resourceRule<Config>({
    id: "rds-log-exports",
    severity: "medium",
    level: "advisory",
    description: "Databases send the logs of their engine to CloudWatch Logs.",
    fix: "Name the logs in enabledCloudwatchLogsExports.",
    frameworks: {
        controls: ["49"],
        securityHub: ["RDS.9", "RDS.34", "RDS.36", "RDS.37", "RDS.42"],
        checkov: ["CKV_AWS_324", "CKV_AWS_129"],
    },
    types: [DB_CLUSTER, DB_INSTANCE],
    config: {
        logs: {
            type: "object",
            additionalProperties: { type: "array", items: { type: "string" } },
            default: {
                "aurora-postgresql": ["postgresql"],
                "aurora-mysql": ["audit"],
                postgres: ["postgresql"],
                mysql: ["audit", "error"],
                mariadb: ["audit", "error"],
            },
            description: "The logs that are wanted, by engine.",
        },
    },
    check: ({ type, props }, report, { logs }) => {
        const engine = engineOf(props);
        const wanted = (logs[engine] ?? []).filter((log) => !isWithout(type, engine, log));
        const exported = new Set<string>();
        eachKnown(list(props.enabledCloudwatchLogsExports), (log) => exported.add(text(log) ?? ""));
        const missing = wanted.filter((log) => !exported.has(log));
        if (missing.length > 0) {
            report(`does not export its ${missing.join(" and ")} log (enabledCloudwatchLogsExports).`);
        }
    },
});

/** Whether the database cannot have the log: the audit plugin takes an option group, and Multi-AZ clusters have none. */
function isWithout(type: string, engine: string, log: string): boolean {
    return type === DB_CLUSTER && engine === "mysql" && log === "audit";
}
