import { expect } from "chai";
import {
    type Catalogue,
    catalogueProblems,
    type Continent,
    catalogueOf,
    defaultCatalogue,
    findRegion,
    ownCatalogues,
    peerOf,
    type RegionEntry,
} from "../../regions/catalogue";
import { AWS_REGIONS, zonesOf } from "../../regions/awsRegions";
import { isRegion, isZoneOf } from "../../components/shared/validation";
import { problemsOf } from "../support/regions/stackConfigs";
import { regions } from "../support/regions/manyRegions";

const [us, eu] = defaultCatalogue as [RegionEntry, RegionEntry];
const ap: RegionEntry = {
    key: "ap",
    region: "ap-southeast-2",
    cidrBlock: "10.30.0.0/16",
    availabilityZones: ["ap-southeast-2a", "ap-southeast-2b"],
    jurisdiction: "AU",
    continents: ["OC"],
    failoverTo: "us",
};

const withEu = (change: Partial<RegionEntry>): Catalogue => [us, { ...eu, ...change }];

describe("the catalogue of regions", () => {
    it("is fine as it is, and with a region more", () => {
        expect(catalogueProblems(defaultCatalogue)).to.deep.equal([]);
        expect(catalogueProblems([...defaultCatalogue, ap])).to.deep.equal([]);
    });

    it("needs a region, and another one to fail over to only where there is one", () => {
        expect(catalogueProblems([])).to.deep.equal(["regions are 0; allowed: 1 or more"]);
        const { failoverTo, ...alone } = us;
        expect(failoverTo).to.equal("eu");
        expect(catalogueProblems([alone])).to.deep.equal([]);
        for (const given of ["us", "eu"]) {
            expect(catalogueProblems([{ ...us, failoverTo: given }])).to.deep.equal([
                `entry "us": failoverTo is "${given}"; allowed: to leave it out, because the catalogue has no other entry`,
            ]);
        }
        expect(catalogueProblems([alone, eu])).to.deep.equal([
            'entry "us": failoverTo is not given; allowed: the key of another entry: eu',
        ]);
    });

    it("may differ by environment", () => {
        for (const [environment, catalogue] of Object.entries(ownCatalogues)) {
            expect(catalogueProblems(catalogue), environment).to.deep.equal([]);
            expect(catalogueOf(environment)).to.equal(catalogue);
        }
        expect(catalogueOf("dev").map(({ key }) => key)).to.deep.equal(["us"]);
        for (const environment of ["prod", "staging", "constructor", ""]) {
            expect(catalogueOf(environment), environment).to.equal(defaultCatalogue);
        }
    });

    it("has room for what one global database joins", () => {
        expect(catalogueProblems(regions(11))).to.deep.equal([]);
        const tooMany =
            "regions with a database of their own are 12; allowed: at most 11, since a global database has its writer's " +
            "region and 10 others. Give the rest databaseIn: the key of the region whose database they use";
        expect(catalogueProblems(regions(12))).to.deep.equal([tooMany]);
        expect(problemsOf({}, { catalogue: regions(12), stack: "prod-global" })).to.include(
            `regions/catalogue.ts, ${tooMany}`,
        );
    });

    const cases: readonly (readonly [string, Partial<RegionEntry>, string])[] = [
        [
            "a key with a hyphen",
            { key: "eu-1" },
            'key is "eu-1"; allowed: 2 to 8 lower-case letters and digits, a letter first',
        ],
        [
            "a key of one letter",
            { key: "e" },
            'key is "e"; allowed: 2 to 8 lower-case letters and digits, a letter first',
        ],
        [
            "a key of nine letters",
            { key: "frankfurt" },
            'key is "frankfurt"; allowed: 2 to 8 lower-case letters and digits, a letter first',
        ],
        [
            "the global stack's key",
            { key: "global" },
            'key is "global"; allowed: another word, because this one names something else',
        ],
        [
            "a host's label as key",
            { key: "origin" },
            'key is "origin"; allowed: another word, because this one names something else',
        ],
        ["a key twice", { key: "us" }, 'key is "us"; allowed: a key that no other entry has'],
        [
            "a region twice",
            { region: "us-east-1", jurisdiction: "US", availabilityZones: us.availabilityZones },
            'region is "us-east-1"; allowed: a region that no other entry has, and "us" has it',
        ],
        [
            "a region of another jurisdiction",
            { region: "eu-west-2", availabilityZones: ["eu-west-2a", "eu-west-2b"] },
            'jurisdiction is "EU"; allowed: "GB", because eu-west-2 lies there',
        ],
        [
            "another region's zones",
            { availabilityZones: ["eu-west-1a", "eu-central-1b"] },
            'availabilityZones is ["eu-west-1a","eu-central-1b"]; allowed: zones of eu-central-1, which are ' +
                "eu-central-1a, eu-central-1b, eu-central-1c",
        ],
        [
            "one zone",
            { availabilityZones: ["eu-central-1a"] },
            'availabilityZones is ["eu-central-1a"]; allowed: 2 to 4 zones',
        ],
        [
            "a block with host bits",
            { cidrBlock: "10.20.1.0/16" },
            'cidrBlock is "10.20.1.0/16"; allowed: a private IPv4 block (RFC 1918) of /16 to /20 without host bits, ' +
                "such as 10.30.0.0/16",
        ],
        [
            "another region's block",
            { cidrBlock: "10.10.128.0/17" },
            'cidrBlock is "10.10.128.0/17"; allowed: a block apart from "us"\'s 10.10.0.0/16',
        ],
        [
            "itself to fail over to",
            { failoverTo: "eu" },
            'failoverTo is "eu"; allowed: the key of another entry: us',
        ],
        [
            "a stranger to fail over to",
            { failoverTo: "ap" },
            'failoverTo is "ap"; allowed: the key of another entry: us',
        ],
        [
            "another region's continent",
            { continents: ["EU", "NA"] },
            'continents has NA; allowed: continents of no other entry, and "us" has it',
        ],
        [
            "a continent that there is not",
            { continents: ["eu" as Continent] },
            'continents has "eu"; allowed: AF, AN, AS, EU, NA, OC, SA',
        ],
        [
            "the key of the health check over all regions",
            { key: "any" },
            'key is "any"; allowed: another word, because this one names something else',
        ],
        [
            "Docker's own block",
            { cidrBlock: "172.17.16.0/20" },
            'cidrBlock is "172.17.16.0/20"; allowed: a block apart from 172.17.0.0/16, where Docker has its own network ' +
                "on every instance, so that instances would not reach what is there",
        ],
        [
            "a continent twice",
            { continents: ["EU", "EU"] },
            'continents is ["EU","EU"]; allowed: each continent once',
        ],
    ];
    for (const [what, change, message] of cases) {
        it(`refuses ${what}`, () => {
            const key = change.key ?? "eu";
            expect(catalogueProblems(withEu(change))).to.include(`entry "${key}": ${message}`);
        });
    }

    it("refuses a region that AWS has not", () => {
        const [problem] = catalogueProblems(withEu({ region: "eu-central-9" }));
        expect(problem).to.match(
            /^entry "eu": region is "eu-central-9"; allowed: af-south-1, .*, us-west-2$/,
        );
    });

    it("is checked with every stack's configuration", () => {
        expect(problemsOf({}, { catalogue: withEu({ failoverTo: "eu" }) })).to.deep.equal([
            'regions/catalogue.ts, entry "eu": failoverTo is "eu"; allowed: the key of another entry: us',
        ]);
    });

    it("is found by key and by AWS region", () => {
        expect(findRegion(defaultCatalogue, "eu")).to.equal(eu);
        expect(findRegion(defaultCatalogue, "eu-central-1")).to.equal(eu);
        expect(findRegion(defaultCatalogue, "ap")).to.equal(undefined);
    });

    it("has a peer for each region", () => {
        const three = [...defaultCatalogue, ap];
        expect(three.map((entry) => peerOf(three, entry).key)).to.deep.equal(["eu", "us", "us"]);
        expect(() => peerOf([us], us)).to.throw("region us fails over to eu, which is not in the catalogue");
    });
});

describe("the facts about AWS regions", () => {
    it("have a region's and its zones' form", () => {
        for (const [region, facts] of Object.entries(AWS_REGIONS)) {
            expect(isRegion(region), region).to.equal(true);
            expect(
                zonesOf(region).every((zone) => isZoneOf(region, zone)),
                region,
            ).to.equal(true);
            expect(zonesOf(region).length, region).to.be.at.least(2);
            expect(facts.jurisdiction, region).to.match(/^[A-Z]{2}$/);
        }
    });

    it("know no zones of a region that is not there", () => {
        expect(zonesOf("eu-central-9")).to.deep.equal([]);
        expect(zonesOf("eu-central-1")).to.deep.equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    });
});
