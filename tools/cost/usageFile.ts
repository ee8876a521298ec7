/** Reads usage profiles: YAML files that say how much is used of what is paid by use. */
import { existsSync, readdirSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { GLOBAL, PRICES } from "../../policies/residency-and-cost/shared/cost/priceTable";
import {
    type Usage,
    type UsageKeyName,
    usageKey,
    USAGE_KEY_NAMES,
    type UsageOfStacks,
} from "../../policies/residency-and-cost/shared/cost/usage";
import { matches } from "../../policies/framework/patterns";
import { nearest } from "../../regions/nearest";
import { readYamlMap } from "../project/yamlFile";

/** Where the ready profiles are. */
export const PROFILES = join(__dirname, "profiles");

/** What a profile is that only others are made of. */
const BASE = "system";

/** A profile that says what it must not. Its message has a line for each problem. */
export class UsageError extends Error {
    override readonly name = "UsageError";
}

/** A profile with the configuration that goes with it. */
export interface Profile {
    readonly usage: Usage;
    readonly description: string;
    /** Configuration of the stacks whose names match a pattern, `project:key` to value; the first that matches holds. */
    readonly configuration: readonly {
        readonly stacks: string;
        readonly values: Readonly<Record<string, string>>;
    }[];
    /** Names of stacks, without a pattern's signs, that it speaks of. */
    readonly named: readonly string[];
}

/** The names of the ready profiles. */
export function readyProfiles(): readonly string[] {
    return readdirSync(PROFILES)
        .filter((file) => file.endsWith(".yaml"))
        .map((file) => basename(file, ".yaml"))
        .filter((name) => name !== BASE)
        .sort();
}

/** Reads a usage profile without what belongs to it of configuration. See {@link loadProfile}. */
export function loadUsage(nameOrFile: string): Usage {
    return loadProfile(nameOrFile).usage;
}

/**
 * Reads a ready profile by its name, or a YAML file.
 *
 * @throws {@link UsageError} with all that is wrong, each with what is allowed.
 */
export function loadProfile(nameOrFile: string): Profile {
    const file = fileOf(nameOrFile, process.cwd());
    const problems: string[] = [];
    const profile = read(file, problems, []);
    if (problems.length > 0) {
        throw new UsageError(problems.join("\n"));
    }
    return profile;
}

/** The file that a name or a path means, seen from a folder. */
function fileOf(nameOrFile: string, folder: string): string {
    const ready = join(PROFILES, `${nameOrFile}.yaml`);
    const given = resolve(folder, nameOrFile);
    if (/^[\w-]+$/.test(nameOrFile) && existsSync(ready)) {
        return ready;
    }
    if (existsSync(given)) {
        return given;
    }
    const near = nearest(nameOrFile, readyProfiles());
    throw new UsageError(
        `There is no usage profile ${nameOrFile}: give a YAML file, or one of ${readyProfiles().join(", ")}.` +
            (near === undefined ? "" : ` Did you mean ${near}?`),
    );
}

const SECTIONS = [
    "configuration",
    "description",
    "extends",
    "freeTier",
    "stacks",
    "usage",
    "viewers",
] as const;
const STACK_SECTIONS = ["configuration", "share", "usage"] as const;

function read(file: string, problems: string[], seen: readonly string[]): Profile {
    const name = basename(file, extname(file));
    const raw = rawOf(file);
    const note = (where: string, what: string): void => {
        problems.push(`${file}: ${where} ${what}`);
    };
    checkKeys(raw, SECTIONS, "", note);
    const base = baseOf(raw["extends"], file, problems, [...seen, file], note);
    const stacks = mapOf(raw["stacks"], "stacks", note);
    const parts = Object.entries(stacks).map(([pattern, value]) => {
        const where = `stacks.${pattern}`;
        const part = mapOf(value, where, note);
        checkKeys(part, STACK_SECTIONS, `${where}.`, note);
        return {
            stacks: pattern,
            share: share(part["share"], `${where}.share`, note),
            values: valuesOf(part["usage"], `${where}.usage`, note),
            configuration: configurationOf(part["configuration"], `${where}.configuration`, note),
        };
    });
    const everywhere = configurationOf(raw["configuration"], "configuration", note);
    const own = parts.map(({ stacks: pattern, configuration }) => ({
        stacks: pattern,
        values: { ...everywhere, ...configuration },
    }));
    return {
        description: typeof raw["description"] === "string" ? raw["description"] : "",
        usage: {
            name,
            values: { ...base?.usage.values, ...valuesOf(raw["usage"], "usage", note) },
            byStack: [
                ...parts.map(({ stacks: pattern, share: part, values }): UsageOfStacks => ({
                    stacks: pattern,
                    share: part,
                    values,
                })),
                ...(base?.usage.byStack ?? []),
            ],
            viewers: viewersOf(raw["viewers"], note) ?? base?.usage.viewers ?? {},
            freeTier: flagOf(raw["freeTier"], note) ?? base?.usage.freeTier ?? false,
        },
        configuration: [
            ...own,
            ...(Object.keys(everywhere).length === 0 ? [] : [{ stacks: "*", values: everywhere }]),
            ...(base?.configuration ?? []),
        ],
        named: [
            ...parts.map(({ stacks: pattern }) => pattern).filter((pattern) => !/[*?]/.test(pattern)),
            ...(base?.named ?? []),
        ],
    };
}

type Note = (where: string, what: string) => void;

function rawOf(file: string): Readonly<Record<string, unknown>> {
    try {
        return readYamlMap(file).value;
    } catch (error) {
        throw new UsageError(error instanceof Error ? error.message : String(error));
    }
}

function baseOf(
    value: unknown,
    file: string,
    problems: string[],
    seen: readonly string[],
    note: Note,
): Profile | undefined {
    if (value === undefined) {
        return undefined;
    }
    if (typeof value !== "string") {
        note("extends", `is ${shown(value)}; allowed: the name of a profile, or a file.`);
        return undefined;
    }
    const other = fileOf(value, resolve(file, ".."));
    if (seen.includes(other)) {
        note("extends", `goes round in a circle by ${value}.`);
        return undefined;
    }
    return read(other, problems, seen);
}

function mapOf(value: unknown, where: string, note: Note): Readonly<Record<string, unknown>> {
    if (value === undefined) {
        return {};
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        note(where, `is ${shown(value)}; allowed: a map.`);
        return {};
    }
    return value as Readonly<Record<string, unknown>>;
}

function checkKeys(
    raw: Readonly<Record<string, unknown>>,
    allowed: readonly string[],
    prefix: string,
    note: Note,
): void {
    for (const key of Object.keys(raw)) {
        if (!allowed.includes(key)) {
            note(`${prefix}${key}`, `is unknown; ${meant(key, allowed)}`);
        }
    }
}

/** The nearest of what is allowed, or all of it. */
function meant(key: string, allowed: readonly string[]): string {
    const near = nearest(key, allowed);
    return near === undefined ? `allowed: ${allowed.join(", ")}.` : `did you mean ${near}?`;
}

/** Usage as maps by service, or as `service.key`. */
function valuesOf(value: unknown, where: string, note: Note): Usage["values"] {
    const found: Partial<Record<UsageKeyName, number>> = {};
    const take = (name: string, amount: unknown): void => {
        if (!isKey(name)) {
            note(`${where}.${name}`, `is unknown; ${meantKey(name)}`);
            return;
        }
        const { unit, kind, most = Infinity } = usageKey(name);
        if (typeof amount === "number" && amount >= 0 && amount <= most && Number.isFinite(amount)) {
            found[name] = amount;
        } else {
            const limit = most === Infinity ? "a number from 0" : `0 to ${most}`;
            const month = kind === "amount" ? " a month" : "";
            note(`${where}.${name}`, `is ${shown(amount)}; allowed: ${limit} (${unit}${month}).`);
        }
    };
    for (const [service, amounts] of Object.entries(mapOf(value, where, note))) {
        if (typeof amounts === "object" && amounts !== null && !Array.isArray(amounts)) {
            for (const [key, amount] of Object.entries(amounts)) {
                take(`${service}.${key}`, amount);
            }
        } else {
            take(service, amounts);
        }
    }
    return found;
}

function isKey(name: string): name is UsageKeyName {
    return (USAGE_KEY_NAMES as readonly string[]).includes(name);
}

function meantKey(name: string): string {
    const near = nearest(name, USAGE_KEY_NAMES);
    if (near !== undefined) {
        return `did you mean ${near}?`;
    }
    const [service = ""] = name.split(".");
    const services = [...new Set(USAGE_KEY_NAMES.map((key) => key.split(".")[0] ?? ""))];
    const known = services.includes(service) ? service : nearest(service, services);
    return known === undefined
        ? `allowed are keys of ${services.join(", ")}.`
        : `allowed: ${USAGE_KEY_NAMES.filter((key) => key.startsWith(`${known}.`)).join(", ")}.`;
}

function share(value: unknown, where: string, note: Note): number {
    if (value === undefined) {
        return 1;
    }
    if (typeof value === "number" && value >= 0 && Number.isFinite(value)) {
        return value;
    }
    note(
        where,
        `is ${shown(value)}; allowed: a number from 0, the part of the amounts that the stacks have.`,
    );
    return 1;
}

function configurationOf(value: unknown, where: string, note: Note): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const [key, given] of Object.entries(mapOf(value, where, note))) {
        if (!/^[^:]+:[^:]+$/.test(key)) {
            note(`${where}.${key}`, "has no project; write it as project:key.");
        } else {
            found[key] = typeof given === "string" ? given : JSON.stringify(given);
        }
    }
    return found;
}

