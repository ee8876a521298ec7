import { SECONDARIES_MAX } from "../../../components/data";
import { AWS_REGIONS, zonesOf } from "../../../regions/awsRegions";
import { type Catalogue, defaultCatalogue, type RegionEntry } from "../../../regions/catalogue";

/** A third region, of a jurisdiction that the project has none of. */
export const TOKYO: RegionEntry = {
    key: "ap",
    region: "ap-northeast-1",
    cidrBlock: "10.30.0.0/16",
    availabilityZones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
    jurisdiction: "JP",
    continents: ["AS"],
    failoverTo: "us",
};

/** A good catalogue of so many regions: the project's two, and others of AWS. */
export function regions(count: number): Catalogue {
    const taken = defaultCatalogue.map(({ region }) => region);
    const others = Object.entries(AWS_REGIONS)
        .filter(([region]) => !taken.includes(region))
        .slice(0, Math.max(count - defaultCatalogue.length, 0));
    return [
        ...defaultCatalogue,
        ...others.map(([region, { jurisdiction }], index) => ({
            key: `r${index}`,
            region,
            cidrBlock: `10.${100 + index}.0.0/16`,
            availabilityZones: zonesOf(region).slice(0, 3),
            jurisdiction,
            continents: [],
            failoverTo: "us",
        })),
    ].slice(0, count);
}

/** The same, of which as many as a global database takes have a member of their own, and the rest use the first one's. */
export function regionsAndClients(count: number): Catalogue {
    const [first] = defaultCatalogue;
    return regions(count).map((entry, index) =>
        index > SECONDARIES_MAX && first !== undefined ? { ...entry, databaseIn: first.key } : entry,
    );
}
