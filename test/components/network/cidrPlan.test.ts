import { expect } from "chai";
import fc from "fast-check";

import {
    blocksOverlap,
    blockSize,
    type CidrBlock,
    containsBlock,
    formatCidr,
    isPrivateBlock,
    networkOf,
    parseCidr,
} from "../../../components/shared/cidrBlock";
import {
    tierCidrBlock,
    tierCidrBlocks,
    TIER_SLOTS,
    VPC_PREFIX_MAX,
    VPC_PREFIX_MIN,
    ZONES_PER_TIER,
} from "../../../components/network/cidrPlan";

const anyBlock = fc
    .record({ base: fc.integer({ min: 0, max: 2 ** 32 - 1 }), prefix: fc.integer({ min: 0, max: 32 }) })
    .map(networkOf);

const anyVpc = fc
    .record({
        base: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        prefix: fc.integer({ min: VPC_PREFIX_MIN, max: VPC_PREFIX_MAX }),
    })
    .map((block) => formatCidr(networkOf(block)));

const anyZoneCount = fc.integer({ min: 2, max: ZONES_PER_TIER });

function read(text: string): CidrBlock {
    const block = parseCidr(text);
    if (block === undefined) {
        throw new Error(`${text} is no block`);
    }
    return block;
}

function wholePlan(vpc: string, zones: number): string[] {
    return Array.from({ length: TIER_SLOTS }, (_, slot) => tierCidrBlocks(vpc, slot, zones)).flat();
}

describe("the CIDR plan", () => {
    it("has a block for the whole of a tier, which holds its subnets in all zones and no other tier's", () => {
        expect(tierCidrBlock("10.10.0.0/16", 3)).to.equal("10.10.96.0/19");
        fc.assert(
            fc.property(anyVpc, anyZoneCount, (vpc, zones) => {
                for (let slot = 0; slot < TIER_SLOTS; slot++) {
                    const whole = read(tierCidrBlock(vpc, slot));
                    for (let other = 0; other < TIER_SLOTS; other++) {
                        for (const subnet of tierCidrBlocks(vpc, other, zones)) {
                            expect(containsBlock(whole, read(subnet))).to.equal(other === slot);
                        }
                    }
                }
            }),
            { numRuns: 30 },
        );
    });

    it("cuts a /16 into /21 subnets, tier by tier and zone by zone", () => {
        expect(tierCidrBlocks("10.20.0.0/16", 0, 3)).to.deep.equal([
            "10.20.0.0/21",
            "10.20.8.0/21",
            "10.20.16.0/21",
        ]);
        expect(tierCidrBlocks("10.20.0.0/16", 1, 2)).to.deep.equal(["10.20.32.0/21", "10.20.40.0/21"]);
        expect(tierCidrBlocks("10.20.0.0/16", 7, 4)).to.deep.equal([
            "10.20.224.0/21",
            "10.20.232.0/21",
            "10.20.240.0/21",
            "10.20.248.0/21",
        ]);
    });

    it("cuts a /20 into /25 subnets", () => {
        expect(tierCidrBlocks("192.168.240.0/20", 0, 2)).to.deep.equal([
            "192.168.240.0/25",
            "192.168.240.128/25",
        ]);
        expect(tierCidrBlocks("192.168.240.0/20", 3, 2)).to.deep.equal([
            "192.168.246.0/25",
            "192.168.246.128/25",
        ]);
    });

    it("puts every subnet inside the VPC", () => {
        fc.assert(
            fc.property(anyVpc, anyZoneCount, (vpc, zones) => {
                for (const subnet of wholePlan(vpc, zones)) {
                    expect(containsBlock(read(vpc), read(subnet)), `${subnet} in ${vpc}`).to.be.true;
                }
            }),
        );
    });

    it("lets no two subnets overlap", () => {
        fc.assert(
            fc.property(anyVpc, anyZoneCount, (vpc, zones) => {
                const subnets = wholePlan(vpc, zones).map(read);
                subnets.forEach((one, index) => {
                    for (const other of subnets.slice(index + 1)) {
                        expect(blocksOverlap(one, other), `${formatCidr(one)} and ${formatCidr(other)}`).to.be
                            .false;
                    }
                });
            }),
        );
    });

    it("writes every subnet with its host bits zero", () => {
        fc.assert(
            fc.property(anyVpc, anyZoneCount, (vpc, zones) => {
                for (const subnet of wholePlan(vpc, zones)) {
                    expect(formatCidr(networkOf(read(subnet)))).to.equal(subnet);
                }
            }),
        );
    });

    it("gives every subnet room for a balancer and stays within what AWS takes", () => {
        fc.assert(
            fc.property(anyVpc, anyZoneCount, (vpc, zones) => {
                for (const subnet of wholePlan(vpc, zones).map(read)) {
                    // AWS takes subnets from /16 to /28, keeps 5 addresses, and a balancer wants 8 free.
                    expect(subnet.prefix).to.be.within(16, 27);
                    expect(blockSize(subnet) - 5).to.be.greaterThan(8);
                }
            }),
        );
    });

    it("changes no block when a zone is added", () => {
        fc.assert(
            fc.property(
                anyVpc,
                fc.integer({ min: 0, max: TIER_SLOTS - 1 }),
                fc.integer({ min: 2, max: ZONES_PER_TIER - 1 }),
                (vpc, slot, zones) => {
                    const before = tierCidrBlocks(vpc, slot, zones);
                    const after = tierCidrBlocks(vpc, slot, zones + 1);
                    expect(after.slice(0, zones)).to.deep.equal(before);
                    expect(after).to.have.length(zones + 1);
                },
            ),
        );
    });

    it("uses the whole VPC at most, with all slots and zones taken", () => {
        fc.assert(
            fc.property(anyVpc, (vpc) => {
                const used = wholePlan(vpc, ZONES_PER_TIER).reduce(
                    (sum, subnet) => sum + blockSize(read(subnet)),
                    0,
                );
                expect(used).to.equal(blockSize(read(vpc)));
            }),
        );
    });

    for (const slot of [-1, TIER_SLOTS, 0.5]) {
        it(`refuses slot ${slot}`, () => {
            expect(() => tierCidrBlocks("10.0.0.0/16", slot, 2)).to.throw(
                RangeError,
                `slot is ${slot}; allowed: an integer from 0 to 7`,
            );
        });
    }

    for (const zones of [0, ZONES_PER_TIER + 1]) {
        it(`refuses ${zones} zones`, () => {
            expect(() => tierCidrBlocks("10.0.0.0/16", 0, zones)).to.throw(
                RangeError,
                `zones is ${zones}; allowed: an integer from 1 to 4`,
            );
        });
    }

    it("refuses what is no block", () => {
        expect(() => tierCidrBlocks("10.0.0.0", 0, 2)).to.throw(
            RangeError,
            '"10.0.0.0" is no IPv4 block; allowed: four numbers and a prefix, such as 10.20.0.0/16',
        );
    });
});

