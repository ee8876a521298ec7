import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

import { tierCidrBlocks } from "../cidrPlan";
import { subnetIpv6Block } from "./ipv6Plan";
import { TierType, type Vpc3TierArgs } from "./args";
import { type Settings, type Tier } from "./settings";
import { mergeTags } from "../../shared/tags";

/** The tiers that may open connections over IPv6. */
const IPV6_TIERS = ["web", "api"];

/** The VPC with its subnets, gateways and routes. */
export interface Network {
    readonly vpcId: pulumi.Output<string>;
    /** Ids of a tier's subnets, one per availability zone. */
    readonly subnetIds: (tier: string) => pulumi.Output<string[]>;
    /** Ids of a tier's route tables, one per availability zone. */
    readonly routeTableIds: (tier: string) => pulumi.Output<string>[];
    /** Routes that are made beside awsx. */
    readonly routes: readonly pulumi.Resource[];
}

/** Makes the VPC, with the egress-only gateway and its routes where IPv6 is wanted. */
export function createNetwork(
    name: string,
    args: Vpc3TierArgs,
    settings: Settings,
    parent: pulumi.Resource,
): Network {
    const zones = args.availabilityZones.length;
    const tiers = inOrderOfAwsx(settings.tiers);
    const vpc = createVpc(`${name}-network`, args, settings, tiers, parent);

    // The lists of ids that awsx sorts by type mix web with api, and are unknown as a whole in a preview. These
    // two hold every subnet, zone by zone, each zone in the order of the specs.
    const position = (tier: string, zone: number): number =>
        zone * tiers.length + tiers.findIndex((candidate) => candidate.name === tier);
    const zoneIndexes = Array.from({ length: zones }, (_, zone) => zone);
    const network = {
        vpcId: vpc.vpcId,
        subnetIds: (tier: string) =>
            pulumi.all(zoneIndexes.map((zone) => idAt(vpc.subnets, position(tier, zone), "subnets"))),
        routeTableIds: (tier: string) =>
            zoneIndexes.map((zone) => idAt(vpc.routeTables, position(tier, zone), "routeTables")),
    };
    const routes = settings.egressOnlyIpv6 ? createIpv6Egress(name, args, network, parent) : [];
    return { ...network, routes };
}

/**
 * awsx makes the subnets of a zone public ones first and isolated ones last, and otherwise keeps the order of
 * the specs. Specs in that order from the start are where they are expected, whether it sorts them or not.
 */
function inOrderOfAwsx(tiers: readonly Tier[]): Tier[] {
    const order = [TierType.Public, TierType.Private, TierType.Isolated];
    return order.flatMap((type) => tiers.filter((tier) => tier.type === type));
}

function createVpc(
    name: string,
    args: Vpc3TierArgs,
    settings: Settings,
    tiers: readonly Tier[],
    parent: pulumi.Resource,
): awsx.ec2.Vpc {
    const { egressOnlyIpv6 } = settings;
    const zones = args.availabilityZones.length;
    return new awsx.ec2.Vpc(
        name,
        {
            cidrBlock: args.cidrBlock,
            availabilityZoneNames: args.availabilityZones,
            natGateways: { strategy: settings.natGateways },
            // With explicit blocks "Auto" takes them as they are; "Exact" would refuse the slots kept free.
            subnetStrategy: awsx.ec2.SubnetAllocationStrategy.Auto,
            subnetSpecs: tiers.map((tier) => ({
                name: tier.name,
                type: tier.type,
                cidrBlocks: tierCidrBlocks(args.cidrBlock, tier.slot, zones),
                tags: { tier: tier.name },
                // Once the VPC has IPv6, awsx gives every subnet a block unless told otherwise.
                ...(egressOnlyIpv6 ? { assignIpv6AddressOnCreation: IPV6_TIERS.includes(tier.name) } : {}),
            })),
            // Private DNS of the interface endpoints needs both.
            enableDnsSupport: true,
            enableDnsHostnames: true,
            ...(egressOnlyIpv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        {
            parent,
            ...(onMocks()
                ? {}
                : {
                      transforms: [
                          withoutPublicAddresses,
                          ...(egressOnlyIpv6 ? [stableIpv6Blocks(name, tiers, zones)] : []),
                      ],
                  }),
        },
    );
}

/**
 * Whether a unit test runs the program on the SDK's mocks. Those refuse transforms, and do not run awsx, which has
 * all the children that the transforms are for.
 */
function onMocks(): boolean {
    return pulumi.runtime.getMonitor() instanceof MockMonitor;
}

/**
 * awsx lets public subnets give a public address to whatever is started in them. Balancers and NAT gateways, all
 * that this component means for them, have theirs without it.
 */
function withoutPublicAddresses({
    type,
    props,
    opts,
}: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
    return type === "aws:ec2/subnet:Subnet"
        ? { props: { ...props, mapPublicIpOnLaunch: false }, opts }
        : undefined;
}

/**
 * awsx numbers the IPv6 blocks of the subnets one after the other, so that another zone would move them, and
 * AWS cannot take a block from a subnet in use. This puts every subnet's block where the plan has it.
 */
function stableIpv6Blocks(vpcName: string, tiers: readonly Tier[], zones: number): pulumi.ResourceTransform {
    const places = new Map<string, { slot: number; zone: number }>();
    for (const { name, slot } of tiers.filter((tier) => IPV6_TIERS.includes(tier.name))) {
        for (let zone = 0; zone < zones; zone++) {
            places.set(`${vpcName}-${name}-${zone + 1}`, { slot, zone });
        }
    }
    return ({ type, name, props, opts }) => {
        const place = type === "aws:ec2/subnet:Subnet" ? places.get(name) : undefined;
        if (place === undefined) {
            return undefined;
        }
        const inputs = props as aws.ec2.SubnetArgs;
        const ipv6CidrBlock = pulumi
            .output(inputs.ipv6CidrBlock)
            .apply((block) =>
                block === undefined ? undefined : subnetIpv6Block(block, place.slot, place.zone),
            );
        return { props: { ...inputs, ipv6CidrBlock }, opts };
    };
}

function idAt(
    resources: pulumi.Output<pulumi.CustomResource[]>,
    index: number,
    what: string,
): pulumi.Output<string> {
    return resources.apply((all) => {
        const resource = all[index];
        if (resource === undefined) {
            throw new Error(`awsx.ec2.Vpc has ${all.length} ${what}, and number ${index + 1} is needed`);
        }
        return resource.id;
    });
}

function createIpv6Egress(
    name: string,
    args: Vpc3TierArgs,
    network: Omit<Network, "routes">,
    parent: pulumi.Resource,
): aws.ec2.Route[] {
    const gateway = new aws.ec2.EgressOnlyInternetGateway(
        `${name}-ipv6-egress`,
        { vpcId: network.vpcId, tags: mergeTags({ Name: `${name}-ipv6-egress` }, args.tags) },
        { parent },
    );
    return IPV6_TIERS.flatMap((tier) =>
        network
            .routeTableIds(tier)
            .map(
                (routeTableId, zone) =>
                    new aws.ec2.Route(
                        `${name}-${tier}-ipv6-egress-${zone + 1}`,
                        { routeTableId, destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: gateway.id },
                        { parent },
                    ),
            ),
    );
}
