import { expect } from "chai";

import {
    SecurityGroupConnection,
    type SecurityGroupConnectionArgs,
} from "../../../components/network/securityGroupConnection";
import { pathsOf, problemsIn } from "../../support/components/problems";
import { ofType, previewProgram, type ProgramPreview, testProvider } from "../../support/preview";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const GOOD: SecurityGroupConnectionArgs = {
    region: "eu-central-1",
    sourceSecurityGroupIds: { orders: "sg-0orders", carts: "sg-0carts" },
    destinationSecurityGroupId: "sg-0cache",
    port: 6379,
    description: "Services to the cache",
};

function preview(args: unknown, name = "shop-cache-clients"): Promise<ProgramPreview> {
    return previewProgram(() => {
        const connection = new SecurityGroupConnection(name, args as SecurityGroupConnectionArgs, {
            providers: [testProvider()],
        });
        return { rules: connection.ingressRuleIds };
    });
}

async function problemsOf(args: unknown, name?: string): Promise<string[]> {
    return pathsOf(problemsIn(await preview(args, name)));
}

describe("SecurityGroupConnection", () => {
    it("lets each source out and into the destination, by reference", async () => {
        const made = await preview(GOOD);
        const ends = (type: string) =>
            ofType(made, type).map(({ inputs }) => [
                inputs["securityGroupId"],
                inputs["referencedSecurityGroupId"],
                inputs["fromPort"],
                inputs["toPort"],
                inputs["ipProtocol"],
                inputs["region"],
            ]);
        expect(ends(INGRESS)).to.have.deep.members([
            ["sg-0cache", "sg-0orders", 6379, 6379, "tcp", "eu-central-1"],
            ["sg-0cache", "sg-0carts", 6379, 6379, "tcp", "eu-central-1"],
        ]);
        expect(ends(EGRESS)).to.have.deep.members([
            ["sg-0orders", "sg-0cache", 6379, 6379, "tcp", "eu-central-1"],
            ["sg-0carts", "sg-0cache", 6379, 6379, "tcp", "eu-central-1"],
        ]);
        expect(made.outputs["rules"]).to.have.members(ofType(made, INGRESS).map(({ id }) => id));
    });

    it("keeps a source's rules by its name, whatever stands before it", async () => {
        const names = async (sources: Record<string, string>) =>
            ofType(await preview({ ...GOOD, sourceSecurityGroupIds: sources }), INGRESS).map(
                ({ name }) => name,
            );
        expect(await names({ carts: "sg-0carts" })).to.deep.equal(["shop-cache-clients-carts-ingress"]);
        expect(await names({ orders: "sg-0orders", carts: "sg-0carts" })).to.include(
            "shop-cache-clients-carts-ingress",
        );
    });

    it("names every bad argument before anything is registered", async () => {
        expect(
            await problemsOf(
                {
                    region: "nowhere",
                    sourceSecurityGroupIds: { "": "sg-0a", web: "vpc-0" },
                    destinationSecurityGroupId: "group",
                    port: 0,
                    description: "Clients' way",
                },
                "1st",
            ),
        ).to.have.members([
            "region",
            "sourceSecurityGroupIds",
            'sourceSecurityGroupIds["web"]',
            "destinationSecurityGroupId",
            "port",
            "description",
            "name",
        ]);
        expect(await problemsOf({ ...GOOD, sourceSecurityGroupIds: {} })).to.deep.equal([
            "sourceSecurityGroupIds",
        ]);
    });
});
