/** Copies of the project with more regions, to measure how the preview grows. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ROOT } from "./root";
import { AWS_REGIONS, zonesOf } from "../../regions/awsRegions";
import { type Catalogue, defaultCatalogue, type RegionEntry } from "../../regions/catalogue";

/** Regions that one shop may have: an Aurora Global Database takes no more. */
const REGIONS_PER_SHOP = 10;
const ZONES = 3;
const ENVIRONMENTS = ["prod", "more"];

/** One environment's regions. */
export interface Shop {
    readonly environment: string;
    readonly catalogue: Catalogue;
}

/** A region beside the project's own, with a network and a key of its own. */
function entryOf(region: string, index: number, failoverTo: string): RegionEntry {
    return {
        key: `r${index}`,
        region,
        cidrBlock: `10.${100 + index}.0.0/16`,
        availabilityZones: zonesOf(region).slice(0, ZONES),
        jurisdiction: AWS_REGIONS[region]?.jurisdiction ?? "",
        continents: [],
        failoverTo,
    };
}

/** As many regions as asked for, in as few shops as they fit; the project's own come first. */
export function shopsOf(regions: number): Shop[] {
    const own = new Set(defaultCatalogue.map((entry) => entry.region));
    const others = Object.keys(AWS_REGIONS).filter((region) => !own.has(region));
    const first = regions - defaultCatalogue.length;
    if (first < 0 || first > others.length) {
        throw new Error(
            `regions may be ${defaultCatalogue.length} to ${defaultCatalogue.length + others.length}`,
        );
    }
    const shops: RegionEntry[][] = [[...defaultCatalogue]];
    others.slice(0, first).forEach((region, index) => {
        let shop = shops.at(-1);
        if (shop === undefined || shop.length === REGIONS_PER_SHOP) {
            shop = [];
            shops.push(shop);
        }
        // The first two regions of a shop take over from each other, the rest go to the first.
        shop.push(entryOf(region, index, shop[0]?.key ?? `r${index + 1}`));
    });
    return shops.map((catalogue, index) => ({
        environment: ENVIRONMENTS[index] ?? `env${index}`,
        catalogue,
    }));
}

/** A region, with the zones that are used of it. */
export interface RegionZones {
    readonly region: string;
    readonly zones: readonly string[];
}

/** The regions of all shops. */
export function regionsOf(shops: readonly Shop[]): RegionZones[] {
    return shops.flatMap(({ catalogue }) =>
        catalogue.map(({ region, availabilityZones }) => ({ region, zones: availabilityZones })),
    );
}

/** Writes the project's file and a file for every stack into a new directory, which the caller removes. */
export function projectWith(shops: readonly Shop[]): string {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-benchmark-"));
    fs.copyFileSync(path.join(ROOT, "Pulumi.yaml"), path.join(directory, "Pulumi.yaml"));
    fs.writeFileSync(path.join(directory, "index.ts"), "");
    for (const { environment, catalogue } of shops) {
        const founder = catalogue[0]?.key ?? "";
        const roles = `  meridian:foundingRegion: ${founder}\n  meridian:primaryRegion: ${founder}\n`;
        const write = (key: string, original: string): void => {
            const text = fs.readFileSync(path.join(ROOT, `Pulumi.prod-${original}.yaml`), "utf8");
            const file = path.join(directory, `Pulumi.${environment}-${key}.yaml`);
            fs.writeFileSync(file, `${text.trimEnd()}\n${roles}`);
        };
        for (const { key } of catalogue) {
            write(key, "eu");
        }
        write("global", "global");
    }
    return directory;
}
