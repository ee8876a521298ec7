/** Regions without a member of the database of their own. */
import { expect } from "chai";
import { catalogueProblems, defaultCatalogue, type RegionEntry } from "../../regions/catalogue";
import { type PreviewedStacks, projectStacks, stackOf } from "../support/stacks";
import { regionsAndClients, TOKYO } from "../support/regions/manyRegions";
import { problemsOf } from "../support/regions/stackConfigs";

const [us, eu] = defaultCatalogue as [RegionEntry, RegionEntry];
const AP: RegionEntry = { ...TOKYO, databaseIn: "us" };

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const PARAMETER = "aws:ssm/parameter:Parameter";

describe("a region that uses another one's database", () => {
    let two: PreviewedStacks;
    let stacks: PreviewedStacks;
    before(async () => {
        two = await projectStacks();
        stacks = await projectStacks({ moreRegions: [AP] });
    });

    it("has no member, and subnets in which copies are restored", () => {
        const stack = stackOf(stacks, "prod-ap");
        expect(stack.resources.filter(({ type }) => type.includes("Aurora"))).to.deep.equal([]);
        expect(stack.ofType("aws:rds/subnetGroup:SubnetGroup").map(({ name }) => name)).to.deep.equal([
            "shop-restore-subnets",
        ]);
        expect(stack.outputs["database"]).to.deep.equal({ parameterPrefix: "/meridian/prod/database" });
        expect(JSON.stringify(stack.one("aws:cloudwatch/dashboard:Dashboard").inputs)).not.to.contain(
            "DBClusterIdentifier",
        );
        expect(JSON.stringify(stack.one("aws:rds/subnetGroup:SubnetGroup").inputs)).to.contain("subnet-");
    });

    it("may sign in there, with parameters of its own region", () => {
        const policy = JSON.stringify(
            stackOf(stacks, "prod-ap")
                .ofType("aws:iam/rolePolicy:RolePolicy")
                .map(({ inputs }) => inputs["policy"]),
        );
        expect(policy).to.contain("arn:aws:rds-db:us-east-1:");
        expect(policy).not.to.contain("arn:aws:rds-db:ap-northeast-1:");
        expect(policy).to.contain("arn:aws:ssm:ap-northeast-1:");
        const template = stackOf(stacks, "prod-ap")
            .ofType("aws:ec2/launchTemplate:LaunchTemplate")
            .find(({ name }) => name.startsWith("shop-api"));
        const userData = Buffer.from(String(template?.inputs["userData"]), "base64").toString();
        expect(userData).to.contain("DATABASE_REGION");
        expect(userData).to.contain("us-east-1");
    });

    it("finds the founding region's addresses under the same names", () => {
        const global = stackOf(stacks, "prod-global");
        const valueOf = (name: string): unknown => global.one(PARAMETER, name).inputs["insecureValue"];
        const founding = stackOf(stacks, "prod-us");
        for (const parameter of ["endpoint", "reader-endpoint", "port", "connection-string"]) {
            const here = global.one(PARAMETER, `shop-db-ap-northeast-1-${parameter}`);
            const there = founding.one(PARAMETER, `shop-db-${parameter}`);
            expect(here.region).to.equal("ap-northeast-1");
            expect(here.inputs["name"]).to.equal(there.inputs["name"]);
            expect(here.inputs["insecureValue"], parameter).to.equal(there.inputs["insecureValue"]);
        }
        expect(valueOf("shop-db-eu-central-1-endpoint")).not.to.equal(
            valueOf("shop-db-ap-northeast-1-endpoint"),
        );
    });

    it("finds another member's where it is to use that", async () => {
        const others = await projectStacks({ moreRegions: [{ ...AP, databaseIn: "eu" }] });
        const global = stackOf(others, "prod-global");
        for (const parameter of ["endpoint", "reader-endpoint", "port", "connection-string"]) {
            expect(
                global.one(PARAMETER, `shop-db-ap-northeast-1-${parameter}`).inputs["insecureValue"],
                parameter,
            ).to.equal(global.one(PARAMETER, `shop-db-eu-central-1-${parameter}`).inputs["insecureValue"]);
        }
    });

    it("is joined to the database's network, from its api subnets to the data subnets and nowhere else", () => {
        const global = stackOf(stacks, "prod-global");
        const connection = global.one("aws:ec2/vpcPeeringConnection:VpcPeeringConnection");
        expect(connection.region).to.equal("ap-northeast-1");
        expect(connection.inputs["peerRegion"]).to.equal("us-east-1");
        const vpcOf = (stack: string): unknown =>
            (stackOf(stacks, stack).outputs["network"] as { vpcId: string }).vpcId;
        expect(connection.inputs["vpcId"]).to.equal(vpcOf("prod-ap"));
        expect(connection.inputs["peerVpcId"]).to.equal(vpcOf("prod-us"));
        const tableNames = new Map(
            ["prod-ap", "prod-us"].flatMap((stack) =>
                stackOf(stacks, stack)
                    .ofType("aws:ec2/routeTable:RouteTable")
                    .map(({ name, outputs }) => {
                        const arn = String(outputs["arn"]);
                        return [arn.slice(arn.indexOf("/") + 1), `${stack} ${name}`] as const;
                    }),
            ),
        );
        const routes = global
            .ofType("aws:ec2/route:Route")
            .map(
                ({ inputs, region }) =>
                    `${region}: ${tableNames.get(String(inputs["routeTableId"])) ?? "?"} -> ${String(inputs["destinationCidrBlock"])}`,
            );
        expect(routes.sort()).to.deep.equal(
            [1, 2, 3]
                .flatMap((zone) => [
                    `ap-northeast-1: prod-ap shop-vpc-network-api-${zone} -> 10.10.96.0/19`,
                    `us-east-1: prod-us shop-vpc-network-data-${zone} -> 10.30.64.0/19`,
                ])
                .sort(),
        );
    });

    it("is let in by the member's group and network ACL, and out by its own", () => {
        const host = stackOf(stacks, "prod-us");
        const blocks = (stack: string, type: string): unknown[] =>
            stackOf(stacks, stack)
                .ofType(type)
                .filter(({ inputs }) => inputs["fromPort"] === 5433 && inputs["cidrIpv4"] !== undefined)
                .map(({ inputs }) => inputs["cidrIpv4"]);
        expect(blocks("prod-us", INGRESS)).to.deep.equal(["10.30.64.0/19"]);
        expect(blocks("prod-ap", EGRESS)).to.deep.equal(["10.10.96.0/19"]);
        expect(blocks("prod-eu", INGRESS)).to.deep.equal([]);
        const { ingress } = host.one("aws:ec2/networkAcl:NetworkAcl").inputs;
        expect((ingress as { cidrBlock: string }[]).map(({ cidrBlock }) => cidrBlock)).to.include(
            "10.30.64.0/19",
        );
    });

    it("leaves what other regions have as it is, but for the way in", () => {
        const touched = ["prod-us", "prod-eu"].flatMap((name) => {
            const after = new Map(stackOf(stacks, name).resources.map(({ inputs, urn }) => [urn, inputs]));
            const before = stackOf(two, name).resources;
            return [
                ...before
                    .filter(({ inputs, urn }) => JSON.stringify(inputs) !== JSON.stringify(after.get(urn)))
                    .map((resource) => resource.name),
                ...[...after.keys()]
                    .filter((urn) => !before.some((old) => old.urn === urn))
                    .map((urn) => urn.slice(urn.lastIndexOf("::") + 2)),
            ];
        });
        expect(touched).to.deep.equal([
            "shop-vpc",
            "shop-vpc-data-acl",
            "shop-vpc-data-from-client-10-30-64-0-19",
        ]);
    });
});

