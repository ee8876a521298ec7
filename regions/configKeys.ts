import { type ConfigProblems } from "./configProblems";
import { nearest } from "./nearest";

/**
 * What a key holds. Pulumi's project schema has no fractional numbers, so a `decimal` is declared as a string
 * there. Source: the JSON schema of Pulumi.yaml in pulumi/pulumi, `simpleConfigType`.
 */
export type KeyKind = "string" | "integer" | "decimal" | "boolean" | "strings";

interface KindTypes {
    string: string;
    integer: number;
    decimal: number;
    boolean: boolean;
    strings: readonly string[];
}

/** Every key of the project's schema and what it holds. Defaults and descriptions are in Pulumi.yaml alone. */
export const CONFIG_KEYS = {
    accountId: "string",
    domainName: "string",
    hostedZoneId: "string",
    deployRoleArn: "string",
    owner: "string",
    costCenter: "string",
    alarmEmail: "string",
    monthlyBudgetUsd: "integer",
    schedule: "string",
    foundingRegion: "string",
    primaryRegion: "string",
    deletionProtection: "boolean",
    accountBaseline: "boolean",
    eventsApi: "boolean",
    eventsConcurrency: "integer",
    userDirectory: "boolean",
    eventsUserPoolArns: "strings",
    cidrBlock: "string",
    availabilityZones: "strings",
    natGateways: "string",
    egressOnlyIpv6: "boolean",
    interfaceEndpoints: "strings",
    internetEgressCidrBlocks: "strings",
    webImage: "string",
    webContainerPort: "integer",
    webMinSize: "integer",
    webMaxSize: "integer",
    webOnDemandBaseCapacity: "integer",
    webInstanceTypes: "strings",
    webTargetCpuPercent: "integer",
    webTargetRequestsPerInstance: "integer",
    webCertificateArn: "string",
    apiImage: "string",
    apiContainerPort: "integer",
    apiMinSize: "integer",
    apiMaxSize: "integer",
    apiOnDemandBaseCapacity: "integer",
    apiInstanceTypes: "strings",
    apiTargetCpuPercent: "integer",
    databaseName: "string",
    databaseEngineVersion: "string",
    databaseMinCapacity: "decimal",
    databaseStandbyMinCapacity: "decimal",
    databaseMaxCapacity: "decimal",
    databaseInstanceCount: "integer",
    databaseBackupRetentionDays: "integer",
    backupStartHour: "integer",
    backupDailyRetentionDays: "integer",
    backupWeeklyRetentionDays: "integer",
    backupMonthlyRetentionDays: "integer",
    backupPersonalDataRetentionDays: "integer",
    backupLockMode: "string",
    backupVaultLockMinDays: "integer",
    backupVaultLockMaxDays: "integer",
    backupLockChangeableForDays: "integer",
    restoreTesting: "boolean",
    databaseExportIntervalDays: "integer",
    databaseExportRetentionDays: "integer",
    elasticDisasterRecovery: "boolean",
    elasticDisasterRecoverySources: "strings",
    priceClass: "string",
    geoRestrictionType: "string",
    geoRestrictionCountries: "strings",
    blockedCountries: "strings",
    wafRateLimitPerFiveMinutes: "integer",
    contentSecurityPolicy: "string",
    shieldAdvanced: "boolean",
    distributionCertificateArn: "string",
    originHeaderVersion: "integer",
    originHeaderAlsoAccepted: "integer",
    geolocationRouting: "boolean",
    healthCheckPath: "string",
    healthCheckIntervalSeconds: "integer",
    healthCheckFailureThreshold: "integer",
    trafficSwitch: "boolean",
    healthEvents: "boolean",
    canaryIntervalMinutes: "integer",
    regionSwitchPlan: "boolean",
    regionSwitchTraffic: "boolean",
    faultExperiments: "boolean",
    logRetentionDays: "integer",
    logArchiveRetentionDays: "integer",
} as const satisfies Record<string, KeyKind>;

export type ConfigKey = keyof typeof CONFIG_KEYS;

/** The values of all keys. */
export type ConfigValues = { readonly [K in ConfigKey]: KindTypes[(typeof CONFIG_KEYS)[K]] };

