/** What all stacks of an environment must say alike, and who says it otherwise. */
import { type Catalogue, findRegion } from "./catalogue";
import { type CommonConfig } from "./configTypes";
import { stackName } from "./stackNames";

/** Keys that an environment's stacks share, and why. */
export const SHARED_KEYS = {
    accountId: "the stacks refer to each other's resources in one account",
    domainName: "the names of all regions are below it",
    hostedZoneId: "the names of all regions are in one zone",
    foundingRegion: "it is fixed for the database's life and says which stack owns which cluster",
    primaryRegion: "capacity floors and alarms belong where the database is written",
    databaseName: "the regions' clusters are copies of one database",
    databaseEngineVersion: "the members of a global database have one version",
    healthCheckPath:
        "Route 53 asks every region for the path that the global stack names, and balancers let that alone through",
    eventsApi: "the world-wide distribution sends events to every region",
    regionSwitchPlan: "the plan is about groups whose ARNs the regions' stacks give out for it",
} as const satisfies Record<string, string>;

export type SharedKey = keyof typeof SHARED_KEYS;

/** The values of the shared keys; regions by their key. */
export type SharedSettings = Record<SharedKey, string>;

const KEYS = Object.keys(SHARED_KEYS) as SharedKey[];

/** What a stack was told of what all share: for its outputs, and to compare with others'. */
export function sharedSettings(config: CommonConfig): SharedSettings {
    return {
        accountId: config.accountId,
        domainName: config.domainName,
        hostedZoneId: config.hostedZoneId,
        foundingRegion: config.foundingRegion.key,
        primaryRegion: config.primaryRegion.key,
        databaseName: config.database.name,
        databaseEngineVersion: config.database.engineVersion,
        healthCheckPath: config.healthCheckPath,
        eventsApi: String(config.eventsApi),
        regionSwitchPlan: String(config.regionSwitchPlan),
    };
}

/** What holds of a setting where a stack says nothing of it, as those do that were updated before there was one. */
const UNSAID: Partial<SharedSettings> = { eventsApi: "false", regionSwitchPlan: "false" };

/** What a region's stack says in its outputs of what it was told: nothing of what it would be taken for anyway. */
export function outputSettings(config: CommonConfig): Partial<SharedSettings> {
    return Object.fromEntries(
        Object.entries(sharedSettings(config)).filter(([key, value]) => UNSAID[key as SharedKey] !== value),
    );
}

/** A stack's configuration as it is written. */
export interface WrittenConfig {
    readonly stack: string;
    /** `project:key` → text. */
    readonly values: Readonly<Record<string, string>>;
    /** Keys with their namespace that are encrypted, and so cannot be compared. */
    readonly secretKeys?: readonly string[];
    /** Where values came from that are not the stack's file's, by the key with its namespace. */
    readonly origins?: Readonly<Record<string, string>>;
}

/**
 * Where the configurations of an environment's stacks disagree, a line each; none when they agree.
 *
 * @param project The project's name, which is the namespace of its keys.
 * @param configs Of one environment.
 * @param except Keys, with their namespace, that are wrong in any case.
 */
export function disagreements(
    project: string,
    configs: readonly WrittenConfig[],
    catalogue: Catalogue,
    except: ReadonlySet<string | undefined> = new Set(),
): string[] {
    return KEYS.flatMap((key) => {
        const fileKey = `${project}:${key}`;
        if (except.has(fileKey)) {
            return [];
        }
        const places = new Map<string, string[]>();
        for (const { origins, secretKeys, stack, values } of configs) {
            const text = values[fileKey];
            if (text !== undefined && secretKeys?.includes(fileKey) !== true) {
                const value = normalized(key, text, catalogue);
                places.set(value, [...(places.get(value) ?? []), placeOf(stack, origins?.[fileKey])]);
            }
        }
        if (places.size < 2) {
            return [];
        }
        const said = [...places].map(([value, where]) => `${JSON.stringify(value)} ${listed(where)}`);
        return [
            `${fileKey} is ${listed(said)}; allowed: one value in all stacks, because ${SHARED_KEYS[key]}`,
        ];
    });
}

/** What a written configuration says of what all stacks share, as `sharedSettings` says it of a checked one. */
export function writtenSettings(
    project: string,
    values: Readonly<Record<string, string>>,
    catalogue: Catalogue,
): SharedSettings {
    return Object.fromEntries(
        KEYS.map((key) => [key, normalized(key, values[`${project}:${key}`] ?? "", catalogue)]),
    ) as SharedSettings;
}

/** A region may be given by its key or by its AWS name. */
function normalized(key: SharedKey, text: string, catalogue: Catalogue): string {
    return key === "foundingRegion" || key === "primaryRegion"
        ? (findRegion(catalogue, text)?.key ?? text)
        : text;
}

function placeOf(stack: string, origin: string | undefined): string {
    const file = `in Pulumi.${stack}.yaml`;
    return origin === undefined || origin === file ? file : `${origin} for ${stack}`;
}

function listed(items: readonly string[]): string {
    const last = items.at(-1) ?? "";
    return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** What a region's stack was told when it was updated last, as far as it says so. */
export interface RegionSays {
    /** The region's key. */
    readonly key: string;
    readonly settings: Partial<SharedSettings>;
}

/** What a region's stack says in its outputs of what it was told. */
export function saidSettings(outputs: Readonly<Record<string, unknown>>): Partial<SharedSettings> {
    // A stack that was updated before there were settings says the roles alone.
    const settings = outputs["settings"] as object | undefined;
    return { ...(settings === undefined ? {} : UNSAID), ...settings, ...(outputs["roles"] as object) };
}

/** How a stack and the region stacks that it reads differ. */
export interface Differences {
    /** For which the stack must not be updated. */
    readonly problems: readonly string[];
    /** What may stay so for a while. */
    readonly warnings: readonly string[];
}

/**
 * Compares what a stack is told with what the regions' were told when they were updated last.
 *
 * One difference is no problem. When a region is lost, another is made the writer, and the lost one's stack cannot be
 * updated: it goes on saying that it writes itself. The region that writes must say so too; then the database is where
 * the stacks that can be updated have it.
 */
export function differences(
    environment: string,
    own: SharedSettings,
    regions: readonly RegionSays[],
): Differences {
    const problems: string[] = [];
    const warnings: string[] = [];
    const writer = regions.find(({ key }) => key === own.primaryRegion);
    for (const { key: region, settings } of regions) {
        const stack = stackName(environment, region);
        for (const key of KEYS) {
            const theirs = settings[key];
            if (theirs === undefined || theirs === own[key]) {
                continue;
            }
            const text =
                `${key} is ${own[key]} in Pulumi.${stackName(environment, "global")}.yaml and was ${theirs} in ` +
                `Pulumi.${stack}.yaml when ${stack} was updated last`;
            const left = theirs === region && writer?.settings.primaryRegion === own.primaryRegion;
            if (key === "primaryRegion" && left) {
                warnings.push(`${text}: update ${stack} when its region is there again`);
            } else {
                problems.push(`${text}; allowed: one value in all stacks, because ${SHARED_KEYS[key]}`);
            }
        }
    }
    return { problems, warnings };
}
