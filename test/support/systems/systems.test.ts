import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { policyDocument } from "../../../components/security/policyDocument";
import { previewProgram, testProvider } from "../preview";
import { accessIn } from "../../../tools/preview/analysis/access";
import { waysIn } from "../../../tools/preview/analysis/reach";
import { asTable, tableIn } from "./readmeTable";

type Options = { readonly provider: aws.Provider };

/** A front in public subnets, a back in private ones, a store in isolated ones. */
function network(opts: Options) {
    const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, opts);
    const gateway = new aws.ec2.InternetGateway("gateway", { vpcId: vpc.id }, opts);
    const subnet = (name: string, route?: object) => {
        const made = new aws.ec2.Subnet(name, { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" }, opts);
        const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id }, opts);
        new aws.ec2.RouteTableAssociation(name, { subnetId: made.id, routeTableId: table.id }, opts);
        if (route !== undefined) {
            new aws.ec2.Route(
                name,
                { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...route },
                opts,
            );
        }
        return made.id;
    };
    const group = (name: string) =>
        new aws.ec2.SecurityGroup(`${name}-security-group`, { vpcId: vpc.id }, opts).id;
    return {
        subnets: {
            front: subnet("front", { gatewayId: gateway.id }),
            back: subnet("back", { natGatewayId: "nat-0a" }),
            store: subnet("store"),
        },
        groups: { front: group("front"), back: group("back"), store: group("store") },
    };
}

const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });

async function ways(change: (net: ReturnType<typeof network>, opts: Options) => void = () => undefined) {
    const made = await previewProgram(() => {
        const opts = { provider: testProvider() };
        const net = network(opts);
        const { groups, subnets } = net;
        new aws.lb.LoadBalancer("front", { securityGroups: [groups.front], subnets: [subnets.front] }, opts);
        new aws.ecs.Service(
            "back",
            { networkConfiguration: { subnets: [subnets.back], securityGroups: [groups.back] } },
            opts,
        );
        const rows = new aws.rds.SubnetGroup("store", { subnetIds: [subnets.store] }, opts);
        new aws.rds.Cluster(
            "store",
            {
                engine: "aurora-postgresql",
                dbSubnetGroupName: rows.name,
                vpcSecurityGroupIds: [groups.store],
            },
            opts,
        );
        const { SecurityGroupEgressRule: Egress, SecurityGroupIngressRule: Ingress } = aws.vpc;
        new Ingress("in", { securityGroupId: groups.front, cidrIpv4: "0.0.0.0/0", ...tcp(443) }, opts);
        new Egress("out", { securityGroupId: groups.back, cidrIpv4: "0.0.0.0/0", ...tcp(443) }, opts);
        new Egress(
            "front-out",
            { securityGroupId: groups.front, referencedSecurityGroupId: groups.back, ...tcp(8080) },
            opts,
        );
        new Ingress(
            "back-in",
            { securityGroupId: groups.back, referencedSecurityGroupId: groups.front, ...tcp(8080) },
            opts,
        );
        // Only one side: no way.
        new Ingress(
            "store-in",
            { securityGroupId: groups.store, referencedSecurityGroupId: groups.back, ...tcp(5432) },
            opts,
        );
        change(net, opts);
    });
    expect(made.error).to.equal(undefined);
    return waysIn(made.resources).map(({ from, to, port }) => `${from} → ${to} ${port}`);
}

describe("who reaches whom", () => {
    it("is what both groups allow, and what routes lead to", async () => {
        expect(await ways()).to.deep.equal([
            "back → internet 443",
            "front → back 8080",
            "internet → front 443",
        ]);
    });

    it("is more with one rule more, also where all ports are open", async () => {
        const all = await ways(({ groups }, opts) => {
            new aws.vpc.SecurityGroupEgressRule(
                "back-out",
                { securityGroupId: groups.back, referencedSecurityGroupId: groups.store, ipProtocol: "-1" },
                opts,
            );
        });
        expect(all).to.include("back → store 5432");
    });

    it("knows rules that stand in a group, and rules to itself", async () => {
        const all = await ways(({ subnets }, opts) => {
            const members = new aws.ec2.SecurityGroup(
                "members-security-group",
                {
                    vpcId: "vpc-0a",
                    ingress: [{ protocol: "tcp", fromPort: 27017, toPort: 27017, self: true }],
                    egress: [{ protocol: "tcp", fromPort: 27017, toPort: 27017, self: true }],
                },
                opts,
            );
            new aws.ec2.NetworkInterface(
                "member",
                { subnetId: subnets.store, securityGroups: [members.id] },
                opts,
            );
        });
        expect(all).to.include("members → members 27017");
    });

    it("is nothing for a group that nobody wears", async () => {
        const all = await ways(({ groups }, opts) => {
            const unworn = new aws.ec2.SecurityGroup(
                "unworn-security-group",
                {
                    vpcId: "vpc-0a",
                    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.9.0.0/16"] }],
                },
                opts,
            );
            new aws.vpc.SecurityGroupIngressRule(
                "unworn-in",
                { securityGroupId: groups.back, referencedSecurityGroupId: unworn.id, ...tcp(8080) },
                opts,
            );
        });
        expect(all.filter((way) => way.includes("unworn"))).to.deep.equal([]);
    });

    it("leaves out the internet where no route leads there, and keeps blocks and prefix lists", async () => {
        const all = await ways(({ groups }, opts) => {
            const { SecurityGroupEgressRule: Egress, SecurityGroupIngressRule: Ingress } = aws.vpc;
            new Egress(
                "store-out",
                { securityGroupId: groups.store, cidrIpv4: "0.0.0.0/0", ...tcp(443) },
                opts,
            );
            new Ingress(
                "back-world",
                { securityGroupId: groups.back, cidrIpv4: "0.0.0.0/0", ...tcp(22) },
                opts,
            );
            new Ingress(
                "store-lan",
                { securityGroupId: groups.store, cidrIpv4: "10.9.0.0/16", ...tcp(5432) },
                opts,
            );
            new Egress(
                "store-s3",
                { securityGroupId: groups.store, prefixListId: "pl-0s3", ...tcp(443) },
                opts,
            );
        });
        expect(all).not.to.include("store → internet 443");
        expect(all).not.to.include("internet → back 22");
        expect(all).to.include("10.9.0.0/16 → store 5432").and.to.include("store → pl-0s3 443");
    });
});

