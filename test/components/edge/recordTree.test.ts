import { expect } from "chai";
import fc from "fast-check";
import {
    type RecordRegion,
    type RecordSet,
    recordTree,
    recordTreeProblems,
    type RecordTreeOptions,
    type RecordType,
} from "../../../components/edge/recordTree";

const LATENCY = "origin.shop.example.com";
const GEOLOCATION = "geo.origin.shop.example.com";
const AWS_REGIONS = [
    "us-east-1",
    "eu-central-1",
    "ap-southeast-2",
    "sa-east-1",
    "af-south-1",
    "ap-northeast-1",
    "ca-central-1",
    "eu-west-1",
    "us-west-2",
    "me-central-1",
];
const CONTINENTS = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"];

const options = (change: Partial<RecordTreeOptions> = {}): RecordTreeOptions => ({
    latencyName: LATENCY,
    failoverName: (key) => `${key}.${LATENCY}`,
    ...change,
});

const pair: readonly RecordRegion[] = [
    { key: "us", region: "us-east-1", failoverTo: "eu", continents: ["NA", "SA"] },
    { key: "eu", region: "eu-central-1", failoverTo: "us", continents: ["EU"] },
];

/** Two to ten regions, each failing over to any other, with the continents dealt out at random. */
const shops: fc.Arbitrary<RecordRegion[]> = fc.integer({ min: 2, max: 10 }).chain((count) =>
    fc
        .record({
            order: fc.shuffledSubarray(AWS_REGIONS, { minLength: count, maxLength: count }),
            // An offset of 1 to count - 1 from a region's own place is any region but itself.
            offsets: fc.array(fc.integer({ min: 1, max: count - 1 }), { minLength: count, maxLength: count }),
            owners: fc.array(fc.integer({ min: -1, max: count - 1 }), { minLength: 7, maxLength: 7 }),
        })
        .map(({ order, offsets, owners }) =>
            order.map((region, place) => ({
                key: `r${place}`,
                region,
                failoverTo: `r${(place + (offsets[place] ?? 1)) % count}`,
                continents: CONTINENTS.filter((_, continent) => owners[continent] === place),
            })),
        ),
);
const forms = fc.record({ geolocation: fc.boolean(), dualStack: fc.boolean() });

function treeOf(
    regions: readonly RecordRegion[],
    form: { geolocation: boolean; dualStack: boolean },
): RecordSet[] {
    const geolocationName = form.geolocation ? GEOLOCATION : undefined;
    return recordTree(regions, options({ geolocationName, dualStack: form.dualStack }));
}

/** The rank of a geolocation record for another continent's viewers. */
const NO_FIT = Infinity;

/** The record sets by name and type. */
function groups(tree: readonly RecordSet[]): RecordSet[][] {
    const found = new Map<string, RecordSet[]>();
    for (const set of tree) {
        const key = `${set.name} ${set.type}`;
        found.set(key, [...(found.get(key) ?? []), set]);
    }
    return [...found.values()];
}

/**
 * Answers a query as Route 53 does: a record set is well when its health check and its alias target are, and when
 * none of a name's is well, all count as such.
 */
class Route53 {
    constructor(
        readonly tree: readonly RecordSet[],
        readonly lost: ReadonlySet<string>,
    ) {}

    /** Key of the region whose balancer answers. */
    resolve(name: string, type: RecordType, viewer: { region: string; continent?: string }): string {
        const sets = this.tree.filter((set) => set.name === name && set.type === type);
        const well = sets.filter((set) => this.isWell(set));
        const chosen = this.choose(well.length > 0 ? well : sets, viewer);
        return chosen.target.kind === "balancer"
            ? chosen.target.key
            : this.resolve(chosen.target.name, type, viewer);
    }

    private choose(sets: readonly RecordSet[], viewer: { region: string; continent?: string }): RecordSet {
        const rank = ({ policy }: RecordSet): number => {
            switch (policy.kind) {
                case "failover":
                    return policy.role === "PRIMARY" ? 0 : 1;
                // The viewer is nearest to its own region, and then as near as the list has it.
                case "latency":
                    return policy.region === viewer.region ? -1 : AWS_REGIONS.indexOf(policy.region);
                case "geolocation":
                    return "country" in policy ? 1 : policy.continent === viewer.continent ? 0 : NO_FIT;
            }
        };
        const [best] = [...sets].sort((one, other) => rank(one) - rank(other));
        if (best === undefined || rank(best) === NO_FIT) {
            throw new Error("no answer");
        }
        return best;
    }

    private isWell(set: RecordSet): boolean {
        if (set.healthCheckOf !== undefined && this.lost.has(set.healthCheckOf)) {
            return false;
        }
        const { target } = set;
        return target.kind === "balancer"
            ? !this.lost.has(target.key)
            : this.tree.some(
                  (other) => other.name === target.name && other.type === set.type && this.isWell(other),
              );
    }
}

