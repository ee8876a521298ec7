import {
    POSTGRESQL_INSTANCE_PARAMETERS,
    POSTGRESQL_PARAMETERS,
    SLOW_STATEMENT_MILLISECONDS,
} from "../postgreSql";
import { RelationalEngine, RelationalTopology } from "./args";

/** What differs from engine to engine. */
export interface EngineFacts {
    /** The engine, as RDS spells it. */
    readonly engine: string;
    /** Major versions that are neither past the end of standard support nor too old for what is made here, newest last. */
    readonly versions: readonly string[];
    readonly port: number;
    /** Logs that are exported, by topology: a cluster has no option groups, which MySQL's audit log needs. */
    readonly logs: Readonly<Record<RelationalTopology, readonly string[]>>;
    readonly parameters: Readonly<Record<string, string>>;
    /** Longest name of a user. */
    readonly usernameMax: number;
    /** Bytes of memory that the engine's `max_connections` takes one connection for, and the most that it takes. */
    readonly bytesPerConnection: number;
    readonly connectionsMax: number;
}

const MYSQL_LOGS = ["error", "slowquery", "iam-db-auth-error"];
const POSTGRES_LOGS = ["postgresql", "upgrade", "iam-db-auth-error"];

/**
 * The facts of each engine. Sources: RDS API Reference, CreateDBCluster, EnableCloudwatchLogsExports; RDS User Guide,
 * "Quotas and constraints for Amazon RDS" (connections).
 */
export const ENGINES: Readonly<Record<RelationalEngine, EngineFacts>> = {
    [RelationalEngine.PostgreSql]: {
        engine: "postgres",
        versions: ["15", "16", "17", "18"],
        port: 5432,
        logs: {
            [RelationalTopology.InstanceWithStandby]: POSTGRES_LOGS,
            [RelationalTopology.ThreeZoneCluster]: POSTGRES_LOGS,
        },
        parameters: { ...POSTGRESQL_PARAMETERS, ...POSTGRESQL_INSTANCE_PARAMETERS },
        usernameMax: 63,
        bytesPerConnection: 9_531_392,
        connectionsMax: 5000,
    },
    [RelationalEngine.MySql]: {
        engine: "mysql",
        versions: ["8.4"],
        port: 3306,
        logs: {
            [RelationalTopology.InstanceWithStandby]: ["audit", ...MYSQL_LOGS],
            [RelationalTopology.ThreeZoneCluster]: MYSQL_LOGS,
        },
        parameters: {
            // No client gets in without TLS, whatever its own settings say.
            require_secure_transport: "ON",
            slow_query_log: "1",
            long_query_time: String(SLOW_STATEMENT_MILLISECONDS / 1000),
            // Logs in tables are not exported.
            log_output: "FILE",
        },
        usernameMax: 32,
        bytesPerConnection: 12_582_880,
        connectionsMax: 16_000,
    },
};

/** The version that new databases have. */
export function newestVersion(engine: RelationalEngine): string {
    return ENGINES[engine].versions.at(-1) ?? "";
}

/** The family of the parameter groups for a version. */
export function parameterFamily(engine: RelationalEngine, version: string): string {
    return `${ENGINES[engine].engine}${version}`;
}
