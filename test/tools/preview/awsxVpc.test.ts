import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import { expect } from "chai";
import { ofType, one, previewProgram, type ProgramPreview } from "../../support/preview";
import { nameOf, typeOf } from "../../../tools/preview/urn";

const FOLDER = resolve(__dirname, "awsxVpc");
const LETTERS = ["a", "b", "c", "d"];

interface GoldenResource {
    readonly type: string;
    readonly name: string;
    readonly parent: string;
    readonly provider?: string;
    readonly inputs?: Record<string, unknown>;
    readonly dependencies?: readonly string[];
}

interface Golden {
    readonly resources: readonly GoldenResource[];
    readonly outputs: Record<string, unknown>;
}

/** The arguments from which each recorded case was made. */
function argumentsOf(file: string): awsx.ec2.VpcArgs {
    const count = Number(/-(\d)\.json$/.exec(file)?.[1]);
    const none = file.startsWith("none");
    const blocks = (base: number) =>
        LETTERS.slice(0, count).map((_, zone) => `10.20.${base + 4 * zone}.0/22`);
    const byMask = file.startsWith("azmask");
    const spec = (name: string, type: awsx.types.enums.ec2.SubnetType, base: number) =>
        byMask ? { name, type, cidrMask: 22 } : { name, type, cidrBlocks: blocks(base) };
    return {
        cidrBlock: "10.20.0.0/16",
        availabilityZoneNames: LETTERS.slice(0, count).map((letter) => `eu-central-1${letter}`),
        enableDnsHostnames: true,
        natGateways: { strategy: none ? "None" : file.startsWith("single") ? "Single" : "OnePerAz" },
        subnetStrategy: "Auto",
        ...(byMask ? { availabilityZoneCidrMask: 18 } : {}),
        subnetSpecs: [
            spec("edge", "Public", 0),
            spec("web", none ? "Isolated" : "Private", 64),
            spec("api", none ? "Isolated" : "Private", 128),
            spec("data", "Isolated", 192),
        ],
        tags: { Name: "x", env: "prod" },
        ...(file.startsWith("ipv6") ? { assignGeneratedIpv6CidrBlock: true } : {}),
        ...(file.startsWith("endpoints")
            ? {
                  vpcEndpointSpecs: [
                      { serviceName: "com.amazonaws.eu-central-1.s3", vpcEndpointType: "Gateway" },
                      {
                          serviceName: "com.amazonaws.eu-central-1.ssm",
                          vpcEndpointType: "Interface",
                          privateDnsEnabled: true,
                      },
                  ],
              }
            : {}),
    };
}

async function expand(args: awsx.ec2.VpcArgs): Promise<ProgramPreview> {
    return previewProgram(
        () => {
            const provider = new aws.Provider("eu", { region: "eu-central-1" });
            const vpc = new awsx.ec2.Vpc("platform-vpc", args, { providers: { aws: provider } });
            return {
                eips: vpc.eips.apply((all) => all.map((eip) => eip.id)),
                internetGateway: vpc.internetGateway.id,
                isolatedSubnetIds: vpc.isolatedSubnetIds,
                natGateways: vpc.natGateways.apply((all) => all.map((nat) => nat.id)),
                privateSubnetIds: vpc.privateSubnetIds,
                publicSubnetIds: vpc.publicSubnetIds,
                routeTableAssociations: vpc.routeTableAssociations.apply((all) => all.map((one) => one.id)),
                routeTables: vpc.routeTables.apply((all) => all.map((table) => table.id)),
                routes: vpc.routes.apply((all) => all.map((route) => route.id)),
                subnetLayout: vpc.subnetLayout,
                subnets: vpc.subnets.apply((all) => all.map((subnet) => subnet.id)),
                vpcEndpoints: vpc.vpcEndpoints.apply((all) => all.map((endpoint) => endpoint.id)),
                vpcId: vpc.vpcId,
            };
        },
        { stack: "golden", project: "p" },
    );
}

/** Writes ids as the names of what they belong to, so that two runs with other ids compare. */
function named(value: unknown, names: ReadonlyMap<string, string>): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => named(item, names));
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, named(item, names)]));
    }
    // The recorded ids are a resource's name and seven digits.
    return typeof value === "string" ? (names.get(value) ?? value.replace(/-[0-9a-f]{7}$/, "")) : value;
}

/** What AWS made up: the block that the stand-in provider gave the recorded network. */
function withoutIpv6Prefix(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value).replaceAll(/2600:1f16:[0-9a-f]+:[0-9a-f]{2}/g, "2600::"));
}

interface Comparable {
    readonly resources: Record<string, unknown>;
    readonly outputs: unknown;
}

