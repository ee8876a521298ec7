import { expect } from "chai";

import { at, one, type ProgramPreview } from "../../../support/preview";
import { GROUP, preview } from "./networks";

describe("Vpc3Tier", () => {
    let plain: ProgramPreview;

    before(async () => {
        plain = await preview();
    });

    it("keeps everything below itself, under its own name and on the provider given", async () => {
        const everything = await preview({ egressOnlyIpv6: true, interfaceEndpoints: ["ssm"] });
        for (const result of [plain, everything]) {
            const component = one(result, "meridian:index:Vpc3Tier");
            const provider = one(result, "pulumi:providers:aws");
            const parents = new Map(result.resources.map((resource) => [resource.urn, resource.parent]));
            const others = result.resources.filter(
                ({ type }) => type !== "pulumi:pulumi:Stack" && type !== "pulumi:providers:aws",
            );
            expect(others.length).to.be.greaterThan(40);
            for (const resource of others.filter(({ urn }) => urn !== component.urn)) {
                let root = resource.parent;
                while (root !== component.urn && root !== "") {
                    root = parents.get(root) ?? "";
                }
                expect(root, `${resource.urn} is below the component`).to.equal(component.urn);
                expect(resource.name).to.match(/^shop-vpc-/);
                if (resource.custom) {
                    expect(resource.provider.startsWith(`${provider.urn}::`), resource.urn).to.be.true;
                }
            }
        }
    });

    it("asks for prefix lists on that provider, in its own region", () => {
        const provider = one(plain, "pulumi:providers:aws");
        expect(plain.invokes.map(({ token, args }) => [token, args])).to.have.deep.members([
            [
                "aws:ec2/getManagedPrefixList:getManagedPrefixList",
                { name: "com.amazonaws.global.cloudfront.origin-facing", region: "eu-central-1" },
            ],
            [
                "aws:ec2/getManagedPrefixList:getManagedPrefixList",
                { name: "com.amazonaws.eu-central-1.route53-healthchecks", region: "eu-central-1" },
            ],
        ]);
        for (const invoke of plain.invokes) {
            expect(invoke.provider?.startsWith(`${provider.urn}::`)).to.be.true;
        }
    });

    it("registers exactly its outputs", () => {
        const component = one(plain, "meridian:index:Vpc3Tier");
        const { endpointSecurityGroupId, ...expected } = plain.outputs;
        expect(endpointSecurityGroupId).to.equal(undefined);
        expect(component.outputs).to.deep.equal(expected);
        expect(expected).to.deep.include({
            cidrBlock: "10.20.0.0/16",
            webPort: 8443,
            apiPort: 8443,
            databasePort: 5432,
            additionalSubnetIds: {},
            vpcId: one(plain, "aws:ec2/vpc:Vpc").id,
            webSecurityGroupId: one(plain, GROUP, "shop-vpc-web").id,
            apiBalancerSecurityGroupId: one(plain, GROUP, "shop-vpc-api-balancer").id,
            apiSecurityGroupId: one(plain, GROUP, "shop-vpc-api").id,
            dataSecurityGroupId: one(plain, GROUP, "shop-vpc-data").id,
            flowLogGroupName: one(plain, "aws:cloudwatch/logGroup:LogGroup").outputs["name"],
        });
    });

    it("registers nothing below itself when its arguments are wrong", async () => {
        const result = await preview({ cidrBlock: "10.20.0.0/8", webPort: 0 });
        expect(result.error?.problems).to.deep.equal([
            {
                propertyPath: "cidrBlock",
                reason: 'is "10.20.0.0/8"; allowed: a prefix from /16 to /20. AWS takes no larger VPC, and in a smaller one a balancer has no room to scale',
            },
            {
                propertyPath: "cidrBlock",
                reason: 'is "10.20.0.0/8"; allowed: a block whose host bits are zero. Write 10.0.0.0/8',
            },
            { propertyPath: "webPort", reason: "is 0; allowed: an integer from 1 to 65535" },
        ]);
        expect(result.resources.filter(({ name }) => name.startsWith("shop-vpc-"))).to.deep.equal([]);
    });

    it("tags all that takes tags", async () => {
        const untaggable = [
            "aws:ec2/route:Route",
            "aws:ec2/routeTableAssociation:RouteTableAssociation",
            "aws:iam/rolePolicy:RolePolicy",
        ];
        const result = await preview({
            tags: { team: "shop" },
            egressOnlyIpv6: true,
            interfaceEndpoints: ["ssm"],
        });
        const taggable = result.resources.filter(
            ({ custom, type }) => custom && type.startsWith("aws:") && !untaggable.includes(type),
        );
        expect(taggable.length).to.be.greaterThan(40);
        for (const { urn, inputs } of taggable) {
            expect(at(inputs, "tags.team"), urn).to.equal("shop");
        }
    });
});
