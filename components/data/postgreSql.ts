// A second is far beyond what a page of the shop may take.
export const SLOW_STATEMENT_MILLISECONDS = 1000;

/** What is set of PostgreSQL, on an instance or on the cluster that it belongs to. */
export const POSTGRESQL_PARAMETERS: Readonly<Record<string, string>> = {
    // No client gets in without TLS, whatever its own settings say.
    "rds.force_ssl": "1",
    // Changes of the schema are rare and worth a line each; statements with data are not logged.
    log_statement: "ddl",
    log_min_duration_statement: String(SLOW_STATEMENT_MILLISECONDS),
};

/** What of PostgreSQL is set on the instance where an instance of a cluster has parameters of its own. */
export const POSTGRESQL_INSTANCE_PARAMETERS: Readonly<Record<string, string>> = {
    // A wait for a lock longer than deadlock_timeout is how a shop's checkout comes to a stand.
    log_lock_waits: "1",
    // Sorts that spill to the instance's disk, in KB: the first sign of too little work_mem.
    log_temp_files: "65536",
};

/** Parameters as a parameter group has them. */
export function asParameters(values: Readonly<Record<string, string>>): { name: string; value: string }[] {
    return Object.entries(values).map(([name, value]) => ({ name, value }));
}