/** The values of the keys that were set to something of the right kind. */
export type PartialConfigValues = { readonly [K in ConfigKey]?: ConfigValues[K] | undefined };

const KIND_WORDS: Record<KeyKind, string> = {
    string: "a text",
    integer: "an integer",
    decimal: "a number",
    boolean: "true or false",
    strings: "a list of texts",
};

const KEY_NAMES = Object.keys(CONFIG_KEYS) as ConfigKey[];

/**
 * Reads the project's own keys, noting those that are not known, not set, or of another kind.
 *
 * @param raw All of the stack's configuration, `namespace:key` to text, as the engine hands it over: with the
 * schema's defaults in it, and with lists in JSON.
 * @param secretKeys Keys, with their namespace, whose values are encrypted in the stack's file.
 */
export function readConfigValues(
    raw: Readonly<Record<string, string>>,
    problems: ConfigProblems,
    secretKeys: readonly string[] = [],
): PartialConfigValues {
    noteUnknownKeys(raw, problems);
    const values: Partial<Record<ConfigKey, unknown>> = {};
    for (const key of KEY_NAMES) {
        if (secretKeys.includes(problems.fileKey(key))) {
            noteSecret(key, problems);
            continue;
        }
        const text = raw[problems.fileKey(key)];
        const kind = CONFIG_KEYS[key];
        const value = text === undefined ? undefined : PARSERS[kind](text);
        problems.check(value !== undefined, key, text, KIND_WORDS[kind]);
        values[key] = value;
    }
    return values as PartialConfigValues;
}

const PARSERS: { readonly [K in KeyKind]: (text: string) => KindTypes[K] | undefined } = {
    string: (text) => text,
    integer: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
    decimal: (text) => (/^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined),
    boolean: (text) => (text === "true" ? true : text === "false" ? false : undefined),
    strings: parseStrings,
};

function parseStrings(text: string): string[] | undefined {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        // What is not JSON is not a list; the caller reports it with the text given.
        return undefined;
    }
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

/** None of the project's values is a secret, and an encrypted one would end in names, outputs and the state. */
function noteSecret(key: ConfigKey, problems: ConfigProblems): void {
    const { stack } = problems;
    problems.addOf(
        key,
        `${problems.subject(key)} is encrypted (secure:); allowed: plain text, because the layout is made of it and ` +
            `it is no secret. Write the value itself, as pulumi config set --plaintext --stack ${stack} does`,
    );
}

/** So many unknown keys have a line each; more are another project's file, and one line says that. */
const UNKNOWN_LINES_MAX = 10;

function noteUnknownKeys(raw: Readonly<Record<string, string>>, problems: ConfigProblems): void {
    const unknown = unknownKeys(raw, problems.project);
    const [first = ""] = unknown;
    if (unknown.length > UNKNOWN_LINES_MAX) {
        problems.addLine(
            `${unknown.length} keys ${problems.inFile()} are no keys of this project: ${unknown.slice(0, 3).join(", ")} ` +
                `and ${unknown.length - 3} more`,
            "allowed: the keys that Pulumi.yaml declares",
            `Remove them, or see whether the file is another project's, whose keys begin with ${first.split(":")[0] ?? ""}`,
        );
        return;
    }
    for (const fileKey of unknown) {
        const key = fileKey.slice(fileKey.indexOf(":") + 1);
        const meant = nearest(key, KEY_NAMES);
        problems.addLine(
            `${fileKey} ${problems.origins[fileKey] ?? problems.inFile()} is no key of this project`,
            "allowed: the keys that Pulumi.yaml declares",
            meant === undefined ? "Remove it" : `Did you mean ${problems.fileKey(meant)}?`,
        );
    }
}

function unknownKeys(raw: Readonly<Record<string, string>>, project: string): string[] {
    return Object.keys(raw)
        .sort()
        .filter((fileKey) => {
            const colon = fileKey.indexOf(":");
            const namespace = fileKey.slice(0, Math.max(colon, 0));
            const key = fileKey.slice(colon + 1);
            // A slip in the namespace hides a key from the program altogether, and the engine does not mind.
            const ours = namespace === project || nearest(namespace, [project]) !== undefined;
            return ours && !(namespace === project && Object.hasOwn(CONFIG_KEYS, key));
        });
}
