import { expect } from "chai";
import fc from "fast-check";
import { blocksOverlap } from "../../../components/shared/cidrBlock";
import { inOrderOfCreation, layOut, type LayoutRequest } from "../../../tools/preview/awsx/layout";
import { ipv6Subnet, readBlock } from "../../../tools/preview/awsx/netmask";
import { type SubnetSpec } from "../../../tools/preview/awsx/subnets";

const REQUEST: LayoutRequest = {
    vpcName: "net",
    cidrBlock: "10.0.0.0/16",
    zones: ["a", "b"],
    strategy: "Auto",
    specs: [
        { type: "Private", cidrMask: 19 },
        { type: "Public", cidrMask: 20, name: "edge" },
    ],
    zoneMask: undefined,
    natStrategy: "OnePerAz",
    natAllocationIds: [],
};

function blocks(change: Partial<LayoutRequest>): string[] {
    return layOut({ ...REQUEST, ...change }).subnets.map((subnet) => `${subnet.name} ${subnet.cidrBlock}`);
}

function refusal(change: Partial<LayoutRequest>): string {
    try {
        layOut({ ...REQUEST, ...change });
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    return "";
}

const ISOLATED: Partial<LayoutRequest> = { natStrategy: "None" };

describe("the subnets of awsx.ec2.Vpc", () => {
    it("divide the network evenly between the zones", () => {
        expect(blocks({})).to.deep.equal([
            "net-private-1 10.0.0.0/19",
            "net-edge-1 10.0.32.0/20",
            "net-private-2 10.0.128.0/19",
            "net-edge-2 10.0.160.0/20",
        ]);
    });

    it("leave room where a bigger one follows a smaller one", () => {
        const specs: SubnetSpec[] = [
            { type: "Public", cidrMask: 24 },
            { type: "Private", cidrMask: 20 },
        ];
        expect(blocks({ specs, zones: ["a"] })).to.deep.equal([
            "net-public-1 10.0.0.0/24",
            "net-private-1 10.0.16.0/20",
        ]);
    });

    it("share a zone evenly where they have no size, and keep a zone's size where it is given", () => {
        const specs: SubnetSpec[] = [{ type: "Public" }, { type: "Private" }, { type: "Isolated" }];
        expect(blocks({ specs, zoneMask: 18 })).to.deep.equal([
            "net-public-1 10.0.0.0/20",
            "net-private-1 10.0.16.0/20",
            "net-isolated-1 10.0.32.0/20",
            "net-public-2 10.0.64.0/20",
            "net-private-2 10.0.80.0/20",
            "net-isolated-2 10.0.96.0/20",
        ]);
    });

    it("are private and public where nothing is said", () => {
        expect(blocks({ specs: undefined, zones: ["a"] })).to.deep.equal([
            "net-private-1 10.0.0.0/17",
            "net-public-1 10.0.128.0/18",
        ]);
        expect(refusal({ specs: undefined, cidrBlock: "10.0.0.0/27" })).to.match(
            /at least \/26 available per AZ/,
        );
    });

    it("lie where explicit blocks say", () => {
        const specs: SubnetSpec[] = [{ type: "Isolated", cidrBlocks: ["10.0.9.0/24", "10.0.3.0/24"] }];
        expect(blocks({ specs, ...ISOLATED })).to.deep.equal([
            "net-isolated-1 10.0.9.0/24",
            "net-isolated-2 10.0.3.0/24",
        ]);
    });

    it("never overlap, and lie in the network", () => {
        const spec = fc.record({
            type: fc.constantFrom("Public", "Private", "Isolated"),
            cidrMask: fc.integer({ min: 19, max: 26 }),
        });
        fc.assert(
            fc.property(
                fc.array(spec, { minLength: 1, maxLength: 6 }),
                fc.integer({ min: 1, max: 4 }),
                (given, count) => {
                    const specs = given.map((each, index) => ({ ...each, name: `s${index}` }));
                    const zones = Array.from({ length: count }, (_, index) => `z${index}`);
                    let subnets;
                    try {
                        ({ subnets } = layOut({ ...REQUEST, ...ISOLATED, specs, zones }));
                    } catch (error) {
                        // Space runs out, or is too much for a zone: said, not overlapped.
                        return /too large for VPC|overlap with at least one other/.test(String(error));
                    }
                    const masks = subnets.map((subnet) => readBlock(subnet.cidrBlock));
                    return masks.every((mask, index) =>
                        masks.every((other, at) => at === index || !blocksOverlap(mask, other)),
                    );
                },
            ),
        );
    });

    it("come public first within a zone, and unused ones not at all", () => {
        const specs: SubnetSpec[] = [
            { type: "Isolated", cidrMask: 24 },
            { type: "Unused", cidrMask: 24 },
            { type: "Private", cidrMask: 24, name: "web" },
            { type: "Private", cidrMask: 24, name: "api" },
            { type: "Public", cidrMask: 24 },
        ];
        const { subnets } = layOut({ ...REQUEST, specs, zones: ["a"] });
        expect(inOrderOfCreation(subnets).map((subnet) => subnet.name)).to.deep.equal([
            "net-public-1",
            "net-web-1",
            "net-api-1",
            "net-isolated-1",
        ]);
    });

    describe("are refused", () => {
        const refused: Record<string, [Partial<LayoutRequest>, RegExp]> = {
            "where they are too big": [
                {
                    specs: [
                        { type: "Public", cidrMask: 17 },
                        { type: "Private", cidrMask: 24 },
                    ],
                },
                /^Subnets are too large for VPC. VPC has 32768 addresses, but subnets require 33024 addresses.$/,
            ],
            "where they overlap": [
                { ...ISOLATED, specs: [{ type: "Isolated", cidrBlocks: ["10.0.0.0/20", "10.0.1.0/24"] }] },
                /^The following subnets overlap .*1\. net-isolated-1: 10\.0\.0\.0\/20\n2\. net-isolated-2: 10\.0\.1\.0\/24\n$/s,
            ],
            "where only some have blocks": [
                {
                    specs: [
                        { type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
                        { type: "Private" },
                    ],
                },
                /If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks\.$/,
            ],
            "where blocks and zones differ in number": [
                { specs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }] },
                /The number of CIDR blocks in subnetSpecs\[0\] must match the number of availability zones \(2\)\.$/,
            ],
            "where a mask contradicts the blocks": [
                { specs: [{ type: "Public", cidrMask: 25, cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] }] },
                /The cidrMask in subnetSpecs\[0\] must match all cidrBlocks/,
            ],
            "where a size contradicts the blocks": [
                { specs: [{ type: "Public", size: 128, cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] }] },
                /The size in subnetSpecs\[0\] must match all cidrBlocks/,
            ],
            "where a size contradicts the mask": [
                { specs: [{ type: "Public", size: 128, cidrMask: 24 }] },
                /Subnet size 128 does not match the expected size for a \/24 subnet \(256\)\.$/,
            ],
            "where a size is no power of two": [
                { specs: [{ type: "Public", size: 100 }] },
                /subnet sizes are invalid: 100/,
            ],
            "where a NAT gateway has nobody to serve": [
                { specs: [{ type: "Public" }] },
                /both private and public subnets must be declared/,
            ],
            "where addresses do not match the gateways": [
                { natAllocationIds: ["a"] },
                /must match the number of availability zones/,
            ],
            "where one gateway has two addresses": [
                { natStrategy: "Single", natAllocationIds: ["a", "b"] },
                /^Exactly one Elastic IP may be specified/,
            ],
            "where no gateway has an address": [
                { natStrategy: "None", natAllocationIds: ["a"] },
                /^Elastic IP allocation IDs cannot be specified/,
            ],
            "where the gateways' strategy is none": [
                { natStrategy: "Some" },
                /^Unknown NatGatewayStrategy 'Some'$/,
            ],
            "where the strategy is none of awsx's": [
                { strategy: "Even" },
                /^subnetStrategy is "Even"; allowed: Auto, Exact, Legacy$/,
            ],
            "where there are none": [{ specs: [] }, /^No subnets specified$/],
            "where a block is none": [{ cidrBlock: "10.0.0/16" }, /^Invalid net address: 10\.0\.0\/16$/],
        };
        for (const [name, [change, pattern]] of Object.entries(refused)) {
            it(name, () => {
                expect(refusal(change)).to.match(pattern);
            });
        }

        it("where they leave gaps and the strategy is Exact", () => {
            const exact: Partial<LayoutRequest> = {
                ...ISOLATED,
                strategy: "Exact",
                zones: ["a"],
                cidrBlock: "10.0.0.0/24",
            };
            const isolated = (name: string, block: string): SubnetSpec => ({
                type: "Isolated",
                name,
                cidrBlocks: [block],
            });
            expect(
                refusal({ ...exact, specs: [isolated("x", "10.0.0.0/25"), isolated("y", "10.0.0.128/25")] }),
            ).to.equal("");
            expect(
                refusal({ ...exact, specs: [isolated("x", "10.0.0.64/26"), isolated("y", "10.0.0.192/26")] }),
            ).to.equal(
                "There are gaps in the subnet ranges. Please fix the following gaps: " +
                    "net-x-1 (10.0.0.64/26) does not start at the beginning of the VPC (10.0.0.0/24), " +
                    "net-x-1 (10.0.0.64/26) <=> net-y-1 (10.0.0.192/26)",
            );
            expect(refusal({ ...exact, specs: [isolated("x", "10.0.0.0/25")] })).to.equal(
                "There are gaps in the subnet ranges. Please fix the following gaps: " +
                    "net-x-1 (ending 10.0.0.127) ends before VPC ends (at 10.0.0.255)",
            );
            expect(refusal({ ...exact, strategy: "Auto", specs: [isolated("x", "10.0.0.0/25")] })).to.equal(
                "",
            );
        });
    });
});

describe("IPv6 subnets", () => {
    it("are numbered within the network's block", () => {
        expect(ipv6Subnet("2600:1f16:abc:de00::/56", 0)).to.equal("2600:1f16:abc:de00::/64");
        expect(ipv6Subnet("2600:1f16:abc:de00::/56", 255)).to.equal("2600:1f16:abc:deff::/64");
    });
});
