import { expect } from "chai";

import { Exposure, NatGatewayStrategy } from "../../../../components/network/vpc3Tier/vpc3Tier";
import { ofType, one, type ProgramPreview } from "../../../support/preview";
import { EGRESS, GROUP, idsOfSubnets, INGRESS, preview, rules } from "./networks";

const EVERYWHERE_FROM_WEB_AND_API = ["api -> 0.0.0.0/0 tcp/443", "web -> 0.0.0.0/0 tcp/443"];

const EGRESS_WITHOUT_INTERNET = [
    "api -> data tcp/5432",
    "api -> dynamodb-endpoint tcp/443",
    "api -> s3-endpoint tcp/443",
    "api-balancer -> api tcp/8443",
    "edge-cloudfront -> web tcp/8443",
    "edge-health-checks -> web tcp/8443",
    "web -> api-balancer tcp/443",
    "web -> dynamodb-endpoint tcp/443",
    "web -> s3-endpoint tcp/443",
];
describe("who talks to whom in Vpc3Tier", () => {
    let plain: ProgramPreview;

    before(async () => {
        plain = await preview();
    });

    describe("security groups", () => {
        it("hear from the tier before alone, and edge from CloudFront and Route 53 alone", () => {
            expect(rules(plain, INGRESS)).to.deep.equal([
                "api <- api-balancer tcp/8443",
                "api-balancer <- web tcp/443",
                "data <- api tcp/5432",
                "edge-cloudfront <- com.amazonaws.global.cloudfront.origin-facing tcp/443",
                "edge-health-checks <- com.amazonaws.eu-central-1.route53-healthchecks tcp/443",
                "web <- edge-cloudfront tcp/8443",
                "web <- edge-health-checks tcp/8443",
            ]);
        });

        it("let each tier call the next, and web and api what they need", () => {
            expect(rules(plain, EGRESS)).to.have.members([
                ...EGRESS_WITHOUT_INTERNET,
                ...EVERYWHERE_FROM_WEB_AND_API,
            ]);
        });

        it("let clients of other networks to the database, and api to another network's", async () => {
            const joined = await preview({
                databaseClientCidrBlocks: ["10.30.64.0/19"],
                remoteDatabaseCidrBlocks: ["10.10.96.0/19"],
                databasePort: 5433,
            });
            expect(rules(joined, INGRESS)).to.include.members([
                "data <- 10.30.64.0/19 tcp/5433",
                "data <- api tcp/5433",
            ]);
            expect(rules(joined, EGRESS)).to.include.members([
                "api -> 10.10.96.0/19 tcp/5433",
                "api -> data tcp/5433",
            ]);
            const { ingress, egress } = one(joined, "aws:ec2/networkAcl:NetworkAcl").inputs;
            for (const entries of [ingress, egress] as { cidrBlock: string; ruleNo: number }[][]) {
                expect(entries.map(({ cidrBlock }) => cidrBlock)).to.deep.equal([
                    "10.20.64.0/21",
                    "10.20.72.0/21",
                    "10.30.64.0/19",
                ]);
                expect(new Set(entries.map(({ ruleNo }) => ruleNo)).size).to.equal(entries.length);
            }
        });

        it("keep one prefix list apart from the other, for both exceed one group's 60 rules", () => {
            const lists = ofType(plain, INGRESS).filter(({ inputs }) => inputs["prefixListId"] !== undefined);
            expect(lists).to.have.length(2);
            expect(new Set(lists.map(({ inputs }) => inputs["securityGroupId"])).size).to.equal(2);
            expect(plain.outputs["edgeSecurityGroupIds"]).to.deep.equal([
                one(plain, GROUP, "shop-vpc-edge-cloudfront").id,
                one(plain, GROUP, "shop-vpc-edge-health-checks").id,
            ]);
        });

        it("are open to the world at the edge when there is no CloudFront, and only there", async () => {
            const open = await preview({ exposure: Exposure.Internet });
            expect(rules(open, INGRESS)).to.deep.equal([
                "api <- api-balancer tcp/8443",
                "api-balancer <- web tcp/443",
                "data <- api tcp/5432",
                "edge-internet <- 0.0.0.0/0 tcp/443",
                "edge-internet <- 0.0.0.0/0 tcp/80",
                "edge-internet <- ::/0 tcp/443",
                "edge-internet <- ::/0 tcp/80",
                "web <- edge-internet tcp/8443",
            ]);
            expect(open.invokes).to.deep.equal([]);
            expect(open.outputs["edgeSecurityGroupIds"]).to.deep.equal([
                one(open, GROUP, "shop-vpc-edge-internet").id,
            ]);
        });

        it("let the network alone in where the edge is internal", async () => {
            const own = await preview({ exposure: Exposure.Internal });
            expect(rules(own, INGRESS)).to.deep.equal([
                "api <- api-balancer tcp/8443",
                "api-balancer <- web tcp/443",
                "data <- api tcp/5432",
                "edge-internal <- 10.20.0.0/16 tcp/443",
                "edge-internal <- 10.20.0.0/16 tcp/80",
                "web <- edge-internal tcp/8443",
            ]);
            expect(own.invokes).to.deep.equal([]);
            expect(own.outputs["edgeSecurityGroupIds"]).to.deep.equal([
                one(own, GROUP, "shop-vpc-edge-internal").id,
            ]);
            const joined = await preview({
                exposure: Exposure.Internal,
                internalClientCidrBlocks: ["10.99.0.0/24", "192.168.7.0/24"],
            });
            expect(rules(joined, INGRESS).filter((rule) => rule.startsWith("edge"))).to.deep.equal([
                "edge-internal <- 10.99.0.0/24 tcp/443",
                "edge-internal <- 10.99.0.0/24 tcp/80",
                "edge-internal <- 192.168.7.0/24 tcp/443",
                "edge-internal <- 192.168.7.0/24 tcp/80",
            ]);
        });

        it("follow the ports given", async () => {
            const ported = await preview({ webPort: 9001, apiPort: 9002, databasePort: 9003 });
            expect(rules(ported, INGRESS)).to.include.members([
                "web <- edge-cloudfront tcp/9001",
                "api <- api-balancer tcp/9002",
                "data <- api tcp/9003",
            ]);
            expect(ported.outputs).to.deep.include({ webPort: 9001, apiPort: 9002, databasePort: 9003 });
        });

        it("let web and api call the addresses given and no others", async () => {
            const limited = await preview({
                internetEgressCidrBlocks: ["203.0.113.0/24", "198.51.100.7/32"],
            });
            expect(rules(limited, EGRESS)).to.have.members([
                ...EGRESS_WITHOUT_INTERNET,
                "api -> 203.0.113.0/24 tcp/443",
                "api -> 198.51.100.7/32 tcp/443",
                "web -> 203.0.113.0/24 tcp/443",
                "web -> 198.51.100.7/32 tcp/443",
            ]);
        });

        it("let web and api call over IPv6 too, where they have it", async () => {
            const dual = await preview({ egressOnlyIpv6: true });
            expect(rules(dual, EGRESS)).to.have.members([
                ...EGRESS_WITHOUT_INTERNET,
                ...EVERYWHERE_FROM_WEB_AND_API,
                "api -> ::/0 tcp/443",
                "web -> ::/0 tcp/443",
            ]);
            const limited = await preview({
                natGateways: NatGatewayStrategy.None,
                interfaceEndpoints: [],
                egressOnlyIpv6: true,
                internetEgressIpv6CidrBlocks: ["2001:db8::/32"],
            });
            expect(rules(limited, EGRESS)).to.have.members([
                ...EGRESS_WITHOUT_INTERNET,
                "api -> 2001:db8::/32 tcp/443",
                "web -> 2001:db8::/32 tcp/443",
            ]);
        });

        it("name a rule after its block, so that another block leaves it alone", async () => {
            const names = async (blocks: string[]): Promise<string[]> =>
                ofType(await preview({ internetEgressCidrBlocks: blocks }), EGRESS)
                    .filter(({ inputs }) => inputs["cidrIpv4"] === "198.51.100.7/32")
                    .map(({ name }) => name);
            const expected = ["shop-vpc-web-to-198-51-100-7-32", "shop-vpc-api-to-198-51-100-7-32"];
            expect(await names(["198.51.100.7/32"])).to.deep.equal(expected);
            expect(await names(["203.0.113.0/24", "198.51.100.7/32"])).to.deep.equal(expected);
        });

        it("have no internet to call without NAT gateways", async () => {
            const none = await preview({ natGateways: NatGatewayStrategy.None, interfaceEndpoints: [] });
            expect(rules(none, EGRESS)).to.have.members(EGRESS_WITHOUT_INTERNET);
        });

        it("write down why they are there, in characters that EC2 takes", async () => {
            const results = [
                await preview({ egressOnlyIpv6: true, interfaceEndpoints: ["ssm"] }),
                await preview({ exposure: Exposure.Internet }),
                await preview({ exposure: Exposure.Internal }),
            ];
            for (const result of results) {
                for (const { name, inputs } of [GROUP, INGRESS, EGRESS].flatMap((type) =>
                    ofType(result, type),
                )) {
                    expect(inputs["description"], name).to.match(/^[\w .:/()#,@[\]+=&;{}!$*-]{5,255}$/);
                }
            }
        });

        it("have no rules of their own, which would fight with the standalone ones", () => {
            for (const { inputs } of ofType(plain, GROUP)) {
                expect(inputs).not.to.have.any.keys("ingress", "egress");
            }
        });

        it("have names that a replacement can differ from while the old group is still worn", () => {
            for (const { name, inputs } of ofType(plain, GROUP)) {
                expect(inputs["name"]).to.match(new RegExp(`^${name}-[0-9a-f]{7}$`));
            }
        });

        it("leave the default group without rules", () => {
            const group = one(plain, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
            expect(group.inputs).to.deep.include({
                vpcId: one(plain, "aws:ec2/vpc:Vpc").id,
                ingress: [],
                egress: [],
            });
        });
    });

    describe("the network ACL of the data subnets", () => {
        it("lets the api subnets reach the database and hear its answer, and nothing else", async () => {
            const ported = await preview({ databasePort: 6432 });
            const acl = one(ported, "aws:ec2/networkAcl:NetworkAcl");
            const rule = (ruleNo: number, cidrBlock: string, fromPort: number, toPort: number) => ({
                ruleNo,
                action: "allow",
                protocol: "tcp",
                cidrBlock,
                fromPort,
                toPort,
            });
            expect(acl.inputs["subnetIds"]).to.deep.equal(idsOfSubnets(ported, "data"));
            expect(acl.inputs["ingress"]).to.deep.equal([
                rule(100, "10.20.64.0/21", 6432, 6432),
                rule(200, "10.20.72.0/21", 6432, 6432),
            ]);
            expect(acl.inputs["egress"]).to.deep.equal([
                rule(100, "10.20.64.0/21", 1024, 65535),
                rule(200, "10.20.72.0/21", 1024, 65535),
            ]);
        });
    });
});
