import places from "../places.json";

/**
 * The regions of each jurisdiction: the European Union's members together, others by their ISO 3166-1 code. Those of
 * AWS's commercial partition.
 *
 * Source: AWS Regions and Availability Zones, "AWS Regions".
 */
export const JURISDICTIONS: Readonly<Record<string, readonly string[]>> = {
    AE: ["me-central-1"],
    AU: ["ap-southeast-2", "ap-southeast-4"],
    BH: ["me-south-1"],
    BR: ["sa-east-1"],
    CA: ["ca-central-1", "ca-west-1"],
    CH: ["eu-central-2"],
    EU: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
    GB: ["eu-west-2"],
    HK: ["ap-east-1"],
    ID: ["ap-southeast-3"],
    IL: ["il-central-1"],
    IN: ["ap-south-1", "ap-south-2"],
    JP: ["ap-northeast-1", "ap-northeast-3"],
    KR: ["ap-northeast-2"],
    MX: ["mx-central-1"],
    MY: ["ap-southeast-5"],
    NZ: ["ap-southeast-6"],
    SG: ["ap-southeast-1"],
    TH: ["ap-southeast-7"],
    TW: ["ap-east-2"],
    US: ["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
    ZA: ["af-south-1"],
};

/**
 * The regions of some jurisdictions, in their order.
 *
 * @param source Where the list is from, for the message.
 * @throws Error that names the jurisdictions that there are not, and those that there are.
 */
export function regionsOf(jurisdictions: readonly string[], source: string): readonly string[] {
    const known = Object.keys(JURISDICTIONS);
    const strange = jurisdictions.filter((jurisdiction) => !known.includes(jurisdiction));
    if (strange.length > 0) {
        throw new Error(
            `${source} has ${strange.map((each) => JSON.stringify(each)).join(", ")}; allowed: ${known.join(", ")}`,
        );
    }
    return jurisdictions.flatMap((jurisdiction) => JURISDICTIONS[jurisdiction] ?? []);
}

/**
 * Where data may lie that no law keeps in one place: in the jurisdictions that places.json names, the one place where it
 * is said for all rules and profiles.
 */
export const ALLOWED_REGIONS: readonly string[] = regionsOf(
    places.allowedJurisdictions,
    "allowedJurisdictions of places.json",
);
