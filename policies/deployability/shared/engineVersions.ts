/**
 * Versions in which Aurora clusters can be created, as of cfn-lint 1.58.0 (2026-11), by engine and major version.
 * Versions from before are kept where AWS still takes them (long-term and extended support).
 */
export const AURORA_VERSIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    "aurora-postgresql": {
        "11": ["11.9", "11.21"],
        "12": ["12.9", "12.22"],
        "13": ["13.9", "13.23"],
        "14": ["14.6", "14.17", "14.18", "14.19", "14.20", "14.22", "14.23", "14.24"],
        "15": ["15.10", "15.12", "15.13", "15.14", "15.15", "15.17", "15.18", "15.19"],
        "16": ["16.8", "16.9", "16.10", "16.11", "16.13", "16.14", "16.15"],
        "17": ["17.4", "17.5", "17.6", "17.7", "17.9", "17.10", "17.11"],
        "18": ["18.3", "18.4", "18.6"],
    },
    "aurora-mysql": {
        "5.7": [
            ...["11.1", "11.2", "11.3", "11.4", "11.5", "11.6"],
            ...["12.0", "12.1", "12.2", "12.3", "12.4", "12.5", "12.6"],
        ].map((minor) => `5.7.mysql_aurora.2.${minor}`),
        "8.0": [
            ...["04.0", "04.1", "04.2", "04.3", "04.4", "04.6", "08.0", "08.1", "08.2", "09.0"],
            ...["10.0", "10.1", "10.2", "10.3", "10.4", "10.5", "10.6", "11.1", "12.0", "13.0"],
        ].map((minor) => `8.0.mysql_aurora.3.${minor}`),
        "8.4": ["8.4.mysql_aurora.8.4.7", "8.4.mysql_aurora.8.4.8"],
    },
};

/** The major version of an Aurora engine version, as parameter group families write it. */
export function majorOf(engine: string, version: string): string | undefined {
    const parts = version.split(".");
    return engine === "aurora-mysql" ? /^\d+\.\d+/.exec(version)?.[0] : parts[0];
}
