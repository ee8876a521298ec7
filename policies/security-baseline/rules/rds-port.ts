import { number, resourceRule } from "../../framework";
import { DB_CLUSTER, DB_INSTANCE, engineOf } from "../shared/databases";

/** The port that AWS takes when a program names none. */
function defaultPort(engine: string): number | undefined {
    if (engine.includes("postgres")) {
        return 5432;
    }
    if (/^(?:aurora-mysql|mysql|mariadb)$/.test(engine)) {
        return 3306;
    }
    return engine.startsWith("sqlserver") ? 1433 : engine.startsWith("oracle") ? 1521 : undefined;
}

export const rule = resourceRule({
    id: "rds-port",
    severity: "low",
    level: "advisory",
    description: "Databases listen on another port than their engine's default.",
    fix: "Set port to another number, here and in the security groups and network ACLs.",
    frameworks: { controls: ["51"], securityHub: ["RDS.23"] },
    types: [DB_CLUSTER, DB_INSTANCE],
    check: ({ props }, report) => {
        const usual = defaultPort(engineOf(props));
        if (usual !== undefined && (number(props.port) ?? usual) === usual) {
            report(`listens on its engine's default port, ${usual}.`);
        }
    },
});
