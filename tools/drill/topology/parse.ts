/** Reads a topology from JSON, saying everything that is wrong with it at once. */
import { regionHosts } from "../../../regions/hosts";
import { nearest } from "../../../regions/nearest";
import { DrillError } from "../errors";
import {
    DEFAULTS,
    type FaultTopology,
    type Limits,
    type MissingTable,
    type MissingTopology,
    type ProbeTopology,
    type RegionTopology,
    type RestoreTopology,
    type Targets,
    type Topology,
    type TrafficSwitch,
} from "./types";
import { TEMPLATE_ID } from "./experiments";
import { stepIds } from "../runbooks/stepIds";

type Json = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Json {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads values, noting what is wrong with them by their path. */
class Reader {
    readonly problems: string[] = [];

    map(parent: Json, key: string, path: string): Json {
        const value = parent[key] ?? {};
        if (!isMap(value)) {
            this.note(`${path}${key}`, value, "a map");
            return {};
        }
        return value;
    }

    text(parent: Json, key: string, path: string, form: RegExp = /\S/, meaning = "a text"): string {
        const value = parent[key];
        if (typeof value !== "string" || !form.test(value)) {
            this.note(`${path}${key}`, value, meaning);
            return "";
        }
        return value;
    }

    optionalText(parent: Json, key: string, path: string): string | undefined {
        return parent[key] === undefined || parent[key] === null ? undefined : this.text(parent, key, path);
    }

    number(parent: Json, key: string, path: string, preset?: number): number {
        const value = parent[key] ?? preset;
        if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
            this.note(`${path}${key}`, value, "a number, 0 or more");
            return 0;
        }
        return value;
    }

    words(parent: Json, key: string, path: string): readonly string[] {
        const meaning = "a list of a program and its arguments";
        const found = this.texts(parent, key, path, meaning);
        if (Array.isArray(parent[key]) && parent[key].length === 0) {
            this.note(`${path}${key}`, found, meaning);
        }
        return found;
    }

    texts(parent: Json, key: string, path: string, meaning = "a list of texts"): readonly string[] {
        const value = parent[key];
        if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
            this.note(`${path}${key}`, value, meaning);
            return [];
        }
        return value;
    }

    /** The texts of a map, by their names. */
    textsOf(given: Json, path: string, form?: RegExp, meaning?: string): Readonly<Record<string, string>> {
        return Object.fromEntries(
            Object.keys(given).map((name) => [name, this.text(given, name, path, form, meaning)]),
        );
    }

    numbers(parent: Json, key: string): Readonly<Record<string, number>> {
        const found = this.map(parent, key, "");
        return Object.fromEntries(
            Object.keys(found).map((name) => [name, this.number(found, name, `${key}.`)]),
        );
    }

    /** Notes keys that mean nothing here: a target that is misspelt would be no target. */
    known(given: Json, path: string, keys: readonly string[]): void {
        for (const key of Object.keys(given).filter((name) => !keys.includes(name))) {
            const near = nearest(key, keys);
            const help = near === undefined ? `allowed: ${keys.join(", ")}` : `did you mean ${near}?`;
            this.problems.push(`${path}${key} is not known; ${help}`);
        }
    }

    note(path: string, value: unknown, allowed: string): void {
        const given = value === undefined ? "missing" : JSON.stringify(value);
        this.problems.push(`${path} is ${given}; allowed: ${allowed}`);
    }
}

const TOP_KEYS = [
    "environment",
    "accountId",
    "domainName",
    "hostedZoneId",
    "globalClusterIdentifier",
    "regionSwitchPlanArn",
    "home",
    "regions",
    "capacity",
    "targets",
    "limits",
    "restore",
    "missing",
    "probe",
    "fault",
    "pollSeconds",
    "timeouts",
];

const REGION_KEYS = [
    "key",
    "region",
    "clusterIdentifier",
    "originHost",
    "healthUrl",
    "healthCheckId",
    "trafficSwitch",
    "autoScalingGroups",
    "backupVault",
    "personalDataVault",
    "copyVaults",
    "restoreRoleArn",
    "personalDataTable",
    "faultExperiments",
];

