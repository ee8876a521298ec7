import { expect } from "chai";
import fc from "fast-check";
import { Reach, waysIn } from "../../../../tools/preview/analysis/reach";
import { type AnalyzedResource } from "../../../../tools/preview/analysis/resource";
import { resource } from "../../../support/preview/resources";

const NETWORK = [
    resource("aws:ec2/vpc:Vpc", "vpc-1", { cidrBlock: "10.0.0.0/16" }),
    ...[1, 2, 3].map((index) =>
        resource("aws:ec2/subnet:Subnet", `subnet-${index}`, {
            vpcId: "vpc-1",
            cidrBlock: `10.0.${index}.0/24`,
        }),
    ),
];
const open = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const tcp = (port: number, peer: object) => ({ protocol: "tcp", fromPort: port, toPort: port, ...peer });

function group(
    name: string,
    ingress: object[],
    egress: object[] = [open],
    vpcId = "vpc-1",
): AnalyzedResource {
    return resource("aws:ec2/securityGroup:SecurityGroup", name, { vpcId, ingress, egress });
}

function worn(name: string, subnet: number): AnalyzedResource {
    return resource("aws:ec2/networkInterface:NetworkInterface", `${name}-card`, {
        subnetId: `subnet-${subnet}`,
        securityGroups: [name],
    });
}

const ways = (...resources: readonly AnalyzedResource[]): string[] =>
    waysIn([...NETWORK, ...resources]).map(({ from, to, port }) => `${from} → ${to} ${port}`);