describe("the record tree", () => {
    it("of two regions has a pair each and the latency name over them", () => {
        const tree = recordTree(pair, options());
        expect(tree).to.deep.equal([
            {
                role: "failover-us-primary",
                name: "us.origin.shop.example.com",
                type: "A",
                setIdentifier: "us-primary",
                policy: { kind: "failover", role: "PRIMARY" },
                target: { kind: "balancer", key: "us" },
                healthCheckOf: "us",
            },
            {
                role: "failover-us-secondary",
                name: "us.origin.shop.example.com",
                type: "A",
                setIdentifier: "us-secondary",
                policy: { kind: "failover", role: "SECONDARY" },
                target: { kind: "balancer", key: "eu" },
                healthCheckOf: "eu",
            },
            {
                role: "failover-eu-primary",
                name: "eu.origin.shop.example.com",
                type: "A",
                setIdentifier: "eu-primary",
                policy: { kind: "failover", role: "PRIMARY" },
                target: { kind: "balancer", key: "eu" },
                healthCheckOf: "eu",
            },
            {
                role: "failover-eu-secondary",
                name: "eu.origin.shop.example.com",
                type: "A",
                setIdentifier: "eu-secondary",
                policy: { kind: "failover", role: "SECONDARY" },
                target: { kind: "balancer", key: "us" },
                healthCheckOf: "us",
            },
            {
                role: "latency-us",
                name: LATENCY,
                type: "A",
                setIdentifier: "us",
                policy: { kind: "latency", region: "us-east-1" },
                target: { kind: "name", name: "us.origin.shop.example.com" },
            },
            {
                role: "latency-eu",
                name: LATENCY,
                type: "A",
                setIdentifier: "eu",
                policy: { kind: "latency", region: "eu-central-1" },
                target: { kind: "name", name: "eu.origin.shop.example.com" },
            },
        ]);
    });

    it("by continent adds a name, and changes no record of the others", () => {
        const plain = recordTree(pair, options());
        const layered = recordTree(pair, options({ geolocationName: GEOLOCATION }));
        expect(layered.slice(0, plain.length)).to.deep.equal(plain);
        const added = layered.slice(plain.length);
        expect(added.map(({ role, policy, target }) => ({ role, policy, target }))).to.deep.equal([
            {
                role: "continent-na",
                policy: { kind: "geolocation", continent: "NA" },
                target: { kind: "name", name: "us.origin.shop.example.com" },
            },
            {
                role: "continent-sa",
                policy: { kind: "geolocation", continent: "SA" },
                target: { kind: "name", name: "us.origin.shop.example.com" },
            },
            {
                role: "continent-eu",
                policy: { kind: "geolocation", continent: "EU" },
                target: { kind: "name", name: "eu.origin.shop.example.com" },
            },
            {
                role: "continent-default",
                policy: { kind: "geolocation", country: "*" },
                target: { kind: "name", name: LATENCY },
            },
        ]);
        expect(new Set(added.map(({ name }) => name))).to.deep.equal(new Set([GEOLOCATION]));
    });

    it("for IPv6 has the same records once more, as AAAA", () => {
        const both = recordTree(pair, options({ dualStack: true }));
        const ipv4 = recordTree(pair, options());
        expect(both.slice(0, ipv4.length)).to.deep.equal(ipv4);
        expect(both.slice(ipv4.length)).to.deep.equal(
            ipv4.map((set) => ({ ...set, role: `${set.role}-ipv6`, type: "AAAA" })),
        );
    });

    describe("of any shop is one that Route 53 accepts:", () => {
        const forAll = (check: (tree: RecordSet[], regions: RecordRegion[]) => void): void => {
            fc.assert(
                fc.property(shops, forms, (regions, form) => {
                    expect(recordTreeProblems(regions)).to.deep.equal([]);
                    check(treeOf(regions, form), regions);
                }),
            );
        };

        it("one routing policy per name and type", () => {
            forAll((tree) => {
                for (const group of groups(tree)) {
                    expect(new Set(group.map(({ policy }) => policy.kind)).size).to.equal(1);
                }
            });
        });

        it("set identifiers that are apart, roles too", () => {
            forAll((tree) => {
                for (const group of groups(tree)) {
                    const identifiers = group.map(({ setIdentifier }) => setIdentifier);
                    expect(new Set(identifiers).size).to.equal(group.length);
                    expect(identifiers.every((text) => text.length >= 1 && text.length <= 128)).to.equal(
                        true,
                    );
                }
                expect(new Set(tree.map(({ role }) => role)).size).to.equal(tree.length);
            });
        });

        it("one PRIMARY and one SECONDARY, to different regions", () => {
            forAll((tree) => {
                for (const group of groups(tree).filter(([first]) => first?.policy.kind === "failover")) {
                    expect(
                        group.map(({ policy }) => policy.kind === "failover" && policy.role),
                    ).to.deep.equal(["PRIMARY", "SECONDARY"]);
                    expect(new Set(group.map(({ healthCheckOf }) => healthCheckOf)).size).to.equal(2);
                }
            });
        });

        it("latency once per region, over all of them", () => {
            forAll((tree, regions) => {
                for (const type of new Set(tree.map((set) => set.type))) {
                    const named = tree
                        .filter((set) => set.type === type)
                        .flatMap(({ policy }) => (policy.kind === "latency" ? [policy.region] : []));
                    expect(named).to.deep.equal(regions.map(({ region }) => region));
                }
            });
        });

        it("one geolocation record per continent, and a default", () => {
            forAll((tree) => {
                for (const group of groups(tree).filter(([first]) => first?.policy.kind === "geolocation")) {
                    const places = group.flatMap(({ policy }) =>
                        policy.kind !== "geolocation"
                            ? []
                            : "country" in policy
                              ? [policy.country]
                              : [policy.continent],
                    );
                    expect(new Set(places).size).to.equal(places.length);
                    expect(places.filter((place) => place === "*")).to.have.lengthOf(1);
                }
            });
        });

        it("every alias points to a record made before it, so there is no circle", () => {
            forAll((tree) => {
                const made = new Set<string>();
                for (const set of tree) {
                    if (set.target.kind === "name") {
                        expect(made).to.include(`${set.target.name} ${set.type}`);
                    }
                    made.add(`${set.name} ${set.type}`);
                }
            });
        });
    });

    describe("of any shop leads viewers", () => {
        const someLost = shops.chain((regions) =>
            fc.record({
                regions: fc.constant(regions),
                lost: fc.subarray(
                    regions.map(({ key }) => key),
                    { maxLength: regions.length - 1 },
                ),
                viewer: fc.constantFrom(...regions),
            }),
        );

        it("to a region that is well as long as one is, from every name and whatever is lost", () => {
            fc.assert(
                fc.property(
                    someLost,
                    fc.constantFrom(...CONTINENTS),
                    ({ regions, lost, viewer }, continent) => {
                        const tree = treeOf(regions, { geolocation: true, dualStack: true });
                        const dns = new Route53(tree, new Set(lost));
                        const from = { region: viewer.region, continent };
                        for (const name of [LATENCY, GEOLOCATION]) {
                            for (const type of ["A", "AAAA"] as const) {
                                expect(lost).to.not.include(dns.resolve(name, type, from));
                            }
                        }
                    },
                ),
            );
        });

        it("to their own region while it is well, and to the one chosen for them when it is lost", () => {
            fc.assert(
                fc.property(someLost, ({ regions, lost, viewer }) => {
                    const dns = new Route53(
                        treeOf(regions, { geolocation: false, dualStack: false }),
                        new Set(lost),
                    );
                    const answer = dns.resolve(LATENCY, "A", viewer);
                    if (!lost.includes(viewer.key)) {
                        expect(answer).to.equal(viewer.key);
                    } else if (!lost.includes(viewer.failoverTo)) {
                        expect(answer).to.equal(viewer.failoverTo);
                    }
                }),
            );
        });

        it("of a continent to its region, wherever they are nearest to", () => {
            fc.assert(
                fc.property(shops, fc.constantFrom(...AWS_REGIONS), (regions, region) => {
                    const dns = new Route53(
                        treeOf(regions, { geolocation: true, dualStack: false }),
                        new Set(),
                    );
                    for (const { key, continents } of regions) {
                        for (const continent of continents) {
                            expect(dns.resolve(GEOLOCATION, "A", { region, continent })).to.equal(key);
                        }
                    }
                }),
            );
        });
    });

    describe("is refused", () => {
        const [us, eu] = pair as [RecordRegion, RecordRegion];
        const cases: readonly (readonly [string, readonly RecordRegion[], object])[] = [
            [
                "for one region",
                [{ ...us, failoverTo: "us" }],
                { path: "regions", value: 1, allowed: "2 regions or more, so that one can take over" },
            ],
            [
                "for a key twice",
                [us, { ...eu, key: "us" }],
                { path: "regions[1].key", value: "us", allowed: "a DNS label that no other region has" },
            ],
            [
                "for a key that is no label",
                [us, { ...eu, key: "eu_1" }],
                { path: "regions[1].key", value: "eu_1", allowed: "a DNS label that no other region has" },
            ],
            [
                "for an AWS region twice",
                [us, { ...eu, region: "us-east-1" }],
                { path: "regions[1].region", value: "us-east-1", allowed: "each AWS region once" },
            ],
            [
                "for a region that fails over to itself",
                [us, { ...eu, failoverTo: "eu" }],
                { path: "regions[1].failoverTo", value: "eu", allowed: "the key of another region: us" },
            ],
            [
                "for a continent of two regions",
                [us, { ...eu, continents: ["EU", "NA"] }],
                {
                    path: "regions[1].continents[1]",
                    value: "NA",
                    allowed: "each of AF, AN, AS, EU, NA, OC, SA once, over all regions",
                },
            ],
            [
                "for a continent that Route 53 does not know",
                [us, { ...eu, continents: ["Europe"] }],
                {
                    path: "regions[1].continents[0]",
                    value: "Europe",
                    allowed: "each of AF, AN, AS, EU, NA, OC, SA once, over all regions",
                },
            ],
        ];
        for (const [what, regions, problem] of cases) {
            it(what, () => {
                expect(recordTreeProblems(regions)).to.deep.include(problem);
            });
        }
    });
});