describe("a way by a prefix list", () => {
    it("has the name of the endpoint that the list belongs to, and else the list's", async () => {
        const made = await previewProgram(() => {
            const opts = { provider: testProvider() };
            const { groups, subnets } = network(opts);
            new aws.ec2.NetworkInterface(
                "store",
                { subnetId: subnets.store, securityGroups: [groups.store] },
                opts,
            );
            const endpoint = new aws.ec2.VpcEndpoint(
                "s3",
                { vpcId: "vpc-0a", serviceName: "com.amazonaws.eu-central-1.s3" },
                opts,
            );
            for (const [name, prefixListId] of [
                ["s3", endpoint.prefixListId],
                ["known", "pl-0c1"],
            ] as const) {
                new aws.vpc.SecurityGroupEgressRule(
                    name,
                    { securityGroupId: groups.store, prefixListId, ...tcp(443) },
                    opts,
                );
            }
        });
        const lists = new Map([["pl-0c1", "com.amazonaws.global.cloudfront.origin-facing"]]);
        expect(waysIn(made.resources, lists).map(({ to }) => to)).to.have.members([
            "s3",
            "cloudfront.origin-facing",
        ]);
    });
});

async function access(
    actions: string | string[],
    resource: (arns: { table: string; bucket: string }) => string,
) {
    const made = await previewProgram(() => {
        const opts = { provider: testProvider() };
        const table = new aws.dynamodb.Table(
            "carts",
            { hashKey: "id", attributes: [{ name: "id", type: "S" }] },
            opts,
        );
        const bucket = new aws.s3.Bucket("images", {}, opts);
        const role = new aws.iam.Role("service-role", { assumeRolePolicy: "{}" }, opts);
        const Resource = table.arn.apply((one) =>
            bucket.arn.apply((two) => resource({ table: one, bucket: two })),
        );
        new aws.iam.RolePolicy(
            "policy",
            {
                role: role.id,
                policy: policyDocument([{ Sid: "Use", Effect: "Allow", Action: actions, Resource }]),
            },
            opts,
        );
    });
    return accessIn(made.resources).map(({ role, store, may }) => `${role} ${store} ${may}`);
}

describe("who may do what with which data", () => {
    it("is what a role's policies allow on the thing, or on something in it", async () => {
        expect(await access("dynamodb:GetItem", ({ table }) => table)).to.deep.equal([
            "service-role carts read",
        ]);
        expect(await access("dynamodb:Query", ({ table }) => `${table}/index/*`)).to.deep.equal([
            "service-role carts read",
        ]);
        expect(await access(["s3:GetObject", "s3:PutObject"], ({ bucket }) => `${bucket}/*`)).to.deep.equal([
            "service-role images read, write",
        ]);
    });

    it("is all of it for wildcards, of resources and of actions", async () => {
        expect(await access("*", () => "*")).to.deep.equal([
            "service-role carts read, write",
            "service-role images read, write",
        ]);
        expect(await access("s3:*", () => "*")).to.deep.equal(["service-role images read, write"]);
        expect(await access("dynamodb:GetItem", () => "arn:aws:dynamodb:*:*:table/*")).to.deep.equal([
            "service-role carts read",
        ]);
    });

    it("is nothing for other things, nor for other services' actions", async () => {
        expect(await access("dynamodb:GetItem", ({ table }) => `${table}-other`)).to.deep.equal([]);
        expect(await access("sqs:SendMessage", () => "*")).to.deep.equal([]);
        expect(await access("dynamodb:ListStreams", () => "*")).to.deep.equal([]);
    });
});

describe("a table in a README", () => {
    it("is read by its name, and written as it is read", () => {
        const file = join(mkdtempSync(join(tmpdir(), "table-")), "README.md");
        const rows = [
            ["`front`", "`back`", "8080"],
            ["`back`", "internet", "443"],
        ];
        writeFileSync(
            file,
            `# System\n\n<!-- computed: ways -->\n\n${asTable(["from", "to", "port"], rows)}\n\nMore.\n`,
        );
        expect(tableIn(file, "ways")).to.deep.equal([
            ["front", "back", "8080"],
            ["back", "internet", "443"],
        ]);
        expect(() => tableIn(file, "access")).to.throw("computed: access");
    });
});