function fromGolden(golden: Golden): Comparable {
    const none = new Map<string, string>();
    const resources = golden.resources
        .filter((resource) => resource.type.startsWith("aws:"))
        .map((resource) => [
            `${resource.type} ${resource.name}`,
            {
                parent: resource.parent,
                provider: resource.provider,
                inputs: withoutIpv6Prefix(named(resource.inputs, none)),
                dependencies: [...(resource.dependencies ?? [])].sort(),
            },
        ]);
    return {
        resources: Object.fromEntries(resources) as Record<string, unknown>,
        outputs: named(golden.outputs, none),
    };
}

function fromPreview(preview: ProgramPreview): Comparable {
    const names = new Map(preview.resources.map((resource) => [resource.id, resource.name]));
    const label = (urn: string) => `${typeOf(urn)} ${nameOf(urn)}`;
    const resources = preview.resources
        .filter((resource) => resource.type.startsWith("aws:"))
        .map((resource) => {
            const inputs = { ...resource.inputs };
            const dependencies = resource.dependencies.map(label);
            if (resource.type === "aws:ec2/natGateway:NatGateway") {
                // The stand-in provider of the recording gave its addresses no allocation id; AWS does.
                expect(inputs["allocationId"]).to.match(/^eipalloc-0[0-9a-f]{16}$/);
                delete inputs["allocationId"];
                dependencies.splice(dependencies.indexOf(`aws:ec2/eip:Eip ${resource.name}`), 1);
            }
            return [
                `${resource.type} ${resource.name}`,
                {
                    parent: label(resource.parent),
                    provider: nameOf(resource.provider).split("::")[0],
                    inputs: withoutIpv6Prefix(named(inputs, names)),
                    dependencies: dependencies.sort(),
                },
            ];
        });
    return {
        resources: Object.fromEntries(resources) as Record<string, unknown>,
        outputs: named(preview.outputs, names),
    };
}

