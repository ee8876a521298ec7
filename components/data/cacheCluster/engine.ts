/** The engine, as ElastiCache calls it. */
export const ENGINE = "valkey";

/** The versions that ElastiCache has, oldest first. Source: cfn-lint 1.58.0's list of AWS::ElastiCache versions. */
export const ENGINE_VERSIONS: readonly string[] = ["7.2", "8.0", "8.1", "8.2", "9.0", "9.1"];

/** The version where nothing is said. */
export const DEFAULT_VERSION = "8.2";

/** The number before the dot, which serverless caches and parameter groups go by. */
export function majorOf(version: string): string {
    return version.split(".")[0] ?? version;
}

/** The port of a cache's endpoint. */
export const CACHE_PORT = 6379;