/** What most programs write: everything out, and in what comes from a group or from the network's own block. */
describe("who reaches whom by addresses", () => {
    it("is let out by the whole world's block, and in by a group", () => {
        const front = group("front", []);
        const back = group("back", [tcp(8080, { securityGroups: ["front"] })]);
        expect(ways(front, back, worn("front", 1), worn("back", 2))).to.deep.equal(["front → back 8080"]);
    });

    it("is let in by the network's block, or by that of the subnet that it is in", () => {
        const groups = [
            group("front", []),
            group("other", []),
            group("back", [tcp(8080, { cidrBlocks: ["10.0.0.0/16"] })], []),
            group("store", [tcp(5432, { cidrBlocks: ["10.0.2.0/24"] })], []),
        ];
        const cards = [worn("front", 1), worn("other", 2), worn("back", 2), worn("store", 3)];
        expect(ways(...groups, ...cards).filter((way) => !way.startsWith("10."))).to.deep.equal([
            "front → back 8080",
            "other → back 8080",
            "other → store 5432",
        ]);
    });

    it("stays in its network, whatever the blocks say", () => {
        const abroad = group("abroad", [tcp(8080, { cidrBlocks: ["0.0.0.0/0"] })], [], "vpc-2");
        expect(ways(group("front", []), abroad, worn("front", 1), worn("abroad", 2))).to.deep.equal([]);
    });

    it("comes from the internet by a route that stands in its table, and by the network's main one", () => {
        const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }];
        const front = group("front", [tcp(443, { cidrBlocks: ["0.0.0.0/0"] })], []);
        const table = resource("aws:ec2/routeTable:RouteTable", "rtb-1", { vpcId: "vpc-1", routes });
        const association = resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", {
            subnetId: "subnet-1",
            routeTableId: "rtb-1",
        });
        const main = resource("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "m", {
            vpcId: "vpc-1",
            routeTableId: "rtb-1",
        });
        expect(ways(front, worn("front", 1), table)).to.deep.equal([]);
        expect(ways(front, worn("front", 1), table, association)).to.deep.equal(["internet → front 443"]);
        expect(ways(front, worn("front", 1), table, main)).to.deep.equal(["internet → front 443"]);
    });

    it("comes from the internet into a network that is not made here, such as the account's default one", () => {
        const site = resource("aws:ec2/securityGroup:SecurityGroup", "site", {
            ingress: [tcp(80, { cidrBlocks: ["0.0.0.0/0"] })],
            egress: [],
        });
        const instance = resource("aws:ec2/instance:Instance", "server", { vpcSecurityGroupIds: ["site"] });
        expect(ways(site, instance)).to.deep.equal(["internet → site 80"]);
    });

    it("is of each that wears a group by where it is, not by where another one is", () => {
        const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }];
        const shared = group("shared", [
            tcp(80, { cidrBlocks: ["0.0.0.0/0"] }),
            tcp(5432, { cidrBlocks: ["10.0.1.0/24"] }),
        ]);
        const [balancer, service] = [1, 2].map((subnet) =>
            resource("aws:ec2/networkInterface:NetworkInterface", `card-${subnet}`, {
                subnetId: `subnet-${subnet}`,
                securityGroups: ["shared"],
            }),
        );
        const reach = new Reach([
            ...NETWORK,
            shared,
            resource("aws:ec2/routeTable:RouteTable", "rtb-1", { vpcId: "vpc-1", routes }),
            resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", {
                subnetId: "subnet-1",
                routeTableId: "rtb-1",
            }),
            ...[balancer, service].flatMap((each) => each ?? []),
        ]);
        const between = (from: AnalyzedResource | undefined, to: AnalyzedResource | undefined): string[] =>
            reach.ways
                .filter(
                    (way) =>
                        (way.from.group === undefined) === (from === undefined) &&
                        (way.to.group === undefined) === (to === undefined) &&
                        way.from.other !== "10.0.1.0/24" &&
                        reach.isBetween(way, from, to),
                )
                .map(({ port }) => port);
        expect(between(undefined, balancer)).to.deep.equal(["80"]);
        expect(between(undefined, service)).to.deep.equal([]);
        expect(between(balancer, service)).to.deep.equal(["5432"]);
        expect(between(service, balancer)).to.deep.equal([]);
        expect(between(service, undefined)).to.deep.equal([]);
    });

    // Another computation of the same: packet by packet, from one address to another one.
    it("is what a packet from each to each would find, whatever the rules are", () => {
        const NAMES = ["a", "b", "c"];
        const PORTS = [80, 443, 5432];
        const peer = fc.oneof(
            fc.constantFrom(...NAMES).map((name) => ({ securityGroups: [name] })),
            fc
                .constantFrom("10.0.1.0/24", "10.0.2.0/24", "10.0.0.0/22", "10.0.0.0/16", "0.0.0.0/0")
                .map((block) => ({ cidrBlocks: [block] })),
            fc.constant({ self: true }),
        );
        const rule = fc.tuple(fc.constantFrom([80, 80], [443, 443], [0, 65_535], [400, 5432]), peer);
        const rules = fc.array(rule, { maxLength: 2 });
        const member = fc.record({ subnet: fc.constantFrom(1, 2, 3), ingress: rules, egress: rules });
        type Rules = readonly (readonly [readonly number[], object])[];
        const inBlock = (block: string, address: string): boolean => {
            const [base = "", bits = "0"] = block.split("/");
            const value = (text: string): bigint =>
                text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
            const shift = BigInt(32 - Number(bits));
            return value(base) >> shift === value(address) >> shift;
        };
        fc.assert(
            fc.property(fc.tuple(member, member, member), (members) => {
                const address = (index: number): string =>
                    `10.0.${members[index]?.subnet ?? 0}.${10 + index}`;
                const lets = (own: number, all: Rules, other: number, port: number): boolean =>
                    all.some(([[from = 0, to = 0], who]) => {
                        const {
                            securityGroups = [],
                            cidrBlocks = [],
                            self = false,
                        } = who as {
                            securityGroups?: string[];
                            cidrBlocks?: string[];
                            self?: boolean;
                        };
                        return (
                            from <= port &&
                            port <= to &&
                            (securityGroups.includes(NAMES[other] ?? "") ||
                                (self && own === other) ||
                                cidrBlocks.some((block) => inBlock(block, address(other))))
                        );
                    });
                const expected = members.flatMap(({ egress }, one) =>
                    members.flatMap(({ ingress }, other) =>
                        PORTS.filter(
                            (port) =>
                                one !== other &&
                                lets(one, egress, other, port) &&
                                lets(other, ingress, one, port),
                        ).map((port) => `${NAMES[one] ?? ""} → ${NAMES[other] ?? ""} ${port}`),
                    ),
                );
                const written = (all: Rules) =>
                    all.map(([[fromPort, toPort], who]) => ({ protocol: "tcp", fromPort, toPort, ...who }));
                const made = waysIn([
                    ...NETWORK,
                    ...members.flatMap(({ subnet, ingress, egress }, index) => [
                        group(NAMES[index] ?? "", written(ingress), written(egress)),
                        worn(NAMES[index] ?? "", subnet),
                    ]),
                ]);
                const found = made.flatMap(({ from, to, port }) => {
                    const [first = 0, last = first] =
                        port === "all" ? [0, 65_535] : port.split("-").map(Number);
                    return NAMES.includes(from) && NAMES.includes(to) && from !== to
                        ? PORTS.filter((each) => first <= each && each <= last).map(
                              (each) => `${from} → ${to} ${each}`,
                          )
                        : [];
                });
                expect([...new Set(found)].sort()).to.deep.equal(expected.sort());
            }),
            { numRuns: 300 },
        );
    });
});
