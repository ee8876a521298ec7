import { resourceRule, text } from "../../framework";
import { DB_CLUSTER, DB_INSTANCE } from "../shared/databases";

interface Config {
    readonly names: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "rds-admin-name",
    severity: "low",
    level: "advisory",
    description: "The master user of a database has a name that nobody guesses.",
    fix: "Set masterUsername, or username of an instance, to a name of your own; a new database is needed for it.",
    frameworks: { controls: ["52"], securityHub: ["RDS.24", "RDS.25"] },
    types: [DB_CLUSTER, DB_INSTANCE],
    config: {
        names: {
            type: "array",
            items: { type: "string" },
            default: [
                "admin",
                "administrator",
                "awsuser",
                "master",
                "mysql",
                "postgres",
                "root",
                "sa",
                "user",
            ],
            description: "Names that are guessed.",
        },
    },
    check: ({ type, props }, report, { names }) => {
        // Secondary clusters, replicas and restored ones have their source's master user and name none.
        const name = text(type === DB_INSTANCE ? props.username : props.masterUsername);
        if (name !== undefined && names.includes(name.toLowerCase())) {
            report(`has the master user "${name}".`);
        }
    },
});
