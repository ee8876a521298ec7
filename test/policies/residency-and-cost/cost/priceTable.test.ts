import { expect } from "chai";
import fc from "fast-check";
import {
    costBetween,
    isStale,
    PRICES,
    PriceTable,
    staleBefore,
    type PriceRow,
    type Tier,
    unitSize,
} from "../../../../policies/residency-and-cost/shared/cost/priceTable";
import rows from "../../../../policies/residency-and-cost/shared/cost/prices.json";

const table: readonly PriceRow[] = rows;
const keyOf = ({ region, service, item }: PriceRow): string => `${region} | ${service} | ${item}`;

/** Tiers from 0 without gaps, with whole bounds so that units can be counted one by one. */
const tiers = fc
    .array(fc.record({ size: fc.integer({ min: 1, max: 40 }), cents: fc.integer({ min: 0, max: 500 }) }), {
        minLength: 1,
        maxLength: 6,
    })
    .map((parts) => {
        let from = 0;
        return parts.map(({ size, cents }, index): Tier => {
            const tier = {
                from,
                to: index === parts.length - 1 ? Infinity : from + size,
                price: cents / 100,
            };
            from += size;
            return tier;
        });
    });

describe("the table of prices", () => {
    it("says of each row where it is from and how old it is", () => {
        for (const row of table) {
            expect(row.sources, keyOf(row)).to.have.length.at.least(1);
            expect(row.date, keyOf(row)).to.match(/^(?:\d{4}(?:-\d{2}){0,2}|undated)$/);
            expect(row.price, keyOf(row)).to.be.at.least(0);
            expect(row.region, keyOf(row)).to.match(/^(?:global|[a-z]{2}-[a-z]+-\d)$/);
        }
    });

    it("has tiers that neither overlap nor leave a gap", () => {
        const byKey = new Map<string, PriceRow[]>();
        for (const row of table) {
            byKey.set(keyOf(row), [...(byKey.get(keyOf(row)) ?? []), row]);
        }
        for (const [key, parts] of byKey) {
            const sorted = [...parts].sort((a, b) => (a.from ?? 0) - (b.from ?? 0));
            sorted.slice(1).forEach(({ from }, index) => {
                expect(from, key).to.equal(sorted[index]?.to);
            });
        }
    });

    it("counts an item in the same unit in every region", () => {
        const units = new Map<string, Set<string>>();
        for (const { service, item, unit } of table) {
            const key = `${service} ${item}`;
            units.set(key, (units.get(key) ?? new Set()).add(unit));
        }
        expect([...units].filter(([, found]) => found.size > 1)).to.deep.equal([]);
    });

    it("has what AWS gives for nothing beside the tiers, not in them", () => {
        const internet = PRICES.find("AWSDataTransfer", "out to internet", "us-east-1");
        expect(internet?.free).to.equal(100);
        expect(internet?.tiers[0]).to.deep.equal({ from: 0, to: 10_240, price: 0.09 });
        const alarm = PRICES.find("AmazonCloudWatch", "alarm standard", "eu-central-1");
        expect([alarm?.free, alarm?.tiers[0]?.from]).to.deep.equal([10, 0]);
    });

    it("takes a price that is the same everywhere where a region has none of its own", () => {
        expect(PRICES.find("AWSWAF", "web ACL", "sa-east-1")?.region).to.equal("global");
        expect(PRICES.find("AWSWAF", "web ACL", "eu-central-1")?.region).to.equal("eu-central-1");
        expect(PRICES.find("AmazonVPC", "NAT gateway", "sa-east-1")).to.equal(undefined);
    });

    it("refuses what is free up to a limit and has no price beyond it", () => {
        const row = { region: "r", service: "s", item: "i", unit: "GB", date: "2026", sources: ["x"] };
        expect(() => new PriceTable([{ ...row, price: 0, to: 5 }])).to.throw(/no price beyond it/);
    });

    it("knows how much a unit is", () => {
        expect(
            ["hour", "1M requests", "10k requests", "1k", "100k events", "GB-month"].map(unitSize),
        ).to.deep.equal([1, 1e6, 1e4, 1e3, 1e5, 1]);
    });

    it("says that a price is stale by the earliest day that its date may mean", () => {
        const before = staleBefore(new Date("2026-11-30T00:00:00Z"));
        expect(before).to.equal("2025-11-30");
        expect(["2025-11-30", "2025-12", "2026"].map((date) => isStale(date, before))).to.deep.equal([
            false,
            false,
            false,
        ]);
        expect(
            ["2025-11-29", "2025-11", "2025", "undated"].map((date) => isStale(date, before)),
        ).to.deep.equal([true, true, true, true]);
    });
});

describe("the arithmetic of tiers", () => {
    it("comes to what counting unit by unit comes to", () => {
        fc.assert(
            fc.property(tiers, fc.nat(150), fc.nat(150), (given, start, length) => {
                let counted = 0;
                for (let unit = start; unit < start + length; unit += 1) {
                    // Half open: the unit that begins where a tier ends is the next one's.
                    counted += given.find(({ from, to }) => unit >= from && unit < to)?.price ?? 0;
                }
                expect(costBetween(start, start + length, given)).to.be.closeTo(counted, 1e-6);
            }),
        );
    });

    it("adds up, however the units are parted", () => {
        fc.assert(
            fc.property(
                tiers,
                fc.double({ min: 0, max: 150, noNaN: true }),
                fc.double({ min: 0, max: 150, noNaN: true }),
                (given, one, other) => {
                    const parted = costBetween(0, one, given) + costBetween(one, one + other, given);
                    expect(parted).to.be.closeTo(costBetween(0, one + other, given), 1e-6);
                },
            ),
        );
    });

    it("never falls with what is used", () => {
        fc.assert(
            fc.property(tiers, fc.nat(200), fc.nat(200), (given, one, more) => {
                expect(costBetween(0, one + more, given)).to.be.at.least(costBetween(0, one, given) - 1e-9);
            }),
        );
    });

    it("counts a terabyte as 1,024 GB: the first of ten at the first tier, the next unit at the second", () => {
        const internet = PRICES.find("AWSDataTransfer", "out to internet", "us-east-1")?.tiers ?? [];
        expect(costBetween(0, 10_240, internet)).to.be.closeTo(921.6, 1e-9);
        expect(costBetween(10_240, 10_241, internet)).to.be.closeTo(0.085, 1e-9);
    });
});
