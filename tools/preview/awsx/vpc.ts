/**
 * The children of `awsx.ec2.Vpc`, which on a real deployment its plugin makes. Names, parents, inputs, order and
 * dependencies are the plugin's.
 */
import { type Goal, type Resource } from "../deployment";
import { type Properties } from "../types";
import { plain, plainValue, resourceReference, UNKNOWN, unknownValue } from "../values";
import {
    type Children,
    type Expander,
    type Expansion,
    idOf,
    list,
    pickDefined,
    record,
    text,
} from "./children";
import { inOrderOfCreation, layOut } from "./layout";
import { ipv6Subnet } from "./netmask";
import { type PlannedSubnet, type SubnetSpec } from "./subnets";

/** The type token of the component. */
export const AWSX_VPC = "awsx:ec2:Vpc";

const DEFAULT_CIDR_BLOCK = "10.0.0.0/16";
const DEFAULT_ZONES = 3;
/** Arguments that the plugin hands to the VPC as they are. */
const PASSED_ON = [
    "assignGeneratedIpv6CidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "enableNetworkAddressUsageMetrics",
    "instanceTenancy",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6CidrBlock",
    "ipv6CidrBlockNetworkBorderGroup",
    "ipv6IpamPoolId",
    "ipv6NetmaskLength",
];

