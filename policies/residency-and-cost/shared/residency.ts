import { type Subject } from "../../framework/subject";
import { tagOf } from "../../framework/tags";

/** What the rules on residency are configured with: where what kind of data may be. */
export interface ResidencyConfig {
    readonly classificationTag: string;
    readonly jurisdictionTag: string;
    readonly allowedRegions: Readonly<Record<string, readonly string[]>>;
    readonly unclassifiedRegions: readonly string[];
    readonly restricted: readonly string[];
    readonly jurisdictions: Readonly<Record<string, readonly string[]>>;
}

const REGIONS = [
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-3",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

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
        default: { public: REGIONS, internal: REGIONS, confidential: REGIONS },
        description: "Where data of a classification may be.",
    },
    unclassifiedRegions: {
        type: "array",
        items: { type: "string" },
        default: REGIONS,
        description: "Where resources may be that carry no classification, or one that is not listed.",
    },
    restricted: {
        type: "array",
        items: { type: "string" },
        default: ["pii"],
        description: "Classifications of data that must stay within the jurisdiction that its tag names.",
    },
    jurisdictions: {
        ...regionLists,
        // AWS Regions and Availability Zones, "AWS Regions": the European Union's members together, others by
        // their ISO 3166-1 code.
        default: {
            AE: ["me-central-1"],
            AU: ["ap-southeast-2", "ap-southeast-4"],
            BR: ["sa-east-1"],
            CA: ["ca-central-1", "ca-west-1"],
            CH: ["eu-central-2"],
            EU: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
            GB: ["eu-west-2"],
            ID: ["ap-southeast-3"],
            IL: ["il-central-1"],
            IN: ["ap-south-1", "ap-south-2"],
            JP: ["ap-northeast-1", "ap-northeast-3"],
            KR: ["ap-northeast-2"],
            MX: ["mx-central-1"],
            SG: ["ap-southeast-1"],
            US: ["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
            ZA: ["af-south-1"],
        },
        description: "The regions of each jurisdiction.",
    },
} as const;

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
            regions: listed ?? config.unclassifiedRegions,
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
