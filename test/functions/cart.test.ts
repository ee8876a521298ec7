/** A cart over several regions: what is put in is never lost, in whatever order regions hear of each other. */
import { expect } from "chai";
import * as fc from "fast-check";

import {
    add,
    bring,
    clear,
    includes,
    type Lines,
    merge,
    quantities,
    quantityOf,
    take,
} from "../../functions/cart/cart";

const PRODUCTS = ["lamp", "chair", "constructor"];
const REGIONS = ["us", "eu", "ap"] as const;
type Region = (typeof REGIONS)[number];

/** Any state, such as replication may bring: what is cleared was added. */
const count = fc
    .tuple(fc.nat(20), fc.nat(20))
    .map(([a, b]) => ({ added: Math.max(a, b), cleared: Math.min(a, b) }));
const lines: fc.Arbitrary<Lines> = fc.dictionary(
    fc.constantFrom(...PRODUCTS),
    fc.dictionary(fc.constantFrom<string>("us.1", "eu.1", "eu.2"), count, { noNullPrototype: true }),
    { noNullPrototype: true },
);

describe("merging carts", () => {
    it("is commutative", () => {
        fc.assert(
            fc.property(lines, lines, (a, b) => {
                expect(merge(a, b)).to.deep.equal(merge(b, a));
            }),
        );
    });

    it("is associative", () => {
        fc.assert(
            fc.property(lines, lines, lines, (a, b, c) => {
                expect(merge(merge(a, b), c)).to.deep.equal(merge(a, merge(b, c)));
            }),
        );
    });

    it("is idempotent", () => {
        fc.assert(
            fc.property(lines, lines, (a, b) => {
                expect(merge(a, a)).to.deep.equal(a);
                expect(merge(merge(a, b), b)).to.deep.equal(merge(a, b));
            }),
        );
    });

    it("knows all that both knew, and nothing else", () => {
        fc.assert(
            fc.property(lines, lines, (a, b) => {
                const both = merge(a, b);
                expect(includes(both, a) && includes(both, b)).to.equal(true);
                expect(includes(a, b)).to.equal(
                    JSON.stringify(sorted(merge(a, b))) === JSON.stringify(sorted(a)),
                );
            }),
        );
    });

    it("never has less than nothing of a product", () => {
        fc.assert(
            fc.property(lines, lines, (a, b) => {
                for (const product of PRODUCTS) {
                    expect(quantityOf(merge(a, b), product)).to.be.at.least(0);
                }
            }),
        );
    });
});

function sorted(value: unknown): unknown {
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([key, inner]) => [key, sorted(inner)]),
          )
        : value;
}

describe("changing a cart", () => {
    it("brings a product to a quantity, from any other", () => {
        fc.assert(
            fc.property(lines, fc.constantFrom(...PRODUCTS), fc.nat(50), (before, product, quantity) => {
                const after = bring(before, "us.1", product, quantity);
                expect(quantityOf(after, product)).to.equal(quantity);
                expect(includes(after, before)).to.equal(true);
            }),
        );
    });

    it("is empty after all was taken out, and forgets nothing that others must hear", () => {
        fc.assert(
            fc.property(lines, (before) => {
                const after = clear(before);
                expect(quantities(after)).to.deep.equal([]);
                expect(includes(after, before)).to.equal(true);
            }),
        );
    });

    it("takes out no more than there is", () => {
        expect(quantityOf(take(add({}, "us.1", "lamp", 2), "lamp", 5), "lamp")).to.equal(0);
    });

    it("takes out once what two regions take out of the same at the same time", () => {
        const seen = merge(add({}, "us.1", "lamp", 3), add({}, "eu.1", "lamp", 2));
        const inUs = bring(seen, "us.1", "lamp", 1);
        const inEu = bring(seen, "eu.1", "lamp", 1);
        expect(quantityOf(merge(inUs, inEu), "lamp")).to.equal(1);
    });

    it("keeps what one region puts in while the other empties the cart", () => {
        const seen = add({}, "us.1", "lamp", 3);
        const emptied = clear(seen);
        const filled = add(seen, "eu.1", "lamp", 2);
        expect(quantities(merge(emptied, filled))).to.deep.equal([["lamp", 2]]);
    });

    it("keeps what is put in after another region has forgotten the region's earlier counts", () => {
        // DynamoDB has deleted the item of us, which begins anew under another name; eu still knows the old one.
        const old = clear(add({}, "us.1", "lamp", 5));
        const anew = add({}, "us.2", "lamp", 2);
        expect(quantities(merge(old, anew))).to.deep.equal([["lamp", 2]]);
    });
});

