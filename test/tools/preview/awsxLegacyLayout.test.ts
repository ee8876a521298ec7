import { expect } from "chai";
import { layOut, type LayoutRequest } from "../../../tools/preview/awsx/layout";
import { type SubnetSpec, type SubnetType } from "../../../tools/preview/awsx/subnets";

const REQUEST: LayoutRequest = {
    vpcName: "net",
    cidrBlock: "10.0.0.0/16",
    zones: ["a", "b", "c"],
    strategy: "Legacy",
    specs: undefined,
    zoneMask: undefined,
    natStrategy: "None",
    natAllocationIds: [],
};

const KINDS: Readonly<Record<string, SubnetType>> = { P: "Private", U: "Public", I: "Isolated" };

/** Reads `I22 U21`: an isolated /22 and a public /21. Without a number the mask is left to awsx. */
function specs(text: string): SubnetSpec[] {
    return text.split(" ").map((word) => {
        const type = KINDS[word.charAt(0)] ?? "Unused";
        return word.length === 1 ? { type } : { type, cidrMask: Number(word.slice(1)) };
    });
}

function blocks(change: Partial<LayoutRequest>): string[] {
    return layOut({ ...REQUEST, ...change }).subnets.map(({ cidrBlock }) => cidrBlock);
}

// The blocks that awsx gives to one zone, as its own tests record them (pulumi/pulumi-awsx,
// awsx/ec2/knownWorkingSubnets.ts and subnetDistributorLegacy.test.ts): networks, specs, blocks.
const RECORDED = [
    ["10.0.0.0/18", "I22 U21", "10.0.0.0/21 10.0.8.0/22"],
    ["10.0.0.0/17", "U25 I27", "10.0.0.0/25 10.0.0.128/27"],
    ["10.0.0.0/16", "I22 P21 P18", "10.0.0.0/21 10.0.64.0/18 10.0.128.0/22"],
    ["10.0.0.0/16", "I25 I21 U19", "10.0.0.0/19 10.0.32.0/25 10.0.40.0/21"],
    ["10.0.0.0/16", "I20 U25 U18", "10.0.0.0/25 10.0.64.0/18 10.0.128.0/20"],
    ["10.0.0.0/19", "P25 P21 I25 U24 U21", "10.0.0.0/25 10.0.8.0/21 10.0.16.0/24 10.0.24.0/21 10.0.32.0/25"],
    ["10.0.0.0/19", "I25 I21 U26 U21", "10.0.0.0/26 10.0.8.0/21 10.0.16.0/25 10.0.24.0/21"],
    ["10.0.0.0/18", "P25 P19 P19 I25", "10.0.0.0/25 10.0.32.0/19 10.0.64.0/19 10.0.96.0/25"],
    ["10.0.0.0/20", "U23 I25 I24", "10.0.0.0/23 10.0.2.0/25 10.0.3.0/24"],
    ["10.0.0.0/17", "U27 P18 U19 I25", "10.0.0.0/18 10.0.64.0/27 10.0.96.0/19 10.0.128.0/25"],
    ["10.0.0.0/17", "P24 I27 U26 P23", "10.0.0.0/24 10.0.2.0/23 10.0.4.0/26 10.0.4.64/27"],
    // Bits of the host stay set where a wider block follows a narrow one.
    ["10.0.0.0/17", "P25 U27 U24", "10.0.0.0/25 10.0.0.128/27 10.0.1.128/24"],
    ["10.0.0.0/16", "P U I", "10.0.0.0/19 10.0.32.0/20 10.0.48.0/24"],
    ["10.0.0.0/19", "P U I", "10.0.0.0/20 10.0.16.0/20 10.0.32.0/24"],
    ["10.0.0.0/24", "U", "10.0.0.0/24"],
] as const;

describe("the subnets of awsx.ec2.Vpc under the strategy Legacy", () => {
    for (const [cidrBlock, given, expected] of RECORDED) {
        it(`are awsx's own in ${cidrBlock} for ${given}`, () => {
            expect(blocks({ cidrBlock, zones: ["a"], specs: specs(given) }).join(" ")).to.equal(expected);
        });
    }

    it("are awsx's own in three zones without any spec", () => {
        const { subnets } = layOut({ ...REQUEST, natStrategy: "OnePerAz" });
        expect(subnets.map(({ name, zone, cidrBlock }) => [name, zone, cidrBlock].join(" "))).to.deep.equal([
            "net-private-1 a 10.0.0.0/19",
            "net-private-2 b 10.0.64.0/19",
            "net-private-3 c 10.0.128.0/19",
            "net-public-1 a 10.0.32.0/20",
            "net-public-2 b 10.0.96.0/20",
            "net-public-3 c 10.0.160.0/20",
        ]);
    });

    it("are awsx's own in three zones with names and masks", () => {
        const { subnets } = layOut({
            ...REQUEST,
            specs: [
                { type: "Public", cidrMask: 19, name: "foo" },
                { type: "Isolated", cidrMask: 20, name: "bar" },
            ],
        });
        expect(subnets.map(({ name, cidrBlock }) => `${name} ${cidrBlock}`)).to.deep.equal([
            "net-foo-1 10.0.0.0/19",
            "net-bar-1 10.0.32.0/20",
            "net-foo-2 10.0.64.0/19",
            "net-bar-2 10.0.96.0/20",
            "net-foo-3 10.0.128.0/19",
            "net-bar-3 10.0.160.0/20",
        ]);
    });

    it("take the zone's mask that is given", () => {
        expect(blocks({ zones: ["a"], specs: specs("U"), zoneMask: 21 })).to.deep.equal(["10.0.0.0/21"]);
    });

    it("are laid out so where Exact has no specs to hold to, and then leave gaps", () => {
        expect(() => layOut({ ...REQUEST, strategy: "Exact" })).to.throw(
            "There are gaps in the subnet ranges",
        );
    });

    it("can be written as specs of the strategy Auto", () => {
        const given = { ...REQUEST, zones: ["a"], specs: specs("P24 I27 U26 P23") };
        const { resolved, subnets } = layOut(given);
        expect(resolved).to.deep.equal([
            { type: "Private", cidrMask: 24 },
            { type: "Unused", cidrMask: 24 },
            { type: "Private", cidrMask: 23 },
            { type: "Public", cidrMask: 26 },
            { type: "Isolated", cidrMask: 27 },
        ]);
        const auto = layOut({ ...given, strategy: "Auto", specs: resolved as unknown as SubnetSpec[] });
        const used = auto.subnets.filter(({ type }) => type !== "Unused").map(({ cidrBlock }) => cidrBlock);
        expect(used).to.deep.equal(subnets.map(({ cidrBlock }) => cidrBlock));
    });

    it("are refused where they overlap or do not fit", () => {
        expect(() => blocks({ cidrBlock: "10.0.0.0/30", specs: undefined })).to.throw(
            "Requested 1 new bits, but only 0 are available.",
        );
    });
});
