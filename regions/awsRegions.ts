/** What AWS says of one of its regions. */
export interface AwsRegion {
    /** Letters of the zone names that accounts may see; an account sees some of them, at least two. */
    readonly zoneLetters: string;
    /**
     * Whose law the region is under: `EU` for the European Union's members, else the country's ISO 3166-1 code.
     */
    readonly jurisdiction: string;
}

/** The region that serves CloudFront's certificates and web ACLs, and the metrics of Route 53's health checks. */
export const US_EAST_1 = "us-east-1";

/**
 * Regions of the commercial partition.
 * Sources: AWS Regions and Availability Zones, "AWS Regions" and "Availability Zones".
 */
export const AWS_REGIONS: Readonly<Record<string, AwsRegion>> = {
    "af-south-1": { zoneLetters: "abc", jurisdiction: "ZA" },
    "ap-east-1": { zoneLetters: "abc", jurisdiction: "HK" },
    "ap-east-2": { zoneLetters: "abc", jurisdiction: "TW" },
    "ap-northeast-1": { zoneLetters: "abcd", jurisdiction: "JP" },
    "ap-northeast-2": { zoneLetters: "abcd", jurisdiction: "KR" },
    "ap-northeast-3": { zoneLetters: "abc", jurisdiction: "JP" },
    "ap-south-1": { zoneLetters: "abc", jurisdiction: "IN" },
    "ap-south-2": { zoneLetters: "abc", jurisdiction: "IN" },
    "ap-southeast-1": { zoneLetters: "abc", jurisdiction: "SG" },
    "ap-southeast-2": { zoneLetters: "abc", jurisdiction: "AU" },
    "ap-southeast-3": { zoneLetters: "abc", jurisdiction: "ID" },
    "ap-southeast-4": { zoneLetters: "abc", jurisdiction: "AU" },
    "ap-southeast-5": { zoneLetters: "abc", jurisdiction: "MY" },
    "ap-southeast-6": { zoneLetters: "abc", jurisdiction: "NZ" },
    "ap-southeast-7": { zoneLetters: "abc", jurisdiction: "TH" },
    "ca-central-1": { zoneLetters: "abcd", jurisdiction: "CA" },
    "ca-west-1": { zoneLetters: "abc", jurisdiction: "CA" },
    "eu-central-1": { zoneLetters: "abc", jurisdiction: "EU" },
    "eu-central-2": { zoneLetters: "abc", jurisdiction: "CH" },
    "eu-north-1": { zoneLetters: "abc", jurisdiction: "EU" },
    "eu-south-1": { zoneLetters: "abc", jurisdiction: "EU" },
    "eu-south-2": { zoneLetters: "abc", jurisdiction: "EU" },
    "eu-west-1": { zoneLetters: "abc", jurisdiction: "EU" },
    "eu-west-2": { zoneLetters: "abc", jurisdiction: "GB" },
    "eu-west-3": { zoneLetters: "abc", jurisdiction: "EU" },
    "il-central-1": { zoneLetters: "abc", jurisdiction: "IL" },
    "me-central-1": { zoneLetters: "abc", jurisdiction: "AE" },
    "me-south-1": { zoneLetters: "abc", jurisdiction: "BH" },
    "mx-central-1": { zoneLetters: "abc", jurisdiction: "MX" },
    "sa-east-1": { zoneLetters: "abc", jurisdiction: "BR" },
    "us-east-1": { zoneLetters: "abcdef", jurisdiction: "US" },
    "us-east-2": { zoneLetters: "abc", jurisdiction: "US" },
    "us-west-1": { zoneLetters: "abc", jurisdiction: "US" },
    "us-west-2": { zoneLetters: "abcd", jurisdiction: "US" },
};

/** The zone names that the region offers; none for a region that is not known. */
export function zonesOf(region: string): readonly string[] {
    return Array.from(AWS_REGIONS[region]?.zoneLetters ?? "", (letter) => region + letter);
}
