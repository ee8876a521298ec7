import { expect } from "chai";
import fc from "fast-check";

import { TIER_SLOTS, ZONES_PER_TIER } from "../../../../components/network/cidrPlan";
import { parseIpv6Cidr, subnetIpv6Block } from "../../../../components/network/vpc3Tier/ipv6Plan";

const anySlot = fc.integer({ min: 0, max: TIER_SLOTS - 1 });
const anyZone = fc.integer({ min: 0, max: ZONES_PER_TIER - 1 });
const anyGroup = fc.integer({ min: 0, max: 0xffff });
const anyVpc = fc
    .tuple(anyGroup, anyGroup, anyGroup, fc.integer({ min: 0, max: 0xff }))
    .map(([a, b, c, d]) => `${[a, b, c, d * 256].map((group) => group.toString(16)).join(":")}::/56`);

describe("the IPv6 plan", () => {
    it("numbers a subnet by its slot and zone", () => {
        expect(subnetIpv6Block("2600:1f16:abc:de00::/56", 1, 0)).to.equal("2600:1f16:abc:de04::/64");
        expect(subnetIpv6Block("2600:1f16:abc:de00::/56", 2, 1)).to.equal("2600:1f16:abc:de09::/64");
        expect(subnetIpv6Block("2600:1f16:abc:de00::/56", 7, 3)).to.equal("2600:1f16:abc:de1f::/64");
    });

    it("takes any /64 of the VPC for the VPC", () => {
        expect(subnetIpv6Block("2600:1f16:abc:deff::/64", 1, 0)).to.equal("2600:1f16:abc:de04::/64");
    });

    it("writes blocks the way that AWS does, without zeros at the end", () => {
        expect(subnetIpv6Block("2600:1f16::/56", 0, 0)).to.equal("2600:1f16::/64");
        expect(subnetIpv6Block("2600:1f16:0:0::/56", 0, 1)).to.equal("2600:1f16:0:1::/64");
    });

    it("gives every place a block of its own, inside the VPC", () => {
        fc.assert(
            fc.property(anyVpc, (vpc) => {
                const blocks = new Set<string>();
                for (let slot = 0; slot < TIER_SLOTS; slot++) {
                    for (let zone = 0; zone < ZONES_PER_TIER; zone++) {
                        blocks.add(subnetIpv6Block(vpc, slot, zone));
                    }
                }
                expect(blocks.size).to.equal(TIER_SLOTS * ZONES_PER_TIER);
                const inside = parseIpv6Cidr(vpc)?.groups ?? [];
                for (const block of blocks) {
                    const groups = parseIpv6Cidr(block)?.groups ?? [];
                    expect(groups.slice(0, 3)).to.deep.equal(inside.slice(0, 3));
                    expect((groups[3] ?? 0) >>> 8).to.equal((inside[3] ?? 0) >>> 8);
                }
            }),
        );
    });

    it("gives the same block whichever /64 of the VPC it starts from", () => {
        fc.assert(
            fc.property(
                anyVpc,
                anySlot,
                anyZone,
                anySlot,
                anyZone,
                (vpc, slot, zone, otherSlot, otherZone) => {
                    const other = subnetIpv6Block(vpc, otherSlot, otherZone);
                    expect(subnetIpv6Block(other, slot, zone)).to.equal(subnetIpv6Block(vpc, slot, zone));
                },
            ),
        );
    });

    it("refuses what is no block of a VPC", () => {
        for (const text of ["2600:1f16::/48", "10.0.0.0/16", "2600:1f16:abc:de01::/56"]) {
            expect(() => subnetIpv6Block(text, 0, 0)).to.throw(
                RangeError,
                `"${text}" is no IPv6 block of a VPC; allowed: a /56 or one of its /64`,
            );
        }
    });

    it("refuses places outside the plan", () => {
        expect(() => subnetIpv6Block("2600:1f16::/56", TIER_SLOTS, 0)).to.throw(
            RangeError,
            "slot 8 and zone 0 are outside the plan",
        );
        expect(() => subnetIpv6Block("2600:1f16::/56", -1, 0)).to.throw(RangeError, "slot -1 and zone 0");
    });
});

describe("IPv6 blocks", () => {
    for (const text of [
        "::/0",
        "2600:1f16::/32",
        "2600::1:0/112",
        "1:2:3:4:5:6:7:8/128",
        "2600:1F16::/32",
        "::1/128",
    ]) {
        it(`are ${text}`, () => {
            expect(parseIpv6Cidr(text)).to.not.equal(undefined);
        });
    }

    for (const text of [
        "",
        "::",
        "::/129",
        "::/x",
        "2600::1::/64",
        "2600:1f16::1/64",
        "1:2:3:4:5:6:7/128",
        "1:2:3:4:5:6:7:8:9/128",
        "1:2:3:4:5:6:7::8/128",
        "12345::/32",
        ":1:2:3:4:5:6:7/128",
        "10.0.0.0/8",
    ]) {
        it(`are not "${text}"`, () => {
            expect(parseIpv6Cidr(text)).to.equal(undefined);
        });
    }
});
