import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { NatGatewayStrategy, TierType, Vpc3Tier } from "../../../../components/network/vpc3Tier/vpc3Tier";
import {
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    testProvider,
} from "../../../support/preview";
import {
    EGRESS,
    ENDPOINT,
    idsOfRouteTables,
    idsOfSubnets,
    INGRESS,
    inputsByName,
    preview,
    ROUTE,
    SUBNET,
    ZONES,
} from "./networks";

describe("the network of Vpc3Tier", () => {
    let plain: ProgramPreview;

    before(async () => {
        plain = await preview();
    });

    it("is made of what awsx makes, under the names that awsx gives", () => {
        const subnets = ["edge", "web", "api", "data"].flatMap((tier) => [`${tier}-1`, `${tier}-2`]);
        const names = (type: string): string[] =>
            ofType(plain, type).map(({ name }) => name.replace(/^shop-vpc-network-?/, ""));
        for (const type of ["vpc:Vpc", "internetGateway:InternetGateway"]) {
            expect(names(`aws:ec2/${type}`)).to.deep.equal([""]);
        }
        for (const type of [
            "subnet:Subnet",
            "routeTable:RouteTable",
            "routeTableAssociation:RouteTableAssociation",
        ]) {
            expect(names(`aws:ec2/${type}`)).to.have.members(subnets);
        }
        for (const type of ["eip:Eip", "natGateway:NatGateway"]) {
            expect(names(`aws:ec2/${type}`)).to.have.members(["1", "2"]);
        }
        expect(names(ROUTE)).to.have.members(subnets.filter((subnet) => !subnet.startsWith("data")));
    });

    describe("subnets", () => {
        it("are where the plan has them", () => {
            expect(inputsByName(plain, SUBNET, "cidrBlock")).to.deep.equal({
                "edge-1": "10.20.0.0/21",
                "edge-2": "10.20.8.0/21",
                "web-1": "10.20.32.0/21",
                "web-2": "10.20.40.0/21",
                "api-1": "10.20.64.0/21",
                "api-2": "10.20.72.0/21",
                "data-1": "10.20.96.0/21",
                "data-2": "10.20.104.0/21",
            });
            expect(inputsByName(plain, SUBNET, "availabilityZone")).to.deep.include({
                "edge-1": "eu-central-1a",
                "data-1": "eu-central-1a",
                "web-2": "eu-central-1b",
                "api-2": "eu-central-1b",
            });
        });

        it("give no public address to what is started in them, the public ones either", () => {
            const maps = Object.values(inputsByName(plain, SUBNET, "mapPublicIpOnLaunch"));
            expect(maps).to.have.lengthOf(8);
            expect(new Set(maps)).to.deep.equal(new Set([false]));
        });

        it("carry their tier", () => {
            expect(inputsByName(plain, SUBNET, "tags.tier")).to.deep.include({
                "edge-1": "edge",
                "data-2": "data",
            });
        });

        it("are found again in the outputs, zone by zone", () => {
            for (const tier of ["edge", "web", "api", "data"]) {
                expect(plain.outputs[`${tier}SubnetIds`]).to.deep.equal(idsOfSubnets(plain, tier));
            }
        });

        it("keep their names and blocks when a zone is added", async () => {
            const three = await preview({ availabilityZones: [...ZONES, "eu-central-1c"] });
            for (const input of ["cidrBlock", "availabilityZone", "tags"]) {
                expect(inputsByName(three, SUBNET, input)).to.deep.include(
                    inputsByName(plain, SUBNET, input),
                );
            }
            expect(ofType(three, SUBNET)).to.have.length(12);
            expect(new Set(three.resources.map(({ urn }) => urn))).to.include.all.keys(
                plain.resources.map(({ urn }) => urn),
            );
            for (const tier of ["edge", "web", "api", "data"]) {
                expect(three.outputs[`${tier}SubnetIds`]).to.deep.equal(idsOfSubnets(three, tier, 3));
            }
        });

        it("keep their names and blocks when tiers of any type are added", async () => {
            const more = await preview({
                additionalTiers: [
                    { name: "cache", type: TierType.Isolated },
                    { name: "batch", type: TierType.Private },
                    { name: "bastion", type: TierType.Public },
                    { name: "spare", type: TierType.Isolated },
                ],
            });
            const blocks = inputsByName(more, SUBNET, "cidrBlock");
            expect(blocks).to.deep.include(inputsByName(plain, SUBNET, "cidrBlock"));
            expect(blocks).to.deep.include({
                "cache-1": "10.20.128.0/21",
                "batch-2": "10.20.168.0/21",
                "bastion-1": "10.20.192.0/21",
                "spare-2": "10.20.232.0/21",
            });
            for (const tier of ["edge", "web", "api", "data"]) {
                expect(more.outputs[`${tier}SubnetIds`]).to.deep.equal(idsOfSubnets(more, tier));
            }
            expect(more.outputs["additionalSubnetIds"]).to.deep.equal({
                cache: idsOfSubnets(more, "cache"),
                batch: idsOfSubnets(more, "batch"),
                bastion: idsOfSubnets(more, "bastion"),
                spare: idsOfSubnets(more, "spare"),
            });
        });

        it("keep their blocks when a tier before them goes, with slots given", async () => {
            const both = await preview({
                additionalTiers: [
                    { name: "cache", type: TierType.Isolated, slot: 4 },
                    { name: "batch", type: TierType.Private, slot: 5 },
                ],
            });
            const left = await preview({
                additionalTiers: [{ name: "batch", type: TierType.Private, slot: 5 }],
            });
            expect(inputsByName(both, SUBNET, "cidrBlock")).to.deep.include(
                inputsByName(left, SUBNET, "cidrBlock"),
            );
        });

        it("hold back what starts in them until its endpoints and rules are there", async () => {
            const result = await previewProgram(() => {
                const providers = [testProvider()];
                const vpc = new Vpc3Tier(
                    "shop-vpc",
                    {
                        region: "eu-central-1",
                        accountId: TEST_ACCOUNT,
                        cidrBlock: "10.20.0.0/16",
                        availabilityZones: ZONES,
                        natGateways: NatGatewayStrategy.None,
                        egressOnlyIpv6: true,
                    },
                    { providers },
                );
                const note = (name: string, ids: pulumi.Output<string[]>): void => {
                    new aws.ssm.Parameter(
                        name,
                        { type: "String", value: ids.apply((all) => all.join()) },
                        { provider: providers[0] as aws.Provider },
                    );
                };
                note("web", vpc.webSubnetIds);
                note("data", vpc.dataSubnetIds);
            });
            const awaited = (name: string): Set<string> =>
                new Set(one(result, "aws:ssm/parameter:Parameter", name).dependencies);
            expect(awaited("web")).to.include.all.keys(
                [ENDPOINT, INGRESS, EGRESS].flatMap((type) => ofType(result, type).map(({ urn }) => urn)),
            );
            expect(awaited("web")).to.include(one(result, ROUTE, "shop-vpc-web-ipv6-egress-2").urn);
            expect(awaited("data")).to.include(one(result, "aws:ec2/networkAcl:NetworkAcl").urn);
        });
    });

    describe("ways out", () => {
        const routes = (result: ProgramPreview): Record<string, unknown> =>
            inputsByName(result, ROUTE, "natGatewayId");
        const natIds = (result: ProgramPreview): string[] =>
            ofType(result, "aws:ec2/natGateway:NatGateway").map(({ id }) => id);

        it("lead through the zone's own NAT gateway", () => {
            const [first, second, ...rest] = natIds(plain);
            expect(rest).to.deep.equal([]);
            expect(routes(plain)).to.deep.equal({
                "edge-1": undefined,
                "edge-2": undefined,
                "web-1": first,
                "web-2": second,
                "api-1": first,
                "api-2": second,
            });
        });

        it("lead through one NAT gateway for all", async () => {
            const single = await preview({ natGateways: NatGatewayStrategy.Single });
            const [only, ...rest] = natIds(single);
            expect(rest).to.deep.equal([]);
            expect(routes(single)).to.deep.include({
                "web-1": only,
                "web-2": only,
                "api-1": only,
                "api-2": only,
            });
        });

        it("are closed without NAT gateways", async () => {
            const none = await preview({
                natGateways: NatGatewayStrategy.None,
                additionalTiers: [{ name: "batch", type: TierType.Private }],
            });
            expect(natIds(none)).to.deep.equal([]);
            expect(ofType(none, "aws:ec2/eip:Eip")).to.deep.equal([]);
            expect(Object.keys(routes(none))).to.deep.equal(["edge-1", "edge-2"]);
            expect(inputsByName(none, SUBNET, "tags.SubnetType")).to.deep.equal({
                "edge-1": "Public",
                "edge-2": "Public",
                "web-1": "Isolated",
                "web-2": "Isolated",
                "api-1": "Isolated",
                "api-2": "Isolated",
                "data-1": "Isolated",
                "data-2": "Isolated",
                "batch-1": "Isolated",
                "batch-2": "Isolated",
            });
        });

        it("are closed to data whatever the rest has", async () => {
            for (const natGateways of Object.values(NatGatewayStrategy)) {
                const result = await preview({ natGateways, egressOnlyIpv6: true });
                const dataTables = idsOfRouteTables(result, "data");
                for (const type of [ROUTE, ENDPOINT]) {
                    for (const { inputs } of ofType(result, type)) {
                        const tables = [inputs["routeTableId"], inputs["routeTableIds"]].flat();
                        expect(tables).not.to.include.members([dataTables[0]]);
                        expect(tables).not.to.include.members([dataTables[1]]);
                    }
                }
            }
        });
    });

    describe("IPv6", () => {
        let dual: ProgramPreview;

        before(async () => {
            dual = await preview({ egressOnlyIpv6: true });
        });

        it("is absent unless asked for", () => {
            expect(one(plain, "aws:ec2/vpc:Vpc").inputs).not.to.have.property("assignGeneratedIpv6CidrBlock");
            expect(
                ofType(plain, "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway"),
            ).to.deep.equal([]);
            expect(
                Object.values(inputsByName(plain, SUBNET, "ipv6CidrBlock")).every(
                    (block) => block === undefined,
                ),
            ).to.be.true;
        });

        it("is for web and api alone, in blocks that the plan numbers", () => {
            expect(one(dual, "aws:ec2/vpc:Vpc").inputs["assignGeneratedIpv6CidrBlock"]).to.equal(true);
            const vpcBlock = String(one(dual, "aws:ec2/vpc:Vpc").outputs["ipv6CidrBlock"]);
            expect(vpcBlock).to.match(/^[0-9a-f:]+00::\/56$/);
            const block = (number: string): string => vpcBlock.replace("00::/56", `${number}::/64`);
            expect(inputsByName(dual, SUBNET, "ipv6CidrBlock")).to.deep.equal({
                "edge-1": undefined,
                "edge-2": undefined,
                "web-1": block("04"),
                "web-2": block("05"),
                "api-1": block("08"),
                "api-2": block("09"),
                "data-1": undefined,
                "data-2": undefined,
            });
            expect(inputsByName(dual, SUBNET, "assignIpv6AddressOnCreation")).to.deep.equal({
                "edge-1": false,
                "edge-2": false,
                "web-1": true,
                "web-2": true,
                "api-1": true,
                "api-2": true,
                "data-1": false,
                "data-2": false,
            });
        });

        it("keeps its blocks when a zone or a tier is added", async () => {
            const bigger = await preview({
                egressOnlyIpv6: true,
                availabilityZones: [...ZONES, "eu-central-1c"],
                additionalTiers: [{ name: "bastion", type: TierType.Public }],
            });
            expect(inputsByName(bigger, SUBNET, "ipv6CidrBlock")).to.deep.include(
                inputsByName(dual, SUBNET, "ipv6CidrBlock"),
            );
        });

        it("goes out through the egress-only gateway and comes in nowhere", () => {
            const gateway = one(dual, "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway");
            const ipv6Routes = ofType(dual, ROUTE).filter(
                ({ inputs }) => "destinationIpv6CidrBlock" in inputs,
            );
            expect(ipv6Routes.map(({ inputs }) => inputs)).to.have.deep.members(
                idsOfRouteTables(dual, "web", "api").map((routeTableId) => ({
                    routeTableId,
                    destinationIpv6CidrBlock: "::/0",
                    egressOnlyGatewayId: gateway.id,
                })),
            );
        });
    });
});
