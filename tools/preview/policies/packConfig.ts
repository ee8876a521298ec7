/** Configuration of policy packs: the files of `--policy-pack-config`, read as Pulumi reads them, and checked. */
import * as fs from "node:fs";
import { SETTINGS_POLICY, WAIVED_POLICY, WAIVERS_POLICY } from "../../../policies/framework/messages";
import { excessOf, type Waiver } from "../../../policies/framework/waivers";
import { nearest } from "../../../regions/nearest";
import { duplicateKeys } from "./duplicateKeys";
import { PolicyConfigError } from "./errors";
import { type Schema, schemaProblems, unknownKey } from "./schema";

/** How strictly a policy is enforced. */
export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type EnforcementLevel = (typeof LEVELS)[number];

/** What a pack says about one of its policies. */
export interface PolicyInfo {
    readonly name: string;
    readonly kind: "resource" | "stack";
    /** The types of resource that it says it speaks of; left out by one that does not say. */
    readonly types?: readonly string[] | undefined;
    /** Whether it says that it speaks of the types that its configuration names. */
    readonly configuredTypes: boolean;
    /** Whether it says that it speaks of resources with the option `ignoreChanges` alone. */
    readonly ignoredChangesOnly: boolean;
    readonly description: string;
    readonly level: EnforcementLevel;
    readonly severity?: string | undefined;
    readonly fix: string;
    /** Identifiers of frameworks, such as `security-hub:S3.8`. */
    readonly tags: readonly string[];
    readonly properties: Readonly<Record<string, Schema>>;
    readonly required: readonly string[];
}

/** What holds for one policy. */
export interface PolicyConfig {
    readonly level: EnforcementLevel;
    readonly properties: Readonly<Record<string, unknown>>;
}

type Given = Readonly<Record<string, unknown>>;

/** What a configuration file says about a pack. */
export interface GivenConfig {
    /** For messages. */
    readonly file: string;
    readonly policies: Given;
}

/** Reads a configuration file. */
export function readConfigFile(file: string): GivenConfig {
    let text: string;
    try {
        text = fs.readFileSync(file, "utf8");
    } catch (error) {
        throw new PolicyConfigError(file, [`cannot be read: ${(error as Error).message}`]);
    }
    if (text.trim() === "") {
        return { file, policies: {} };
    }
    let policies: unknown;
    try {
        policies = JSON.parse(text);
    } catch (error) {
        throw new PolicyConfigError(file, [`is not JSON: ${(error as Error).message}`]);
    }
    const twice = duplicateKeys(text);
    if (twice.length > 0) {
        // Readers of JSON take the last one, and say nothing.
        throw new PolicyConfigError(
            file,
            twice.map(({ path, line }) => `${path} is given twice, the second time in line ${line}`),
        );
    }
    if (!isRecord(policies)) {
        throw new PolicyConfigError(file, [
            `is ${JSON.stringify(policies)}; allowed: an object from policies to levels or settings`,
        ]);
    }
    return { file, policies };
}

/**
 * What holds for each policy of a pack: the defaults of the policies, then what the configuration says of `all`, then
 * what it says of each.
 *
 * @throws PolicyConfigError with everything that is wrong. Pulumi itself passes over policies that do not exist.
 */
export function reconcile(
    policies: readonly PolicyInfo[],
    given: GivenConfig | undefined,
): ReadonlyMap<string, PolicyConfig> {
    const problems: string[] = [];
    const names = policies.map(({ name }) => name);
    const settings = given?.policies ?? {};
    for (const name of Object.keys(settings)) {
        if (name !== ALL && !names.includes(name)) {
            problems.push(unknownKey(name, name, [ALL, ...names]));
        }
    }
    const all = levelOf(settings[ALL], ALL, problems);
    for (const key of Object.keys(propertiesOf(settings[ALL]))) {
        problems.push(unknownKey(`${ALL}.${key}`, key, ["enforcementLevel"]));
    }
    const result = new Map<string, PolicyConfig>();
    for (const policy of policies) {
        const setting = settings[policy.name];
        const level = levelOf(setting, policy.name, problems) ?? all ?? policy.level;
        const properties = { ...defaultsOf(policy), ...propertiesOf(setting) };
        problems.push(...schemaProblems(properties, schemaOf(policy), policy.name));
        result.set(policy.name, { level, properties });
    }
    problems.push(...waiverProblems(result));
    if (given !== undefined && problems.length > 0) {
        throw new PolicyConfigError(given.file, problems);
    }
    return result;
}

