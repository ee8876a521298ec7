/** The frames of the drawing: regions, networks, and tiers of subnets that do the same in several zones. */
import { textsIn } from "../../analysis/resource";
import { textOf } from "../../render/inputs";
import { isRecord } from "../../values";
import { type Inventory, type Item } from "../inventory";
import { namedZones } from "../kinds";
import { type PictureGroup, type Subnet } from "../types";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const SUBNET_GROUPS = /subnetGroup:SubnetGroup$/;

/** What a network itself is made of. */
const OF_NETWORK =
    /^aws:(?:ec2|vpc)\/(?:vpc|subnet|route|routeTable|routeTableAssociation|mainRouteTableAssociation|internetGateway|egressOnlyInternetGateway|networkAcl|networkAclRule|networkAclAssociation|securityGroup\w*|defaultSecurityGroup|defaultNetworkAcl|defaultRouteTable|flowLog|eip|vpcDhcpOptions\w*):/;

/** Networks and their tiers, and where a resource is in them. */
export class Networks {
    readonly groups: PictureGroup[] = [];
    readonly #subnets = new Map<
        string,
        { readonly tier: string; readonly vpc: string; readonly zone: string }
    >();
    readonly #networkOfPart = new Map<string, string>();
    readonly #bySubnetGroup = new Map<string, readonly string[]>();

    constructor(readonly inventory: Inventory) {
        for (const vpc of inventory.ofType(VPC)) {
            this.#add(vpc);
        }
        for (const item of inventory.items.filter(({ type }) => SUBNET_GROUPS.test(type))) {
            const subnets = textsIn(item.inputs["subnetIds"]);
            for (const name of [textOf(item.outputs["name"]), item.id]) {
                this.#bySubnetGroup.set(`${item.region ?? ""} ${name ?? ""}`, subnets);
            }
        }
    }

    #add(vpc: Item): void {
        const id = `network:${vpc.urn}`;
        const region = vpc.region ?? vpc.home;
        const own = this.inventory
            .ofType(SUBNET)
            .filter(
                ({ inputs, state }) =>
                    inputs["vpcId"] === vpc.id ||
                    (state.propertyDependencies["vpcId"] ?? []).includes(vpc.urn),
            );
        const tiers = new Map<string, Item[]>();
        for (const subnet of own) {
            const tier = tierOf(subnet);
            tiers.set(tier, [...(tiers.get(tier) ?? []), subnet]);
        }
        const part = this.inventory.partOf(vpc);
        this.#networkOfPart.set(part.urn, id);
        const others = this.inventory.items.filter(
            (item) =>
                item.custom &&
                item.type !== SUBNET &&
                OF_NETWORK.test(item.type) &&
                this.inventory.partOf(item) === part,
        );
        this.groups.push({
            id,
            kind: "network",
            parent: `region:${region}`,
            label: part === vpc ? vpc.name : part.name,
            caption: `VPC ${textOf(vpc.inputs["cidrBlock"]) ?? ""}`.trim(),
            region,
            resources: [vpc, ...others.filter((each) => each !== vpc)].map(({ index }) => index),
        });
        for (const [label, subnets] of tiers) {
            const tier = `tier:${vpc.urn}:${label}`;
            const listed = subnets.map((subnet): Subnet => {
                const zone =
                    textOf(subnet.inputs["availabilityZone"]) ??
                    textOf(subnet.outputs["availabilityZone"]) ??
                    "";
                this.#subnets.set(subnet.id, { tier, vpc: id, zone });
                return { name: subnet.name, zone, cidrBlock: textOf(subnet.inputs["cidrBlock"]) ?? "" };
            });
            this.groups.push({
                id: tier,
                kind: "tier",
                parent: id,
                label,
                region,
                subnets: listed.sort((one, other) => (one.zone < other.zone ? -1 : 1)),
                resources: subnets.map(({ index }) => index),
            });
        }
    }

    /** The frame of a resource by the subnets that it is in: their tier, or the network where they are of several. */
    frameOf(item: Item, more: readonly Item[]): { readonly group?: string; readonly zones: string[] } {
        const subnets = [item, ...more].flatMap((each) => this.#subnetsOf(each));
        const places = subnets.flatMap((subnet) => this.#subnets.get(subnet) ?? []);
        const tiers = new Set(places.map(({ tier }) => tier));
        const [tier] = tiers;
        const group = tiers.size === 1 ? tier : places[0]?.vpc;
        const named = [...new Set(more.flatMap(({ inputs }) => namedZones(inputs)))];
        const zones = named.length > 0 ? named : [...new Set(places.map(({ zone }) => zone))];
        return {
            ...(group === undefined ? {} : { group }),
            zones: zones.filter((zone) => zone !== "").sort(),
        };
    }

    /** The network of what is a part of it, such as a security group. */
    networkOf(item: Item): string | undefined {
        return OF_NETWORK.test(item.type)
            ? this.#networkOfPart.get(this.inventory.partOf(item).urn)
            : undefined;
    }

    /** The network that a resource says it is in. */
    networkNamed(item: Item): string | undefined {
        const id = textOf(item.inputs["vpcId"]);
        const vpc = id === undefined ? undefined : this.inventory.named(id);
        return vpc === undefined ? undefined : `network:${vpc.urn}`;
    }

    #subnetsOf(item: Item): readonly string[] {
        const named = ["dbSubnetGroupName", "subnetGroupName", "clusterSubnetGroupName"].flatMap(
            (property) =>
                this.#bySubnetGroup.get(`${item.region ?? ""} ${String(item.inputs[property])}`) ?? [],
        );
        return [...named, ...textsIn(item.inputs).filter((text) => this.#subnets.has(text))];
    }
}

/** What subnets that do the same in several zones are called: by a tag, else by their name without its number. */
function tierOf({ name, inputs }: Item): string {
    const tags = isRecord(inputs["tags"]) ? inputs["tags"] : {};
    const tag = textOf(tags["tier"]) ?? textOf(tags["Tier"]);
    return tag ?? name.replace(/[-_ ]?(?:\d+|[a-f]|az\d)$/i, "");
}
