import { type Problems } from "../../shared/validation";

/** RDS ends identifiers here. */
export const IDENTIFIER_MAX = 63;

/** An instance is called after its cluster, with a hyphen, two digits and a letter more. */
export const CLUSTER_IDENTIFIER_MAX = IDENTIFIER_MAX - 4;

/**
 * Whether the text is an identifier that RDS keeps as it is. The provider refuses others too, but only while it
 * deploys.
 */
export function isIdentifier(text: string, most: number): boolean {
    return /^[a-z](?:-?[a-z0-9])*$/.test(text) && text.length <= most;
}

/** PostgreSQL keeps these for itself, and RDS refuses them. */
export const RESERVED_DATABASES = ["postgres", "rdsadmin", "template0", "template1"];

/** Whether RDS makes a database of this name, and SQL needs no quotes for it. */
export function isDatabaseName(text: string): boolean {
    return /^[a-z][a-z0-9_]{0,62}$/.test(text) && !RESERVED_DATABASES.includes(text);
}

/** `admin` and `postgres` are what attackers try first (AWS Security Hub, RDS.24); the prefixes are the engine's. */
export const RESERVED_USERS = "admin or postgres or beginning with pg_ or rds";

/** Whether a user may be called so. */
export function isUsername(text: string, most: number): boolean {
    return /^(?!pg_|rds|admin$|postgres$)[a-z][a-z0-9_]*$/.test(text) && text.length <= most;
}

/**
 * Whether parameters may be named after the text. Source: Systems Manager API Reference, PutParameter: 15 levels,
 * the last of which is the parameter's own name.
 */
export function isParameterPrefix(text: string): boolean {
    return /^(?!\/(?:aws|ssm)(?:\/|$))(?:\/[A-Za-z0-9_.-]+){1,14}$/.test(text) && text.length <= 900;
}

/** Checks a component's name: subnet groups, parameter groups and clusters' children are called after it. */
export function checkName(problems: Problems, name: string): void {
    problems.check(
        isIdentifier(name, IDENTIFIER_MAX),
        "name",
        name,
        "lower-case letters, digits and single hyphens, a letter first",
    );
}