describe("awsx.ec2.Vpc in the preview", () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));

    it("is held against the cases that were recorded", () => {
        expect(files).to.have.length(8);
    });

    for (const file of files) {
        it(`is expanded as the plugin expanded ${file}`, async () => {
            const golden = JSON.parse(readFileSync(resolve(FOLDER, file), "utf8")) as Golden;
            const preview = await expand(argumentsOf(file));
            expect(preview.error).to.equal(undefined);
            const actual = fromPreview(preview);
            const expected = fromGolden(golden);
            expect(Object.keys(actual.resources).sort()).to.deep.equal(
                Object.keys(expected.resources).sort(),
            );
            for (const [key, resource] of Object.entries(expected.resources)) {
                expect(actual.resources[key], key).to.deep.equal(resource);
            }
            expect(actual.outputs).to.deep.equal(expected.outputs);
        });
    }

    it("has the plugin's names, parents, addresses and routes", async () => {
        const preview = await expand(argumentsOf("per-az-2.json"));
        const component = one(preview, "awsx:ec2:Vpc");
        const network = one(preview, "aws:ec2/vpc:Vpc");
        expect(network).to.include({ name: "platform-vpc", parent: component.urn });
        const subnets = ofType(preview, "aws:ec2/subnet:Subnet");
        expect(subnets.map(({ name }) => name)).to.deep.equal([
            "platform-vpc-edge-1",
            "platform-vpc-web-1",
            "platform-vpc-api-1",
            "platform-vpc-data-1",
            "platform-vpc-edge-2",
            "platform-vpc-web-2",
            "platform-vpc-api-2",
            "platform-vpc-data-2",
        ]);
        expect(preview.outputs["subnets"]).to.deep.equal(subnets.map(({ id }) => id));
        const edge = one(preview, "aws:ec2/subnet:Subnet", "platform-vpc-edge-2");
        expect(edge.parent).to.equal(network.urn);
        expect(edge.inputs).to.deep.equal({
            vpcId: network.id,
            availabilityZone: "eu-central-1b",
            cidrBlock: "10.20.4.0/22",
            mapPublicIpOnLaunch: true,
            assignIpv6AddressOnCreation: false,
            tags: { Name: "platform-vpc-edge-2", SubnetType: "Public", env: "prod" },
        });
        const address = one(preview, "aws:ec2/eip:Eip", "platform-vpc-2");
        const gateway = one(preview, "aws:ec2/natGateway:NatGateway", "platform-vpc-2");
        expect([address.parent, gateway.parent]).to.deep.equal([edge.urn, edge.urn]);
        expect(gateway.inputs).to.deep.include({ subnetId: edge.id, allocationId: address.id });
        expect(gateway.dependencies).to.include(address.urn);
        const table = one(preview, "aws:ec2/routeTable:RouteTable", "platform-vpc-api-2");
        expect(nameOf(table.parent)).to.equal("platform-vpc-api-2");
        const route = one(preview, "aws:ec2/route:Route", "platform-vpc-api-2");
        expect(route.parent).to.equal(table.urn);
        expect(route.inputs).to.deep.equal({
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: gateway.id,
            routeTableId: table.id,
        });
        const out = one(preview, "aws:ec2/route:Route", "platform-vpc-edge-1");
        expect(out.inputs).to.include({
            gatewayId: one(preview, "aws:ec2/internetGateway:InternetGateway").id,
        });
        const routed = ofType(preview, "aws:ec2/route:Route").map(({ name }) => name);
        expect(routed).to.not.include.members(["platform-vpc-data-1", "platform-vpc-data-2"]);
        expect(network.outputs["arn"]).to.equal(`arn:aws:ec2:eu-central-1:123456789012:vpc/${network.id}`);
    });

    it("has one gateway, or none, where that is asked for", async () => {
        const single = await expand(argumentsOf("single-3.json"));
        const gateway = one(single, "aws:ec2/natGateway:NatGateway");
        expect(gateway.name).to.equal("platform-vpc-1");
        expect(ofType(single, "aws:ec2/eip:Eip")).to.have.length(1);
        expect(one(single, "aws:ec2/route:Route", "platform-vpc-web-3").inputs["natGatewayId"]).to.equal(
            gateway.id,
        );
        const none = await expand(argumentsOf("none-2.json"));
        expect(ofType(none, "aws:ec2/natGateway:NatGateway")).to.be.empty;
        expect(ofType(none, "aws:ec2/route:Route").map(({ name }) => name)).to.deep.equal([
            "platform-vpc-edge-1",
            "platform-vpc-edge-2",
        ]);
        const own = await expand({
            ...argumentsOf("single-3.json"),
            natGateways: { strategy: "Single", elasticIpAllocationIds: ["eipalloc-0123456789abcdef0"] },
        });
        expect(ofType(own, "aws:ec2/eip:Eip")).to.be.empty;
        expect(one(own, "aws:ec2/natGateway:NatGateway").inputs["allocationId"]).to.equal(
            "eipalloc-0123456789abcdef0",
        );
    });

    it("numbers IPv6 blocks by spec, then zone", async () => {
        const preview = await expand(argumentsOf("ipv6-2.json"));
        const block = String(one(preview, "aws:ec2/vpc:Vpc").outputs["ipv6CidrBlock"]);
        expect(block).to.match(/^2600:1f16:[0-9a-f]{3}:[0-9a-f]{2}00::\/56$/);
        const subnet = one(preview, "aws:ec2/subnet:Subnet", "platform-vpc-web-2");
        expect(subnet.inputs["ipv6CidrBlock"]).to.equal(block.replace("00::/56", "03::/64"));
        expect(subnet.inputs["assignIpv6AddressOnCreation"]).to.equal(true);
    });

    it("finds the zones of the provider's region where none are named", async () => {
        const args = argumentsOf("azmask-3.json");
        delete args.availabilityZoneNames;
        const preview = await expand({ ...args, numberOfAvailabilityZones: 2 });
        const zones = ofType(preview, "aws:ec2/subnet:Subnet").map(
            ({ inputs }) => inputs["availabilityZone"],
        );
        expect([...new Set(zones)]).to.deep.equal(["eu-central-1a", "eu-central-1b"]);
        const tooMany = await expand({ ...args, numberOfAvailabilityZones: 4 });
        expect(tooMany.error?.message).to.match(/does not have at least 4 Availability Zones/);
        const both = await expand({ ...argumentsOf("azmask-3.json"), numberOfAvailabilityZones: 2 });
        expect(both.error?.message).to.equal(
            "Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified",
        );
    });

    it("reports what the plugin would refuse", async () => {
        const preview = await expand({ ...argumentsOf("per-az-2.json"), subnetStrategy: "Exact" });
        expect(preview.error?.message).to.match(/^There are gaps in the subnet ranges/);
    });

    it("needs a provider of its own where there is none by default, as on a real deployment", async () => {
        const preview = (config: Record<string, string>) =>
            previewProgram(
                () => {
                    const provider = new aws.Provider("eu", { region: "eu-central-1" });
                    new awsx.ec2.Vpc("net", argumentsOf("none-2.json"), { providers: { aws: provider } });
                },
                { config },
            );
        const refused = await preview({ "pulumi:disable-default-providers": '["*"]' });
        expect(refused.error?.message).to.match(/^Default provider for 'awsx' disabled/);
        const taken = await preview({ "pulumi:disable-default-providers": '["aws"]' });
        expect(one(taken, "awsx:ec2:Vpc").provider).to.equal("");
    });

    it("is protected as a whole", async () => {
        const preview = await previewProgram(() => {
            const provider = new aws.Provider("eu", { region: "eu-central-1" });
            new awsx.ec2.Vpc("net", argumentsOf("none-2.json"), {
                providers: { aws: provider },
                protect: true,
            });
        });
        const unprotected = preview.resources.filter(
            ({ type, protect }) => type.startsWith("aws:") && !protect,
        );
        expect(unprotected).to.be.empty;
        expect(ofType(preview, "aws:ec2/subnet:Subnet")).to.have.length(8);
    });
});