/** What happens to a cart: somebody puts in, or takes out what is seen, or a region hears of another one. */
type Step =
    | { kind: "add"; at: Region; product: string; quantity: number }
    | { kind: "bring"; at: Region; product: string; quantity: number }
    | { kind: "clear"; at: Region }
    | { kind: "hear"; at: Region; of: Region };

const region = fc.constantFrom(...REGIONS);
const product = fc.constantFrom(...PRODUCTS);
const steps = (kinds: readonly Step["kind"][]): fc.Arbitrary<Step[]> =>
    fc.array(
        fc
            .oneof(
                fc.record({
                    kind: fc.constant("add" as const),
                    at: region,
                    product,
                    quantity: fc.integer({ min: 1, max: 5 }),
                }),
                fc.record({ kind: fc.constant("bring" as const), at: region, product, quantity: fc.nat(5) }),
                fc.record({ kind: fc.constant("clear" as const), at: region }),
                fc.record({ kind: fc.constant("hear" as const), at: region, of: region }),
            )
            .filter(({ kind }) => kinds.includes(kind)),
        { maxLength: 40 },
    );

/**
 * A global table with an item for each region: each region writes its own alone, and hears of others' items whole, some time or
 * never. As the store does, a write holds all that its region knows.
 */
class World {
    readonly #seen = new Map<Region, Map<Region, Lines>>(REGIONS.map((each) => [each, new Map()]));

    do(step: Step): void {
        const seen = this.#seen.get(step.at)!;
        if (step.kind === "hear") {
            const item = this.#seen.get(step.of)!.get(step.of);
            if (item !== undefined) {
                seen.set(step.of, item);
            }
            return;
        }
        const known = this.known(step.at);
        const replica = `${step.at}.1`;
        seen.set(
            step.at,
            step.kind === "clear"
                ? clear(known)
                : (step.kind === "add" ? add : bring)(known, replica, step.product, step.quantity),
        );
    }

    known(at: Region): Lines {
        return [...this.#seen.get(at)!.values()].reduce(merge, {});
    }

    /** Everybody hears of everybody. */
    settle(): void {
        for (const at of REGIONS) {
            for (const of of REGIONS) {
                this.do({ kind: "hear", at, of });
            }
        }
    }

    /** DynamoDB has deleted a region's item everywhere, and so nobody knows it but by what others have written of it. */
    lose(region: Region): void {
        for (const seen of this.#seen.values()) {
            seen.delete(region);
        }
    }
}

describe("a cart in three regions", () => {
    it("holds in the end whatever was put in, where nothing was taken out", () => {
        fc.assert(
            fc.property(steps(["add", "hear"]), (happened) => {
                const world = new World();
                happened.forEach((step) => {
                    world.do(step);
                });
                world.settle();
                for (const each of PRODUCTS) {
                    const put = happened
                        .filter((step) => step.kind === "add" && step.product === each)
                        .reduce((sum, step) => sum + (step.kind === "add" ? step.quantity : 0), 0);
                    for (const at of REGIONS) {
                        expect(quantityOf(world.known(at), each)).to.equal(put);
                    }
                }
            }),
        );
    });

    it("is the same everywhere in the end, whatever happened", () => {
        fc.assert(
            fc.property(steps(["add", "bring", "clear", "hear"]), (happened) => {
                const world = new World();
                happened.forEach((step) => {
                    world.do(step);
                });
                world.settle();
                expect(quantities(world.known("eu"))).to.deep.equal(quantities(world.known("us")));
                expect(quantities(world.known("ap"))).to.deep.equal(quantities(world.known("us")));
            }),
        );
    });

    it("keeps what is put in last, whatever the others do who have not heard of it", () => {
        fc.assert(
            fc.property(
                steps(["add", "bring", "clear", "hear"]),
                steps(["bring", "clear"]),
                product,
                (happened, others, chosen) => {
                    const world = new World();
                    happened.forEach((step) => {
                        world.do(step);
                    });
                    world.do({ kind: "add", at: "us", product: chosen, quantity: 7 });
                    others
                        .filter(({ at }) => at !== "us")
                        .forEach((step) => {
                            world.do(step);
                        });
                    world.settle();
                    expect(quantityOf(world.known("us"), chosen)).to.be.at.least(7);
                },
            ),
        );
    });

    it("loses nothing when a region's item ends that the others had heard of and have written since", () => {
        fc.assert(
            fc.property(steps(["add", "bring", "clear", "hear"]), product, (happened, chosen) => {
                const world = new World();
                happened.forEach((step) => {
                    world.do(step);
                });
                world.settle();
                world.do({ kind: "add", at: "eu", product: chosen, quantity: 1 });
                const before = quantities(world.known("eu"));
                world.lose("us");
                expect(quantities(world.known("eu"))).to.deep.equal(before);
            }),
        );
    });
});