/** Makes the children of one VPC. */
class VpcExpansion {
    readonly #goal: Goal;
    readonly #args: Properties;
    readonly #expander: Expander;
    readonly #children: Children;
    readonly #sharedTags: Properties;
    readonly #zones: readonly string[];
    readonly #natStrategy: string;
    /** Addresses that the NAT gateways are given. */
    readonly #allocationIds: readonly string[];
    readonly #made = {
        subnets: [] as Resource[],
        routeTables: [] as Resource[],
        routeTableAssociations: [] as Resource[],
        routes: [] as Resource[],
        natGateways: [] as Resource[],
        eips: [] as Resource[],
        vpcEndpoints: [] as Resource[],
    };

    constructor(children: Children) {
        const { goal } = children;
        this.#goal = goal;
        this.#args = plain(goal.inputs);
        this.#expander = children.expander;
        this.#children = children;
        this.#sharedTags = { Name: goal.name, ...record(this.#args["tags"]) };
        this.#zones = this.#chosenZones();
        const nat = record(this.#args["natGateways"]);
        this.#natStrategy = text(nat["strategy"]) ?? "OnePerAz";
        this.#allocationIds = list(nat["elasticIpAllocationIds"]).map(String);
    }

    async run(): Promise<Expansion> {
        const args = this.#args;
        const { given, cidrBlock } = this.#cidrBlock();
        const layout = layOut({
            vpcName: this.#goal.name,
            cidrBlock,
            zones: this.#zones,
            strategy: this.#strategy,
            specs:
                args["subnetSpecs"] === undefined ? undefined : (list(args["subnetSpecs"]) as SubnetSpec[]),
            zoneMask:
                typeof args["availabilityZoneCidrMask"] === "number"
                    ? args["availabilityZoneCidrMask"]
                    : undefined,
            natStrategy: this.#natStrategy,
            natAllocationIds: this.#allocationIds,
        });
        const vpc = await this.#make("aws:ec2/vpc:Vpc", this.#goal.name, this.#children.urn, [], {
            ...pickDefined(args, PASSED_ON),
            ...given,
            tags: this.#sharedTags,
        });
        const gateway = await this.#make(
            "aws:ec2/internetGateway:InternetGateway",
            this.#goal.name,
            vpc.urn,
            [vpc],
            { vpcId: idOf(vpc), tags: this.#sharedTags },
        );
        for (const spec of list(this.#goal.inputs["vpcEndpointSpecs"]).map(record)) {
            this.#made.vpcEndpoints.push(
                await this.#make(
                    "aws:ec2/vpcEndpoint:VpcEndpoint",
                    String(spec["serviceName"]),
                    vpc.urn,
                    [vpc],
                    {
                        ...spec,
                        vpcId: idOf(vpc),
                        tags: { ...this.#sharedTags, ...record(plainValue(spec["tags"])) },
                    },
                ),
            );
        }
        for (const subnet of inOrderOfCreation(layout.subnets)) {
            await this.#makeSubnet(subnet, vpc, gateway);
        }
        return this.#outputs(vpc, gateway, layout.resolved);
    }

    /** The network's block. Of a pool's, only the size can be known, and then the subnets' blocks are not. */
    #cidrBlock(): { readonly given: Properties; readonly cidrBlock: string } {
        const cidrBlock = text(this.#args["cidrBlock"]);
        if (cidrBlock !== undefined || this.#args["ipv4IpamPoolId"] === undefined) {
            const block = cidrBlock ?? DEFAULT_CIDR_BLOCK;
            return { given: { cidrBlock: block }, cidrBlock: block };
        }
        const size = this.#args["ipv4NetmaskLength"];
        if (typeof size !== "number") {
            throw new Error(
                "If 'ipv4IpamPoolId' is specified, 'ipv4NetmaskLength' or 'cidrBlock' must also be specified.",
            );
        }
        if (this.#strategy === "Legacy") {
            throw new Error(
                'Dynamically allocated cidrBlock ranges are not supported with subnetStrategy="Legacy". Try using subnetStrategy="Auto"',
            );
        }
        return { given: {}, cidrBlock: `10.0.0.0/${size}` };
    }

    get #strategy(): string {
        return text(this.#args["subnetStrategy"]) ?? "Legacy";
    }

    #chosenZones(): readonly string[] {
        const named = this.#args["availabilityZoneNames"];
        const wanted = this.#args["numberOfAvailabilityZones"];
        if (named !== undefined && wanted !== undefined) {
            throw new Error(
                "Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified",
            );
        }
        if (named !== undefined) {
            return list(named).map(String);
        }
        const count = typeof wanted === "number" ? wanted : DEFAULT_ZONES;
        const all = this.#expander.zones();
        if (all.length < count) {
            throw new Error(
                `The configured region for this provider does not have at least ${count} Availability Zones. Either specify an explicit list of zones in availabilityZoneNames or choose a region with at least ${count} AZs.`,
            );
        }
        return all.slice(0, count);
    }

    async #makeSubnet(plan: PlannedSubnet, vpc: Resource, gateway: Resource): Promise<void> {
        const natStrategy = this.#natStrategy;
        const generatesIpv6 = this.#args["assignGeneratedIpv6CidrBlock"] === true;
        const takesIpv6 = plan.spec.assignIpv6AddressOnCreation ?? generatesIpv6;
        const nameTags = { Name: plan.name, SubnetType: plan.type };
        const vpcBlock = text(vpc.outputs["ipv6CidrBlock"]);
        const subnet = await this.#make("aws:ec2/subnet:Subnet", plan.name, vpc.urn, [vpc], {
            vpcId: idOf(vpc),
            availabilityZone: plan.zone,
            mapPublicIpOnLaunch: plan.type === "Public",
            cidrBlock:
                vpc.plainInputs["cidrBlock"] === undefined
                    ? unknownValue(plan.cidrBlock, [vpc.urn])
                    : plan.cidrBlock,
            assignIpv6AddressOnCreation: takesIpv6,
            ...(takesIpv6 && vpcBlock !== undefined
                ? {
                      ipv6CidrBlock: unknownValue(
                          // The engine hands over a block that AWS has not assigned yet as what it is: unknown.
                          vpcBlock === UNKNOWN
                              ? UNKNOWN
                              : ipv6Subnet(vpcBlock, plan.specIndex * this.#zones.length + plan.zoneIndex),
                          [vpc.urn],
                      ),
                  }
                : {}),
            tags: { ...this.#sharedTags, ...record(plan.spec.tags), ...nameTags },
        });
        const routeTable = await this.#make(
            "aws:ec2/routeTable:RouteTable",
            plan.name,
            subnet.urn,
            [subnet],
            { vpcId: idOf(vpc), tags: { ...this.#sharedTags, ...nameTags } },
        );
        const association = await this.#make(
            "aws:ec2/routeTableAssociation:RouteTableAssociation",
            plan.name,
            routeTable.urn,
            [routeTable],
            { routeTableId: idOf(routeTable), subnetId: idOf(subnet) },
        );
        this.#made.subnets.push(subnet);
        this.#made.routeTables.push(routeTable);
        this.#made.routeTableAssociations.push(association);
        const wantsNat = natStrategy === "OnePerAz" ? plan.zoneIndex + 1 : natStrategy === "Single" ? 1 : 0;
        if (plan.type === "Public" && this.#made.natGateways.length < wantsNat) {
            await this.#makeNatGateway(plan, subnet);
        }
        const target = this.#routeTarget(plan, gateway);
        if (target !== undefined) {
            this.#made.routes.push(
                await this.#make("aws:ec2/route:Route", plan.name, routeTable.urn, [routeTable], {
                    routeTableId: idOf(routeTable),
                    ...target,
                    destinationCidrBlock: "0.0.0.0/0",
                }),
            );
        }
    }

    #routeTarget(plan: PlannedSubnet, gateway: Resource): Properties | undefined {
        if (plan.type === "Public") {
            return { gatewayId: idOf(gateway) };
        }
        const nat = this.#made.natGateways[this.#natStrategy === "Single" ? 0 : plan.zoneIndex];
        return plan.type === "Private" && nat !== undefined ? { natGatewayId: idOf(nat) } : undefined;
    }

    async #makeNatGateway(plan: PlannedSubnet, subnet: Resource): Promise<void> {
        const name = `${this.#goal.name}-${plan.zoneIndex + 1}`;
        const tags = { ...record(this.#args["tags"]), Name: name };
        let allocationId: unknown = this.#allocationIds[plan.zoneIndex];
        if (this.#allocationIds.length === 0) {
            const eip = await this.#make("aws:ec2/eip:Eip", name, subnet.urn, [subnet], { tags });
            this.#made.eips.push(eip);
            allocationId = unknownValue(eip.outputs["allocationId"], [eip.urn]);
        }
        this.#made.natGateways.push(
            await this.#make("aws:ec2/natGateway:NatGateway", name, subnet.urn, [subnet], {
                subnetId: idOf(subnet),
                allocationId,
                tags,
            }),
        );
    }

    async #make(
        type: string,
        name: string,
        parent: string,
        dependsOn: readonly Resource[],
        inputs: Properties,
    ): Promise<Resource> {
        return this.#children.make(type, name, inputs, { parent, dependsOn });
    }

    #outputs(vpc: Resource, gateway: Resource, resolved: readonly Properties[]): Expansion {
        const { subnets } = this.#made;
        const refer = (resource: Resource) =>
            resourceReference(resource.urn, resource.id, this.#expander.version);
        const ofType = (type: string) => {
            const chosen = subnets.filter(
                (subnet) => record(subnet.plainInputs["tags"])["SubnetType"] === type,
            );
            return chosen.map((subnet) => subnet.id);
        };
        const madeBy = new Map(Object.entries(this.#made));
        const lists = Object.fromEntries([...madeBy].map(([key, resources]) => [key, resources.map(refer)]));
        const ids = {
            publicSubnetIds: ofType("Public"),
            privateSubnetIds: ofType("Private"),
            isolatedSubnetIds: ofType("Isolated"),
        };
        const outputs = {
            vpc: refer(vpc),
            vpcId: vpc.id,
            internetGateway: refer(gateway),
            ...lists,
            ...ids,
            subnetLayout: resolved,
        };
        // The plugin makes all outputs of one value, which waits for the VPC and every subnet; what an output refers to
        // comes on top.
        const base = [this.#children.urn, vpc.urn, ...subnets.map(({ urn }) => urn)];
        const referred = (name: string): string[] =>
            name === "internetGateway" ? [gateway.urn] : (madeBy.get(name) ?? []).map(({ urn }) => urn);
        return {
            outputs,
            unknown: ["vpcId", ...Object.keys(ids)],
            dependencies: new Map(
                Object.keys(outputs).map((name) => [name, [...new Set([...base, ...referred(name)])]]),
            ),
        };
    }
}

/** Makes the children of an `awsx.ec2.Vpc` that has just been registered. */
export async function expandVpc(children: Children): Promise<Expansion> {
    return new VpcExpansion(children).run();
}