function flagOf(value: unknown, note: Note): boolean | undefined {
    if (value !== undefined && typeof value !== "boolean") {
        note("freeTier", `is ${shown(value)}; allowed: true or false.`);
        return undefined;
    }
    return value;
}

const VIEWERS_ITEM = ": HTTPS requests";

/** CloudFront's classes of prices. */
export function viewerAreas(): readonly string[] {
    return PRICES.itemsOf("AmazonCloudFront", GLOBAL)
        .filter((item) => item.endsWith(VIEWERS_ITEM))
        .map((item) => item.slice(0, -VIEWERS_ITEM.length));
}

function viewersOf(value: unknown, note: Note): Readonly<Record<string, number>> | undefined {
    if (value === undefined) {
        return undefined;
    }
    const areas = viewerAreas();
    const found: Record<string, number> = {};
    for (const [area, part] of Object.entries(mapOf(value, "viewers", note))) {
        if (!areas.includes(area)) {
            const near = nearest(area, areas);
            const hint = near === undefined ? `allowed: ${areas.join(" | ")}.` : `did you mean ${near}?`;
            note(`viewers.${area}`, `is unknown; ${hint}`);
        } else if (typeof part === "number" && part >= 0 && part <= 1) {
            found[area] = part;
        } else {
            note(`viewers.${area}`, `is ${shown(part)}; allowed: 0 to 1.`);
        }
    }
    const sum = Object.values(found).reduce((total, part) => total + part, 0);
    if (Math.abs(sum - 1) > 1e-9) {
        note("viewers", `come to ${sum} together; they must come to 1.`);
    }
    return found;
}

function shown(value: unknown): string {
    return value === undefined ? "nothing" : JSON.stringify(value);
}

/** The configuration of a stack of a project that goes with a profile. */
export function configurationFor(profile: Profile, project: string, stack: string): Record<string, string> {
    const found = profile.configuration.find(({ stacks }) => matches(stacks, stack));
    return Object.fromEntries(
        Object.entries(found?.values ?? {}).filter(([key]) => key.startsWith(`${project}:`)),
    );
}

/**
 * Refuses a profile that speaks of a stack that the project has not.
 *
 * @throws {@link UsageError}
 */
export function checkStacks({ named }: Profile, stacks: readonly string[]): void {
    const problems = named
        .filter((name) => !stacks.includes(name))
        .map((name) => `stacks.${name} is no stack of the project; ${meant(name, stacks)}`);
    if (problems.length > 0) {
        throw new UsageError(problems.join("\n"));
    }
}