describe("IPv4 blocks", () => {
    it("are read as they are written", () => {
        fc.assert(
            fc.property(anyBlock, (block) => {
                expect(parseCidr(formatCidr(block))).to.deep.equal(block);
            }),
        );
    });

    for (const text of [
        "",
        "10.0.0.0",
        "10.0.0/16",
        "10.0.0.0/33",
        "10.0.0.0/",
        "256.0.0.0/8",
        "10.0.0.0.0/8",
        "010.0.0.0/8",
        "10.0.0.0/08",
        "10.0.0.0/8 ",
        "ten.0.0.0/8",
        "::/0",
    ]) {
        it(`are not "${text}"`, () => {
            expect(parseCidr(text)).to.equal(undefined);
        });
    }

    it("overlap exactly when they share an address", () => {
        fc.assert(
            fc.property(anyBlock, anyBlock, (one, other) => {
                const shared =
                    Math.max(one.base, other.base) <
                    Math.min(one.base + blockSize(one), other.base + blockSize(other));
                expect(blocksOverlap(one, other)).to.equal(shared);
                expect(blocksOverlap(other, one)).to.equal(shared);
            }),
        );
    });

    it("contain themselves and their halves, and are in neither", () => {
        fc.assert(
            fc.property(
                anyBlock.filter((block) => block.prefix < 32),
                (block) => {
                    const half = { base: block.base, prefix: block.prefix + 1 };
                    expect(containsBlock(block, block)).to.be.true;
                    expect(containsBlock(block, half)).to.be.true;
                    expect(containsBlock(half, block)).to.be.false;
                },
            ),
        );
    });

    for (const [text, expected] of [
        ["10.0.0.0/8", true],
        ["10.255.0.0/16", true],
        ["9.255.0.0/16", false],
        ["11.0.0.0/16", false],
        ["172.15.0.0/16", false],
        ["172.16.0.0/16", true],
        ["172.31.0.0/16", true],
        ["172.32.0.0/16", false],
        ["192.167.0.0/16", false],
        ["192.168.0.0/16", true],
        ["192.169.0.0/16", false],
        ["192.0.0.0/8", false],
        ["100.64.0.0/16", false],
    ] as const) {
        it(`${expected ? "are" : "are not"} private when they are ${text}`, () => {
            expect(isPrivateBlock(read(text))).to.equal(expected);
        });
    }
});
