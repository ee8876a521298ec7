/** The engine, as RDS spells it. */
export const ENGINE = "aurora-postgresql";

/** The logs that a cluster exports. The second tells who was turned away when signing in with IAM. */
export const LOG_EXPORTS = ["postgresql", "iam-db-auth-error"] as const;

/** The version that new databases start with. */
export const DEFAULT_ENGINE_VERSION = "18.6";

/**
 * Versions that AWS offered for new global databases when this was written (cfn-lint 1.58.0's data). AWS adds and
 * withdraws versions, so one that is missing here is warned of and not refused.
 */
export const KNOWN_ENGINE_VERSIONS: readonly string[] = [
    "15.14",
    "15.15",
    "15.17",
    "15.18",
    "15.19",
    "16.8",
    "16.9",
    "16.10",
    "16.11",
    "16.13",
    "16.14",
    "16.15",
    "17.4",
    "17.5",
    "17.6",
    "17.7",
    "17.9",
    "17.10",
    "17.11",
    "18.3",
    "18.4",
    "18.6",
];

/** The oldest major version in that list: all of its releases forward writes, and take the Data API. */
export const OLDEST_MAJOR = 15;

/** Whether the text names a release of Aurora PostgreSQL that this component supports. */
export function isEngineVersion(version: string): boolean {
    return /^[1-9]\d\.\d{1,2}$/.test(version) && majorOf(version) >= OLDEST_MAJOR;
}

/**
 * The first minor version of a major one whose instances can pause; all of newer major versions can. Source: Aurora
 * User Guide, "Aurora Serverless v2 capacity".
 */
const FIRST_TO_PAUSE: Readonly<Record<number, number>> = { 15: 7, 16: 3 };

/** Whether instances of the version can pause, which is what a floor of 0 means. */
export function canPause(version: string): boolean {
    const minor = Number.parseInt(version.split(".")[1] ?? "", 10);
    return minor >= (FIRST_TO_PAUSE[majorOf(version)] ?? 0);
}

/** The major version: what comes before the dot. */
export function majorOf(version: string): number {
    return Number.parseInt(version, 10);
}

/** The family of the parameter groups for a version. */
export function parameterFamily(version: string): string {
    return `${ENGINE}${majorOf(version)}`;
}
