import { CLIENT_BLOCKS_MAX, VPC_PREFIX_MAX, VPC_PREFIX_MIN, ZONES_PER_TIER } from "../components/network";
import {
    blocksOverlap,
    type CidrBlock,
    isPrivateBlock,
    networkOf,
    parseCidr,
} from "../components/shared/cidrBlock";
import { SECONDARIES_MAX } from "../components/data";
import { ANY_ENDPOINT, CONTINENTS, isContinent } from "../components/edge";
import { AWS_REGIONS, zonesOf } from "./awsRegions";
import { RESERVED_HOST_LABELS } from "./hosts";

/** Continents as Route 53's geolocation records name them: North and South America, Europe, and so on. */
export type Continent = "AF" | "AN" | "AS" | "EU" | "NA" | "OC" | "SA";

/** One region of the shop. */
export interface RegionEntry {
    /** Short name: the end of the stack's name and the first label of the region's host. */
    readonly key: string;
    /** The AWS region, such as `eu-central-1`. */
    readonly region: string;
    /** The VPC's block, a /16 to /20 that overlaps no other region's. A stack file may give another. */
    readonly cidrBlock: string;
    /** Two to four zones to spread over. Their order is kept for good: subnets are numbered by it. */
    readonly availabilityZones: readonly string[];
    /** Whose law personal data kept here is under: `EU`, or a country's ISO 3166-1 code. */
    readonly jurisdiction: string;
    /** The continents whose viewers geolocation routing keeps here. A continent belongs to one region at most. */
    readonly continents: readonly Continent[];
    /**
     * Key of the region that takes this one's viewers when it is lost, and that holds the copies of its static
     * files and backups. Left out where the catalogue has this region alone: then there are no copies elsewhere, and
     * no global stack.
     */
    readonly failoverTo?: string;
    /**
     * Key of the region whose member of the database this one's API uses, over a peering connection that the global
     * stack makes: reads and writes then take as long as the way there, and are lost with that region. Left out, the
     * region has a member of its own. A global database has 11 members at most.
     */
    readonly databaseIn?: string;
}

/** All regions of the shop in an environment. */
export type Catalogue = readonly RegionEntry[];

/**
 * The regions of every environment that has none of its own below. To add one, add an entry here and a
 * `Pulumi.<environment>-<key>.yaml`; nothing else changes.
 */
export const defaultCatalogue: Catalogue = [
    {
        key: "us",
        region: "us-east-1",
        cidrBlock: "10.10.0.0/16",
        availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
        jurisdiction: "US",
        continents: ["NA", "SA"],
        failoverTo: "eu",
    },
    {
        key: "eu",
        region: "eu-central-1",
        cidrBlock: "10.20.0.0/16",
        availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        jurisdiction: "EU",
        continents: ["AF", "EU"],
        failoverTo: "us",
    },
];

/**
 * Environments with regions of their own, by name. With one region alone an environment is whole without a global
 * stack, and costs a fraction.
 */
export const ownCatalogues: Readonly<Record<string, Catalogue>> = {
    dev: [
        {
            key: "us",
            region: "us-east-1",
            cidrBlock: "10.110.0.0/16",
            // A balancer and a database's subnet group need two, and a zone with nothing in it costs nothing.
            availabilityZones: ["us-east-1a", "us-east-1b"],
            jurisdiction: "US",
            continents: [],
        },
    ],
};

/** The regions of an environment: its own, or those of every other. */
export function catalogueOf(environment: string): Catalogue {
    const own = Object.hasOwn(ownCatalogues, environment) ? ownCatalogues[environment] : undefined;
    return own ?? defaultCatalogue;
}

/** Whether the catalogue has one region alone, so that there is nothing to fail over to. */
export function isSingleRegion(catalogue: Catalogue): boolean {
    return catalogue.length === 1;
}

/** The entry with this key or AWS region. */
export function findRegion(catalogue: Catalogue, keyOrRegion: string): RegionEntry | undefined {
    return catalogue.find((entry) => entry.key === keyOrRegion || entry.region === keyOrRegion);
}

/**
 * The region that takes over for this one, where there are several.
 *
 * @throws Error when the catalogue does not have it, which `catalogueProblems` would have said.
 */
export function peerOf(catalogue: Catalogue, entry: RegionEntry): RegionEntry {
    const peer = catalogue.find((other) => other.key === entry.failoverTo);
    if (peer === undefined) {
        throw new Error(
            `region ${entry.key} fails over to ${entry.failoverTo ?? "none"}, which is not in the catalogue`,
        );
    }
    return peer;
}

/** The regions that have a member of the database of their own. */
export function databaseRegions(catalogue: Catalogue): Catalogue {
    return catalogue.filter(({ databaseIn }) => databaseIn === undefined);
}