const KEY = /^[a-z][a-z0-9]*$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ACCOUNT = /^\d{12}$/;
/** Source: ARC Region switch API Reference, Plan, arn. */
const PLAN = /^arn:[^:]+:arc-region-switch:[^:]*:\d{12}:plan\/\S+$/;

/**
 * Reads a topology.
 *
 * @param source Where the value is from, for the message.
 * @throws DrillError that lists every problem.
 */
export function parseTopology(value: unknown, source: string): Topology {
    const reader = new Reader();
    if (!isMap(value)) {
        throw new DrillError(`${source} holds no topology: it is no JSON object`);
    }
    const topology = read(reader, value);
    if (reader.problems.length > 0) {
        const lines = reader.problems.map((problem) => `\n  - ${problem}`).join("");
        const count = reader.problems.length === 1 ? "a problem" : `${reader.problems.length} problems`;
        throw new DrillError(`the topology in ${source} has ${count}:${lines}`);
    }
    return topology;
}

function read(reader: Reader, value: Json): Topology {
    const list = Array.isArray(value["regions"]) ? (value["regions"] as unknown[]) : [];
    const domainName = typeof value["domainName"] === "string" ? value["domainName"] : "";
    const regions = list.map((entry, index) => readRegion(reader, entry, `regions[${index}].`, domainName));
    reader.known(value, "", TOP_KEYS);
    if (regions.length === 0) {
        reader.note("regions", value["regions"], "two regions or more, or one for a restore test alone");
    }
    const home = reader.text(value, "home", "", KEY, "the key of a region");
    if (home !== "" && !regions.some(({ key }) => key === home)) {
        reader.note(
            "home",
            home,
            `the key of one of the regions: ${regions.map(({ key }) => key).join(", ")}`,
        );
    }
    const capacity = reader.map(value, "capacity", "");
    reader.known(capacity, "capacity.", ["writerMin", "standbyMin", "max"]);
    return {
        environment: reader.text(value, "environment", ""),
        accountId: reader.text(value, "accountId", "", ACCOUNT, "12 digits"),
        domainName: reader.text(value, "domainName", ""),
        ...optional("hostedZoneId", reader.optionalText(value, "hostedZoneId", "")),
        globalClusterIdentifier: reader.text(value, "globalClusterIdentifier", ""),
        ...(value["regionSwitchPlanArn"] === undefined
            ? {}
            : {
                  regionSwitchPlanArn: reader.text(
                      value,
                      "regionSwitchPlanArn",
                      "",
                      PLAN,
                      "the ARN of a plan of ARC Region switch",
                  ),
              }),
        home,
        regions,
        capacity: {
            writerMin: reader.number(capacity, "writerMin", "capacity."),
            standbyMin: reader.number(capacity, "standbyMin", "capacity."),
            max: reader.number(capacity, "max", "capacity."),
        },
        targets: readTargets(reader, value),
        limits: readLimits(reader, value),
        restore: readRestore(reader, value),
        missing: readMissing(reader, value, regions),
        ...optional("probe", readProbe(reader, value, regions)),
        ...optional("fault", readFault(reader, value)),
        pollSeconds: reader.number(value, "pollSeconds", "", DEFAULTS.pollSeconds),
        timeouts: readTimeouts(reader, value, regions),
    };
}

function readRegion(reader: Reader, value: unknown, path: string, domainName: string): RegionTopology {
    const entry = isMap(value) ? value : {};
    reader.known(entry, path, REGION_KEYS);
    const groups = reader.map(entry, "autoScalingGroups", path);
    const key = reader.text(entry, "key", path, KEY, "lower-case letters and digits, a letter first");
    const viewerHost = regionHosts(domainName, key).viewer;
    return {
        key,
        region: reader.text(entry, "region", path, REGION, "an AWS region, such as eu-central-1"),
        clusterIdentifier: reader.text(entry, "clusterIdentifier", path),
        originHost: reader.text(entry, "originHost", path),
        healthUrl: reader.optionalText(entry, "healthUrl", path) ?? `https://${viewerHost}/healthz`,
        ...optional("healthCheckId", reader.optionalText(entry, "healthCheckId", path)),
        ...(entry["trafficSwitch"] === undefined ? {} : { trafficSwitch: readSwitch(reader, entry, path) }),
        autoScalingGroups: {
            web: reader.text(groups, "web", `${path}autoScalingGroups.`),
            api: reader.text(groups, "api", `${path}autoScalingGroups.`),
        },
        ...optional("backupVault", reader.optionalText(entry, "backupVault", path)),
        ...optional("personalDataVault", reader.optionalText(entry, "personalDataVault", path)),
        copyVaults: entry["copyVaults"] === undefined ? [] : reader.texts(entry, "copyVaults", path),
        ...optional("restoreRoleArn", reader.optionalText(entry, "restoreRoleArn", path)),
        ...optional("personalDataTable", reader.optionalText(entry, "personalDataTable", path)),
        ...optional("faultExperiments", readExperiments(reader, entry, path)),
    };
}