/** The policies that are not disabled. @throws PolicyConfigError */
export function enabledPolicies(
    policies: readonly PolicyInfo[],
    given: GivenConfig | undefined,
): readonly string[] {
    return [...reconcile(policies, given)]
        .filter(([, { level }]) => level !== "disabled")
        .map(([name]) => name);
}

const ALL = "all";

/** The levels at which waivers are read, listed and audited. */
const WAIVER_LEVELS: Readonly<Record<string, readonly EnforcementLevel[]>> = {
    [SETTINGS_POLICY]: ["advisory", "mandatory"],
    [WAIVED_POLICY]: ["advisory", "mandatory"],
    [WAIVERS_POLICY]: ["mandatory"],
};

/** Refuses waivers that go too far, that nobody would see, or whose end nobody would notice. */
function waiverProblems(configs: ReadonlyMap<string, PolicyConfig>): string[] {
    const waivers = configs.get(SETTINGS_POLICY)?.properties["waivers"];
    if (!Array.isArray(waivers) || waivers.length === 0) {
        return [];
    }
    const excess = waivers.flatMap((waiver: unknown, index) =>
        isWaiver(waiver) ? excessOf(waiver, `${SETTINGS_POLICY}.waivers[${index}]`) : [],
    );
    const levels = Object.entries(WAIVER_LEVELS).flatMap(([name, allowed]) => {
        const level = configs.get(name)?.level;
        return level === undefined || allowed.includes(level)
            ? []
            : [
                  `${name} is "${level}", by itself or by ${ALL}; allowed beside waivers: ${allowed.join(", ")}`,
              ];
    });
    return [...excess, ...levels];
}

/** Whether there is enough of a waiver to say more of it than its schema does. */
function isWaiver(value: unknown): value is Waiver {
    return isRecord(value) && typeof value["urn"] === "string" && typeof value["expires"] === "string";
}

function levelOf(setting: unknown, path: string, problems: string[]): EnforcementLevel | undefined {
    if (setting === undefined) {
        return undefined;
    }
    if (typeof setting !== "string" && !isRecord(setting)) {
        problems.push(
            `${path} is ${JSON.stringify(setting)}; allowed: a level (${LEVELS.join(", ")}) or an object with settings`,
        );
        return undefined;
    }
    const level = typeof setting === "string" ? setting : setting["enforcementLevel"];
    if (level === undefined) {
        return undefined;
    }
    const known = LEVELS.find((each) => each === level);
    if (known === undefined) {
        const at = typeof setting === "string" ? path : `${path}.enforcementLevel`;
        const near = typeof level === "string" ? nearest(level, LEVELS) : undefined;
        const hint = near === undefined ? "" : ` (did you mean ${near}?)`;
        problems.push(`${at} is ${JSON.stringify(level)}; allowed: ${LEVELS.join(", ")}${hint}`);
    }
    return known;
}

function propertiesOf(setting: unknown): Given {
    if (!isRecord(setting)) {
        return {};
    }
    return Object.fromEntries(Object.entries(setting).filter(([key]) => key !== "enforcementLevel"));
}

function defaultsOf({ properties }: PolicyInfo): Given {
    return Object.fromEntries(
        Object.entries(properties)
            .filter(([, schema]) => schema.default !== undefined)
            .map(([key, schema]) => [key, schema.default]),
    );
}

function schemaOf({ properties, required }: PolicyInfo): Schema {
    const open = Object.keys(properties).length === 0;
    return { type: "object", properties, required, ...(open ? {} : { additionalProperties: false }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
