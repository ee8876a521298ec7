/** Writes a name as an SQL identifier. */
function identifier(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}

/** Writes a text as an SQL literal. */
function literal(text: string): string {
    return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The statements that let an application sign in with IAM and keep its tables in the database. They may be run any
 * number of times.
 *
 * @param username The user to create, without a password.
 * @param databaseName The database that the user may connect to.
 */
export function applicationUserStatements(username: string, databaseName: string): string[] {
    const user = identifier(username);
    return [
        // PostgreSQL has no CREATE ROLE IF NOT EXISTS.
        `DO $body$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${literal(username)}) ` +
            `THEN CREATE ROLE ${user} LOGIN; END IF; END $body$`,
        // Whoever has this role signs in with an IAM token, and with nothing else.
        `GRANT rds_iam TO ${user}`,
        `GRANT CONNECT ON DATABASE ${identifier(databaseName)} TO ${user}`,
        // Since PostgreSQL 15 nobody but its owner may create anything in this schema.
        `GRANT USAGE, CREATE ON SCHEMA public TO ${user}`,
    ];
}