function readExperiments(
    reader: Reader,
    entry: Json,
    regionPath: string,
): Readonly<Record<string, string>> | undefined {
    if (entry["faultExperiments"] === undefined) {
        return undefined;
    }
    const given = reader.map(entry, "faultExperiments", regionPath);
    return reader.textsOf(given, `${regionPath}faultExperiments.`, TEMPLATE_ID, "the id of a FIS template");
}

function readSwitch(reader: Reader, entry: Json, regionPath: string): TrafficSwitch {
    const path = `${regionPath}trafficSwitch.`;
    const given = reader.map(entry, "trafficSwitch", regionPath);
    reader.known(given, path, ["region", "namespace", "metricName", "dimensions"]);
    const dimensions = reader.map(given, "dimensions", path);
    return {
        region: reader.text(given, "region", path, REGION, "an AWS region, such as eu-central-1"),
        namespace: reader.text(given, "namespace", path),
        metricName: reader.text(given, "metricName", path),
        dimensions: reader.textsOf(dimensions, `${path}dimensions.`),
    };
}

function readTargets(reader: Reader, value: Json): Targets {
    const given = reader.map(value, "targets", "");
    reader.known(given, "targets.", Object.keys(DEFAULTS.targets));
    const number = (key: keyof Targets): number =>
        reader.number(given, key, "targets.", DEFAULTS.targets[key]);
    return {
        switchoverRtoSeconds: number("switchoverRtoSeconds"),
        switchoverRpoSeconds: number("switchoverRpoSeconds"),
        failoverRtoSeconds: number("failoverRtoSeconds"),
        failoverRpoSeconds: number("failoverRpoSeconds"),
        restoreSeconds: number("restoreSeconds"),
    };
}

function readLimits(reader: Reader, value: Json): Limits {
    const given = reader.map(value, "limits", "");
    reader.known(given, "limits.", Object.keys(DEFAULTS.limits));
    const number = (key: keyof Limits): number => reader.number(given, key, "limits.", DEFAULTS.limits[key]);
    return {
        replicationLagMilliseconds: number("replicationLagMilliseconds"),
        recoveryPointAgeHours: number("recoveryPointAgeHours"),
        certificateDays: number("certificateDays"),
    };
}

function readRestore(reader: Reader, value: Json): RestoreTopology {
    const given = reader.map(value, "restore", "");
    reader.known(given, "restore.", ["roleArn", "query"]);
    return {
        ...optional("roleArn", reader.optionalText(given, "roleArn", "restore.")),
        query: reader.optionalText(given, "query", "restore.") ?? DEFAULTS.restore.query,
    };
}

const SECRET = /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:\S+$/;

function readMissing(reader: Reader, value: Json, regions: readonly RegionTopology[]): MissingTopology {
    const given = reader.map(value, "missing", "");
    reader.known(given, "missing.", ["signIns", "tables", ...Object.keys(DEFAULTS.missing)]);
    const secrets = reader.map(given, "signIns", "missing.");
    const path = "missing.signIns.";
    reader.known(
        secrets,
        path,
        regions.map(({ key }) => key),
    );
    const tables = given["tables"];
    if (tables !== undefined && !Array.isArray(tables)) {
        reader.note("missing.tables", tables, "a list of maps with a name");
    }
    return {
        signIns: reader.textsOf(secrets, path, SECRET, "the ARN of a secret"),
        ...(Array.isArray(tables)
            ? { tables: tables.map((entry, index) => readMissingTable(reader, entry, index)) }
            : {}),
        maxRows: reader.number(given, "maxRows", "missing.", DEFAULTS.missing.maxRows),
        maxFound: reader.number(given, "maxFound", "missing.", DEFAULTS.missing.maxFound),
    };
}