describe("the choice of a region's database", () => {
    it("is what takes a shop beyond eleven regions", () => {
        expect(catalogueProblems(regionsAndClients(20))).to.deep.equal([]);
    });

    it("is another region that has a database of its own", () => {
        const found = (databaseIn: string): string[] =>
            catalogueProblems([
                us,
                eu,
                { ...AP, databaseIn },
                { ...AP, key: "au", region: "ap-southeast-2" },
            ]).filter((problem) => problem.includes('entry "ap": databaseIn'));
        for (const databaseIn of ["ap", "au", "nowhere"]) {
            expect(found(databaseIn)).to.deep.equal([
                `entry "ap": databaseIn is "${databaseIn}"; allowed: the key of another entry that has a database of its own: us, eu`,
            ]);
        }
        expect(found("eu")).to.deep.equal([]);
    });

    it("leaves two members at least, and lets in no more than a network ACL has room for", () => {
        expect(catalogueProblems([us, { ...eu, databaseIn: "us" }])).to.deep.equal([
            "regions with a database of their own are 1; allowed: 2 or more, because a database in one region is lost " +
                "with it. Leave databaseIn out of another entry",
        ]);
        const clients = (count: number) =>
            regionsAndClients(20).map((entry, index) =>
                index > 1 && index < count + 2
                    ? { ...entry, databaseIn: "us" }
                    : { ...entry, ...(index < 2 ? {} : { databaseIn: "eu" }) },
            );
        expect(catalogueProblems(clients(14))).to.deep.equal([]);
        expect(catalogueProblems(clients(15))).to.deep.equal([
            'entry "r14": databaseIn is "us"; allowed: another region\'s, because 15 regions use us\'s and its network lets 14 in',
        ]);
    });

    it("is no region that founds or writes", () => {
        const catalogue = [us, eu, AP];
        for (const key of ["foundingRegion", "primaryRegion"]) {
            expect(problemsOf({ [key]: "ap" }, { catalogue, stack: "prod-global" }).join("\n")).to.contain(
                "of an entry in regions/catalogue.ts that has a database of its own: us, us-east-1, eu, eu-central-1",
            );
        }
    });

    it("keeps the address plan of both sides to the catalogue's", () => {
        const catalogue = [us, eu, AP];
        const told = (stack: string, values: Record<string, string>): string =>
            problemsOf(values, { catalogue, stack }).join("\n");
        expect(told("prod-us", { cidrBlock: "10.40.0.0/16" })).to.contain(
            "allowed: nothing, or the catalogue's 10.10.0.0/16, because ap use its database over a peering connection",
        );
        expect(told("prod-ap", { cidrBlock: "10.40.0.0/16" })).to.contain(
            "allowed: nothing, or the catalogue's 10.30.0.0/16, because it uses us's database over a peering connection",
        );
        expect(
            told("prod-ap", {
                availabilityZones: '["ap-northeast-1c","ap-northeast-1a","ap-northeast-1d"]',
            }),
        ).to.contain("allowed: an empty list, or the catalogue's ap-northeast-1a, ap-northeast-1c");
        expect(told("prod-eu", { cidrBlock: "10.40.0.0/16" })).to.equal("");
        expect(told("prod-us", { cidrBlock: "10.10.0.0/16" })).to.equal("");
    });
});