/**
 * The region whose member of the database this one uses: itself, where it has one.
 *
 * @throws Error when the catalogue does not have it, which `catalogueProblems` would have said.
 */
export function databaseRegionOf(catalogue: Catalogue, entry: RegionEntry): RegionEntry {
    const found =
        entry.databaseIn === undefined ? entry : catalogue.find(({ key }) => key === entry.databaseIn);
    if (found === undefined) {
        throw new Error(
            `region ${entry.key} has its database in ${entry.databaseIn ?? "none"}, which is not in the catalogue`,
        );
    }
    return found;
}

/** The regions that use this one's member of the database beside itself. */
export function databaseClients(catalogue: Catalogue, { key }: RegionEntry): Catalogue {
    return catalogue.filter(({ databaseIn }) => databaseIn === key);
}

/** The fewest zones of a region, so that one may be lost. The most are what the address plan has room for. */
export const ZONES_MIN = 2;

/** What a VPC's block may be, in words. */
export const VPC_BLOCK_FORM = `a private IPv4 block (RFC 1918) of /${VPC_PREFIX_MIN} to /${VPC_PREFIX_MAX} without host bits, such as 10.30.0.0/16`;

/** Regions whose databases one global database joins. */
const DATABASE_REGIONS_MAX = SECONDARIES_MAX + 1;

/** Regions that may use the database of another one: each has a rule in the network ACL before it. */
const DATABASE_CLIENTS_MAX = CLIENT_BLOCKS_MAX;

// What Docker gives its default bridge on every instance: addresses in it never leave the instance.
const DOCKER_BRIDGE = "172.17.0.0/16";

const KEY = /^[a-z][a-z0-9]{1,7}$/;

/** Everything that is wrong with a catalogue, one sentence each; none when it is fine. */
export function catalogueProblems(catalogue: Catalogue): string[] {
    const found: string[] = [];
    if (catalogue.length === 0) {
        found.push("regions are 0; allowed: 1 or more");
    }
    const members = databaseRegions(catalogue).length;
    if (members < 2 && members < catalogue.length) {
        found.push(
            `regions with a database of their own are ${members}; allowed: 2 or more, because a database in one region ` +
                "is lost with it. Leave databaseIn out of another entry",
        );
    }
    if (members > DATABASE_REGIONS_MAX) {
        found.push(
            `regions with a database of their own are ${members}; allowed: at most ${DATABASE_REGIONS_MAX}, since a ` +
                `global database has its writer's region and ${SECONDARIES_MAX} others. Give the rest databaseIn: the ` +
                "key of the region whose database they use",
        );
    }
    catalogue.forEach((entry, position) => {
        const before = catalogue.slice(0, position);
        found.push(
            ...[
                ...identityProblems(entry, before),
                ...zoneProblems(entry.region, entry.availabilityZones).map(
                    (text) => `availabilityZones ${text}`,
                ),
                ...networkProblems(entry, before),
                ...routingProblems(entry, before, catalogue),
                ...databaseProblems(entry, catalogue),
            ].map((problem) => `entry "${entry.key}": ${problem}`),
        );
    });
    return found;
}

function identityProblems(entry: RegionEntry, before: Catalogue): string[] {
    const found: string[] = [];
    if (!KEY.test(entry.key)) {
        found.push(`key is "${entry.key}"; allowed: 2 to 8 lower-case letters and digits, a letter first`);
    } else if ([...RESERVED_HOST_LABELS, "global", ANY_ENDPOINT].includes(entry.key)) {
        found.push(`key is "${entry.key}"; allowed: another word, because this one names something else`);
    }
    if (before.some((other) => other.key === entry.key)) {
        found.push(`key is "${entry.key}"; allowed: a key that no other entry has`);
    }
    const facts = AWS_REGIONS[entry.region];
    if (facts === undefined) {
        found.push(`region is "${entry.region}"; allowed: ${Object.keys(AWS_REGIONS).join(", ")}`);
        return found;
    }
    const twin = before.find((other) => other.region === entry.region);
    if (twin !== undefined) {
        found.push(
            `region is "${entry.region}"; allowed: a region that no other entry has, and "${twin.key}" has it`,
        );
    }
    if (entry.jurisdiction !== facts.jurisdiction) {
        found.push(
            `jurisdiction is "${entry.jurisdiction}"; allowed: "${facts.jurisdiction}", because ${entry.region} lies there`,
        );
    }
    return found;
}