function readMissingTable(reader: Reader, value: unknown, index: number): MissingTable {
    const path = `missing.tables[${index}].`;
    const entry = isMap(value) ? value : {};
    reader.known(entry, path, ["name", "key", "changedAt"]);
    const key = entry["key"] === undefined ? undefined : reader.texts(entry, "key", path, COLUMNS);
    if (key?.length === 0 && Array.isArray(entry["key"])) {
        reader.note(`${path}key`, entry["key"], COLUMNS);
    }
    return {
        name: reader.text(entry, "name", path),
        ...optional("key", key),
        ...optional("changedAt", reader.optionalText(entry, "changedAt", path)),
    };
}

const COLUMNS = "a list of columns, one or more";

const HTTP = /^https?:\/\/\S+$/;

function readProbe(
    reader: Reader,
    value: Json,
    regions: readonly RegionTopology[],
): ProbeTopology | undefined {
    if (value["probe"] === undefined) {
        return undefined;
    }
    const given = reader.map(value, "probe", "");
    reader.known(given, "probe.", ["url", "regionUrls", ...Object.keys(DEFAULTS.probe)]);
    const number = (key: keyof typeof DEFAULTS.probe): number =>
        reader.number(given, key, "probe.", DEFAULTS.probe[key]);
    return {
        url: reader.text(given, "url", "probe.", HTTP, "an http or https URL"),
        ...optional("regionUrls", readRegionUrls(reader, given, regions)),
        intervalMilliseconds: number("intervalMilliseconds"),
        timeoutMilliseconds: number("timeoutMilliseconds"),
        readBackMilliseconds: number("readBackMilliseconds"),
        soakMilliseconds: number("soakMilliseconds"),
    };
}

function readRegionUrls(
    reader: Reader,
    probe: Json,
    regions: readonly RegionTopology[],
): Readonly<Record<string, string>> | undefined {
    if (probe["regionUrls"] === undefined) {
        return undefined;
    }
    const given = reader.map(probe, "regionUrls", "probe.");
    const path = "probe.regionUrls.";
    reader.known(
        given,
        path,
        regions.map(({ key }) => key),
    );
    return reader.textsOf(given, path, HTTP, "an http or https URL");
}

function readTimeouts(
    reader: Reader,
    value: Json,
    regions: readonly RegionTopology[],
): Readonly<Record<string, number>> {
    const found = reader.numbers(value, "timeouts");
    const ids = stepIds(regions.map(({ key }) => key));
    for (const id of Object.keys(found).filter((name) => !ids.includes(name))) {
        const near = nearest(id, ids);
        reader.problems.push(
            `timeouts.${id} is no step; ${near === undefined ? "docs/runbook.md names them" : `did you mean ${near}?`}`,
        );
    }
    return found;
}

function readFault(reader: Reader, value: Json): FaultTopology | undefined {
    if (value["fault"] === undefined) {
        return undefined;
    }
    const given = reader.map(value, "fault", "");
    reader.known(given, "fault.", ["strike", "heal", "experiment"]);
    const { experiment, heal, strike } = given;
    if (experiment !== undefined) {
        if (strike !== undefined || heal !== undefined) {
            const beside = strike === undefined ? "fault.heal" : "fault.strike";
            reader.note(
                "fault.experiment",
                experiment,
                `either an experiment, which is stopped to heal, or commands: take it or ${beside} away`,
            );
        }
        return {
            experiment: reader.text(
                given,
                "experiment",
                "fault.",
                /^\w+$/,
                "the id of a FIS template, or the name of a fault of which the region's stack gives the id",
            ),
        };
    }
    return { strike: reader.words(given, "strike", "fault."), heal: reader.words(given, "heal", "fault.") };
}

/** A property, or none where there is no value. */
function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
    return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
