import { type Subject } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { ALLOWED_REGIONS, JURISDICTIONS } from "./geography";

/** What the rules on residency are configured with: where what kind of data may be. */
export interface ResidencyConfig {
    readonly classificationTag: string;
    readonly jurisdictionTag: string;
    readonly allowedRegions: Readonly<Record<string, readonly string[]>>;
    readonly unclassifiedRegions: readonly string[];
    readonly restricted: readonly string[];
    readonly jurisdictions: Readonly<Record<string, readonly string[]>>;
    /** The pack's own, for all its rules: `sharedSettings`. */
    readonly additionalJurisdictions?: readonly string[];
}

const regionLists = {
    type: "object",
    additionalProperties: { type: "array", items: { type: "string" } },
} as const;

/** The configuration properties of every rule on residency. */
export const residencyConfig = {
    classificationTag: {
        type: "string",
        default: "data-classification",
        description: "The tag that says how sensitive what a resource holds is.",
    },
    jurisdictionTag: {
        type: "string",
        default: "jurisdiction",
        description: "The tag that says whose law restricted data is under.",
    },
    allowedRegions: {
        ...regionLists,
        default: {
            public: ALLOWED_REGIONS,
            internal: ALLOWED_REGIONS,
            confidential: ALLOWED_REGIONS,
        },
        description: "Where data of a classification may be; left out, in the jurisdictions of places.json.",
    },
    unclassifiedRegions: {
        type: "array",
        items: { type: "string" },
        default: ALLOWED_REGIONS,
        description:
            "Where resources may be that carry no classification, or one that is not listed; left out, in the jurisdictions of places.json.",
    },
    restricted: {
        type: "array",
        items: { type: "string" },
        default: ["pii"],
        description: "Classifications of data that must stay within the jurisdiction that its tag names.",
    },
    jurisdictions: {
        ...regionLists,
        default: JURISDICTIONS,
        description: "The regions of each jurisdiction.",
    },
} as const;

/** What the pack's `settings` hold for all rules on residency. */
export const sharedSettings = {
    additionalJurisdictions: {
        type: "array",
        items: { type: "string", enum: Object.keys(JURISDICTIONS) },
        uniqueItems: true,
        default: [],
        description:
            "Jurisdictions in which data may lie beside those of places.json, unless a law keeps it in another one.",
    },
} as const;

/** Where data may lie that no law keeps in one place: the listed regions, and those of further jurisdictions. */
export function openRegions(listed: readonly string[], config: ResidencyConfig): readonly string[] {
    const more = (config.additionalJurisdictions ?? []).flatMap((each) => config.jurisdictions[each] ?? []);
    return [...new Set([...listed, ...more])];
}

/** Where a resource's data may be, and why. */
export interface Territory {
    readonly regions: readonly string[];
    /** The reason, to follow a region that is not one of them. */
    readonly reason: string;
    readonly restricted: boolean;
}

/**
 * Where a resource may be, by its tags.
 *
 * @returns A sentence's end about the tags instead, where they do not tell.
 */
export function territoryOf(resource: Subject, config: ResidencyConfig): Territory | string {
    const classification = tagOf(resource, config.classificationTag);
    if (classification === undefined || !config.restricted.includes(classification)) {
        const listed = config.allowedRegions[classification ?? ""];
        return {
            regions: openRegions(listed ?? config.unclassifiedRegions, config),
            reason: `${listed === undefined ? "unclassified" : (classification ?? "")} data may be in`,
            restricted: false,
        };
    }
    const jurisdiction = tagOf(resource, config.jurisdictionTag);
    if (jurisdiction === undefined) {
        return `is tagged ${config.classificationTag} "${classification}" and has no tag ${config.jurisdictionTag}.`;
    }
    const regions = config.jurisdictions[jurisdiction];
    return regions === undefined
        ? `has the tag ${config.jurisdictionTag} "${jurisdiction}", whose regions are not known.`
        : { regions, reason: `${classification} data of ${jurisdiction} may be in`, restricted: true };
}

/** Whether the resource holds data that must stay within its jurisdiction. */
export function isRestricted(resource: Subject, config: ResidencyConfig): boolean {
    return config.restricted.includes(tagOf(resource, config.classificationTag) ?? "");
}

/** Why a place is not allowed, as the end of a sentence; undefined where it is. */
export function strangePlace(region: string | undefined, { regions, reason }: Territory): string | undefined {
    if (region !== undefined && regions.includes(region)) {
        return undefined;
    }
    return `${region ?? "a region that the program does not tell"}, and ${reason} ${regions.join(", ")}`;
}