/** What is wrong with a list of zones for a region, each beginning with "is"; none when it is fine. */
export function zoneProblems(region: string, zones: readonly string[]): string[] {
    const found: string[] = [];
    const offered = zonesOf(region);
    const given = JSON.stringify(zones);
    if (zones.length < ZONES_MIN || zones.length > ZONES_PER_TIER) {
        found.push(`is ${given}; allowed: ${ZONES_MIN} to ${ZONES_PER_TIER} zones`);
    }
    if (new Set(zones).size < zones.length) {
        found.push(`is ${given}; allowed: each zone once`);
    }
    const strangers = offered.length === 0 ? [] : zones.filter((zone) => !offered.includes(zone));
    if (strangers.length > 0) {
        found.push(`is ${given}; allowed: zones of ${region}, which are ${offered.join(", ")}`);
    }
    return found;
}

/** Reads a VPC's block; undefined when the text is not one that a region may have. */
export function vpcBlock(text: string): CidrBlock | undefined {
    const block = parseCidr(text);
    const fits =
        block !== undefined &&
        block.base === networkOf(block).base &&
        block.prefix >= VPC_PREFIX_MIN &&
        block.prefix <= VPC_PREFIX_MAX &&
        isPrivateBlock(block);
    return fits ? block : undefined;
}

/** What a VPC's block may not meet, in words. */
export const NOT_DOCKERS = `a block apart from ${DOCKER_BRIDGE}, where Docker has its own network on every instance, so that instances would not reach what is there`;

/** Whether a block shares an address with Docker's network on the instances. */
export function meetsDocker(block: CidrBlock): boolean {
    const docker = parseCidr(DOCKER_BRIDGE);
    return docker !== undefined && blocksOverlap(block, docker);
}

/** The first of these regions whose block shares an address with the given one. */
export function overlapping(block: CidrBlock, others: Catalogue): RegionEntry | undefined {
    return others.find((other) => {
        const theirs = vpcBlock(other.cidrBlock);
        return theirs !== undefined && blocksOverlap(block, theirs);
    });
}

function networkProblems(entry: RegionEntry, before: Catalogue): string[] {
    const block = vpcBlock(entry.cidrBlock);
    if (block === undefined) {
        return [`cidrBlock is "${entry.cidrBlock}"; allowed: ${VPC_BLOCK_FORM}`];
    }
    if (meetsDocker(block)) {
        return [`cidrBlock is "${entry.cidrBlock}"; allowed: ${NOT_DOCKERS}`];
    }
    const other = overlapping(block, before);
    return other === undefined
        ? []
        : [
              `cidrBlock is "${entry.cidrBlock}"; allowed: a block apart from "${other.key}"'s ${other.cidrBlock}`,
          ];
}

function routingProblems(entry: RegionEntry, before: Catalogue, catalogue: Catalogue): string[] {
    const found: string[] = [];
    const others = catalogue.map((other) => other.key).filter((key) => key !== entry.key);
    const given = entry.failoverTo === undefined ? "not given" : `"${entry.failoverTo}"`;
    if (isSingleRegion(catalogue)) {
        if (entry.failoverTo !== undefined) {
            found.push(
                `failoverTo is ${given}; allowed: to leave it out, because the catalogue has no other entry`,
            );
        }
    } else if (entry.failoverTo === undefined || !others.includes(entry.failoverTo)) {
        found.push(`failoverTo is ${given}; allowed: the key of another entry: ${others.join(", ")}`);
    }
    for (const continent of entry.continents) {
        if (!isContinent(continent)) {
            found.push(`continents has "${continent}"; allowed: ${CONTINENTS.join(", ")}`);
        }
        const owner = before.find((other) => other.continents.includes(continent));
        if (owner !== undefined) {
            found.push(
                `continents has ${continent}; allowed: continents of no other entry, and "${owner.key}" has it`,
            );
        }
    }
    if (new Set(entry.continents).size < entry.continents.length) {
        found.push(`continents is ${JSON.stringify(entry.continents)}; allowed: each continent once`);
    }
    return found;
}

function databaseProblems({ databaseIn, key }: RegionEntry, catalogue: Catalogue): string[] {
    if (databaseIn === undefined) {
        return [];
    }
    const hosts = databaseRegions(catalogue);
    const host = hosts.find((other) => other.key === databaseIn);
    if (host === undefined) {
        const allowed = hosts.map((other) => other.key).filter((other) => other !== key);
        return [
            `databaseIn is "${databaseIn}"; allowed: ` +
                (allowed.length === 0
                    ? "to leave it out, because no other entry has a database"
                    : `the key of another entry that has a database of its own: ${allowed.join(", ")}`),
        ];
    }
    const clients = databaseClients(catalogue, host);
    return clients.length > DATABASE_CLIENTS_MAX && clients[DATABASE_CLIENTS_MAX]?.key === key
        ? [
              `databaseIn is "${databaseIn}"; allowed: another region's, because ${clients.length} regions use ` +
                  `${databaseIn}'s and its network lets ${DATABASE_CLIENTS_MAX} in`,
          ]
        : [];
}
