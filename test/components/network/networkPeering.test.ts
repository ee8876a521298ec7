import { expect } from "chai";

import { NetworkPeering, type NetworkPeeringArgs } from "../../../components/network/networkPeering";
import { problemsIn } from "../../support/components/problems";
import { ofType, one, previewProgram, type ProgramPreview, testProvider } from "../../support/preview";

const CONNECTION = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const ACCEPTER = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
const ROUTE = "aws:ec2/route:Route";
const OPTIONS = "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions";

const GOOD: NetworkPeeringArgs = {
    requester: {
        region: "ap-northeast-1",
        vpcId: "vpc-0tokyo",
        cidrBlock: "10.30.64.0/19",
        routeTableIds: { "api-1": "rtb-0a", "api-2": "rtb-0b" },
    },
    accepter: {
        region: "us-east-1",
        vpcId: "vpc-0virginia",
        cidrBlock: "10.10.96.0/19",
        routeTableIds: { data: "rtb-0c" },
    },
};

function preview(args: NetworkPeeringArgs = GOOD, name = "shop-peering"): Promise<ProgramPreview> {
    return previewProgram(() => {
        const peering = new NetworkPeering(name, args, { providers: [testProvider()] });
        return { id: peering.peeringConnectionId };
    });
}

async function problemsOf(args: unknown, name?: string): Promise<string[]> {
    return problemsIn(await preview(args as NetworkPeeringArgs, name));
}

const withRequester = (change: object): object => ({
    ...GOOD,
    requester: { ...GOOD.requester, ...change },
});

describe("NetworkPeering", () => {
    let plain: ProgramPreview;
    before(async () => {
        plain = await preview();
    });

    it("asks from one region and accepts in the other", () => {
        expect(one(plain, CONNECTION).inputs).to.deep.include({
            region: "ap-northeast-1",
            vpcId: "vpc-0tokyo",
            peerVpcId: "vpc-0virginia",
            peerRegion: "us-east-1",
        });
        // AWS takes no automatic acceptance from the side that asks, across regions.
        expect(one(plain, CONNECTION).inputs).not.to.have.property("autoAccept");
        expect(one(plain, ACCEPTER).inputs).to.deep.include({
            region: "us-east-1",
            autoAccept: true,
            vpcPeeringConnectionId: one(plain, CONNECTION).id,
        });
        expect(plain.outputs["id"]).to.equal(one(plain, CONNECTION).id);
    });

    it("gives every route table of both sides the way to the other side's block", () => {
        expect(
            ofType(plain, ROUTE).map(({ inputs, name }) => [
                name,
                inputs["region"],
                inputs["routeTableId"],
                inputs["destinationCidrBlock"],
            ]),
        ).to.have.deep.members([
            ["shop-peering-requester-route-api-1", "ap-northeast-1", "rtb-0a", "10.10.96.0/19"],
            ["shop-peering-requester-route-api-2", "ap-northeast-1", "rtb-0b", "10.10.96.0/19"],
            ["shop-peering-accepter-route-data", "us-east-1", "rtb-0c", "10.30.64.0/19"],
        ]);
    });

    it("makes routes of a connection that is accepted", () => {
        const accepter = one(plain, ACCEPTER).urn;
        for (const route of ofType(plain, ROUTE)) {
            expect(route.propertyDependencies["vpcPeeringConnectionId"], route.name).to.deep.equal([
                accepter,
            ]);
        }
    });

    it("resolves names of the other side's instances where that is asked for", async () => {
        expect(ofType(plain, OPTIONS)).to.deep.equal([]);
        const named = await preview({ ...GOOD, dnsResolution: true });
        const resolution = { allowRemoteVpcDnsResolution: true };
        expect(ofType(named, OPTIONS).map(({ inputs }) => inputs)).to.have.deep.members([
            {
                region: "ap-northeast-1",
                vpcPeeringConnectionId: one(named, CONNECTION).id,
                requester: resolution,
            },
            { region: "us-east-1", vpcPeeringConnectionId: one(named, CONNECTION).id, accepter: resolution },
        ]);
    });

    it("refuses networks that AWS would not join, and route tables without a name", async () => {
        expect(await problemsOf(GOOD)).to.deep.equal([]);
        expect(await problemsOf(withRequester({ cidrBlock: "10.10.100.0/24" }))).to.deep.equal([
            'requester.cidrBlock is "10.10.100.0/24"; allowed: an IPv4 block whose host bits are zero, such as ' +
                "10.20.0.0/16, that shares no address with the accepter's",
            'accepter.cidrBlock is "10.10.96.0/19"; allowed: an IPv4 block whose host bits are zero, such as ' +
                "10.20.0.0/16, that shares no address with the requester's",
        ]);
        expect(await problemsOf(withRequester({ cidrBlock: "10.30.64.1/19" }))).to.have.length(1);
        for (const routeTableIds of [
            {},
            { API: "rtb-0a" },
            { "api-": "rtb-0a" },
            { ["a".repeat(21)]: "rtb-0a" },
        ]) {
            const [problem, ...more] = await problemsOf(withRequester({ routeTableIds }));
            expect(problem).to.contain(
                "one or more, by names of 1 to 20 lower-case letters, digits and hyphens",
            );
            expect(more).to.deep.equal([]);
        }
        expect(
            await problemsOf(withRequester({ routeTableIds: { ["a".repeat(20)]: "rtb-0a" } })),
        ).to.deep.equal([]);
    });

    it("reports all that is wrong at once", async () => {
        const problems = await problemsOf(
            { requester: { region: "tokyo", vpcId: "10", cidrBlock: "x", routeTableIds: { a: "b" } } },
            "1shop",
        );
        expect(problems.map((problem) => problem.split(" ")[0])).to.have.members([
            "name",
            "requester.region",
            "requester.vpcId",
            "requester.cidrBlock",
            'requester.routeTableIds["a"]',
            "accepter",
        ]);
    });
});
