/**
 * Who can open a TCP connection to whom, computed from what a stack registers: security groups and their rules, what
 * wears the groups, and the routes and network ACLs of the subnets that it is in. Nothing is taken from the components'
 * intentions.
 */
import { type Block, blockOf, overlaps } from "../../../policies/framework/blocks";
import { put } from "../../../policies/framework/relations";
import { isRecord } from "../values";
import { NetworkAcls, type Ports } from "./networkAcl";
import { type AnalyzedResource, listIn, textsIn } from "./resource";

/** A way in the network. */
export interface Way {
    /** Who connects: a security group's owner, `internet`, or a prefix list or block by its name. */
    readonly from: string;
    /** Whom they reach: a security group's owner, or `internet`, or a prefix list or block by its name. */
    readonly to: string;
    /** A port, a range such as `1024-65535`, or `all`. */
    readonly port: string;
}

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const LEGACY = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ROUTE = "aws:ec2/route:Route";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

const WORLD = new Set(["0.0.0.0/0", "::/0"]);

/** Who connects, or whom they reach. */
export interface End {
    /** The id of a security group. */
    readonly group?: string;
    /** `internet`, or the id of a prefix list, or a block of addresses. */
    readonly other?: string;
}

/** A way by the ids of its ends. */
export interface WayById {
    readonly from: End;
    readonly to: End;
    readonly ports: Ports;
    readonly port: string;
    /** The blocks that both are let by, where it is not by their groups. */
    readonly blocks: { readonly from?: string; readonly to?: string };
}

interface Rule {
    readonly group: string;
    readonly peer: End;
    readonly from: number;
    readonly to: number;
}

/** Names what a resource's name begins with: `store-cache-security-group` belongs to `store-cache`. */
function ownerOf(name: string): string {
    return name.replace(/-(?:security-)?group$/, "");
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function portsOf(inputs: AnalyzedResource["inputs"]): Ports | undefined {
    const protocol = String(inputs["ipProtocol"] ?? inputs["protocol"]);
    if (protocol === "-1" || protocol === "all") {
        return [0, 65_535];
    }
    // What is not TCP is no connection.
    return protocol === "tcp" || protocol === "6"
        ? [Number(inputs["fromPort"]), Number(inputs["toPort"])]
        : undefined;
}

/**
 * What prefix lists are called without what names AWS and the region: `s3` is `com.amazonaws.us-east-1.s3`.
 *
 * @param lists Names by ids, of what the program looked up.
 */
function listNames(
    resources: readonly AnalyzedResource[],
    lists: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
    const ofEndpoints = resources.flatMap(({ type, inputs, outputs }) =>
        type === ENDPOINT && typeof outputs["prefixListId"] === "string"
            ? [[outputs["prefixListId"], String(inputs["serviceName"])] as const]
            : [],
    );
    return new Map(
        [...lists, ...ofEndpoints].map(([id, name]) => [id, name.replace(/^com\.amazonaws\.[^.]+\./, "")]),
    );
}

function peersOf(inputs: AnalyzedResource["inputs"], own: string): End[] {
    const listed = (property: string): string[] => (inputs[property] as string[] | undefined) ?? [];
    const group = text(inputs["referencedSecurityGroupId"]) ?? text(inputs["sourceSecurityGroupId"]);
    const others = [
        text(inputs["cidrIpv4"]),
        text(inputs["cidrIpv6"]),
        text(inputs["prefixListId"]),
        ...listed("cidrBlocks"),
        ...listed("ipv6CidrBlocks"),
        ...listed("prefixListIds"),
    ].filter((other) => other !== undefined);
    const groups = [...(group === undefined ? [] : [group]), ...listed("securityGroups")];
    return [
        ...groups.map((each) => ({ group: each })),
        ...(inputs["self"] === true ? [{ group: own }] : []),
        ...others.map((other) => ({ other: WORLD.has(other) ? "internet" : other })),
    ];
}

function rulesOf(resources: readonly AnalyzedResource[], direction: "ingress" | "egress"): Rule[] {
    const separate = direction === "ingress" ? INGRESS : EGRESS;
    const made: Rule[] = [];
    const add = (group: string, inputs: AnalyzedResource["inputs"]): void => {
        const ports = portsOf(inputs);
        if (ports !== undefined) {
            made.push(
                ...peersOf(inputs, group).map((peer) => ({ group, peer, from: ports[0], to: ports[1] })),
            );
        }
    };
    for (const { type, id, inputs } of resources) {
        if (type === separate || (type === LEGACY && inputs["type"] === direction)) {
            add(String(inputs["securityGroupId"]), inputs);
        } else if (type === GROUP) {
            for (const inline of (inputs[direction] as AnalyzedResource["inputs"][] | undefined) ?? []) {
                add(id, inline);
            }
        }
    }
    return made;
}

const TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const MAIN = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

/** Where those that wear a group are: their subnets, and the ways out and in that these have. */
class Places {
    /** What has a text somewhere in its inputs, by the text. */
    readonly #byText = new Map<string, AnalyzedResource[]>();
    readonly #subnetGroups = new Map<string, AnalyzedResource[]>();
    readonly #byTable = new Map<string, Set<string>>();
    readonly #tableOf = new Map<string, string>();
    readonly #mainOf = new Map<string, string>();
    readonly #vpcOf = new Map<string, string>();
    readonly #blocks = new Map<string, Block>();
    readonly #subnets = new Map<string, readonly string[]>();

    constructor(resources: readonly AnalyzedResource[]) {
        for (const resource of resources) {
            const { type, id, inputs, outputs } = resource;
            for (const each of new Set(textsIn(inputs))) {
                put(this.#byText, each, resource);
            }
            if (/subnetGroup:SubnetGroup$/.test(type)) {
                for (const name of new Set([id, text(outputs["name"]) ?? id])) {
                    put(this.#subnetGroups, name, resource);
                }
            } else if (type === GROUP || type === SUBNET || type === VPC) {
                this.#vpcOf.set(id, String(inputs["vpcId"]));
                const block = blockOf(String(inputs["cidrBlock"]));
                if (block !== undefined) {
                    this.#blocks.set(id, block);
                }
            } else {
                this.#addRoutes(resource);
            }
        }
    }

    #addRoutes({ type, id, inputs, outputs }: AnalyzedResource): void {
        switch (type) {
            case ASSOCIATION:
                if (typeof inputs["subnetId"] === "string") {
                    this.#tableOf.set(inputs["subnetId"], String(inputs["routeTableId"]));
                }
                break;
            case MAIN:
                this.#mainOf.set(String(inputs["vpcId"]), String(inputs["routeTableId"]));
                break;
            case ROUTE:
                this.#addRoute(String(inputs["routeTableId"]), inputs);
                break;
            case DEFAULT_TABLE:
                this.#mainOf.set(String(outputs["vpcId"] ?? inputs["vpcId"]), id);
                this.#addAll(id, inputs);
                break;
            case TABLE:
                this.#addAll(id, inputs);
                break;
            default:
        }
    }

    #addAll(table: string, { routes }: AnalyzedResource["inputs"]): void {
        for (const route of listIn(routes)) {
            if (isRecord(route)) {
                this.#addRoute(table, route);
            }
        }
    }

    /** Blocks are called otherwise in a route of its own than in a table. */
    #addRoute(table: string, route: AnalyzedResource["inputs"]): void {
        const blocks = ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"];
        if (blocks.some((key) => WORLD.has(String(route[key])))) {
            const targets = this.#byTable.get(table) ?? new Set();
            targets.add((text(route["gatewayId"]) ?? "") === "" ? "nat" : "gateway");
            this.#byTable.set(table, targets);
        }
    }

    /**
     * Whether a wearer of the group is in a subnet with a default route of one of the kinds. A network that is not made
     * here, such as the account's default one, which has a gateway, is taken to have it.
     */
    has(group: string, kinds: readonly string[], of = this.subnetsOf(group)): boolean {
        const subnets = of.filter((subnet) => this.#vpcOf.has(subnet) || this.#tableOf.has(subnet));
        if (subnets.length === 0) {
            return !this.#vpcOf.has(this.#vpcOf.get(group) ?? "");
        }
        return subnets.some((subnet) => {
            const main = this.#mainOf.get(this.#vpcOf.get(subnet) ?? "");
            const targets = this.#byTable.get(this.#tableOf.get(subnet) ?? main ?? "");
            return kinds.some((kind) => targets?.has(kind) === true);
        });
    }

    /** Whether both groups are of the same network: addresses are of no use from elsewhere. */
    areTogether(one: string, other: string): boolean {
        const vpc = this.#vpcOf.get(one);
        return vpc !== undefined && vpc === this.#vpcOf.get(other);
    }

    /** Whether one of those that wear the group may have an address of the block. */
    isIn(group: string, block: string, of = this.subnetsOf(group)): boolean {
        const asked = block === "internet" ? blockOf("0.0.0.0/0") : blockOf(block);
        const subnets = of.flatMap((subnet) => this.#blocks.get(subnet) ?? []);
        const own = subnets.length > 0 ? subnets : [this.#blocks.get(this.#vpcOf.get(group) ?? "")];
        return asked !== undefined && own.some((each) => each === undefined || overlaps(each, asked));
    }

    /** Whether anything wears the group. */
    isWorn(group: string): boolean {
        return this.#wearersOf(group).length > 0;
    }

    #wearersOf(group: string): readonly AnalyzedResource[] {
        return this.#having(group).filter(
            ({ custom, type }) => custom && type !== GROUP && !type.includes("securityGroup"),
        );
    }

    #having(given: string): readonly AnalyzedResource[] {
        return this.#byText.get(given) ?? [];
    }

    /** The subnets of whatever names the group, and of what is made from that, such as a launch template's instances. */
    subnetsOf(group: string): readonly string[] {
        let known = this.#subnets.get(group);
        if (known === undefined) {
            known = this.#findSubnets(group);
            this.#subnets.set(group, known);
        }
        return known;
    }

    #findSubnets(group: string): readonly string[] {
        const wearers = this.#wearersOf(group);
        const ids = wearers.flatMap(({ id, outputs }) => [id, text(outputs["name"]) ?? id]);
        return this.#namedIn([...wearers, ...ids.flatMap((id) => this.#having(id))]);
    }

    /** The subnets that one of those that wear a group is in; all of the group's where it says none. */
    subnetsOfWearer(wearer: AnalyzedResource | undefined, group: string): readonly string[] {
        const own = wearer === undefined ? [] : this.#namedIn([wearer]);
        return own.length === 0 ? this.subnetsOf(group) : own;
    }

    #namedIn(placed: readonly AnalyzedResource[]): readonly string[] {
        const subnetGroups = new Set(
            placed.flatMap(({ inputs }) =>
                ["subnetGroupName", "dbSubnetGroupName"].flatMap((property) => text(inputs[property]) ?? []),
            ),
        );
        const groups = [...subnetGroups].flatMap((name) => this.#subnetGroups.get(name) ?? []);
        const texts = [...placed, ...groups].flatMap(({ inputs }) => textsIn(inputs));
        return [...new Set(texts.filter((each) => each.startsWith("subnet-")))];
    }
}

function portText(from: number, to: number): string {
    if (from <= 0 && to >= 65_535) {
        return "all";
    }
    return from === to ? String(from) : `${from}-${to}`;
}

/**
 * All ways of a stack. Between groups both sides must agree, a rule out of the one and a rule into the other, each by
 * the other group or, in the same network, by a block that its wearers are in. From and to the internet the wearer's
 * subnets must have the route, too: an internet gateway to be reached, that or NAT to reach. The subnets' network ACLs
 * must let the connection in and the answer out.
 */
function waysOf(
    resources: readonly AnalyzedResource[],
    places: Places,
    passes: (from: readonly string[], to: readonly string[], ports: Ports) => boolean,
): WayById[] {
    const groups = new Set(resources.filter(({ type }) => type === GROUP).map(({ id }) => id));
    // What nobody wears lets nobody in or out.
    const isWorn = ({ group }: Rule): boolean => !groups.has(group) || places.isWorn(group);
    const ingress = rulesOf(resources, "ingress").filter(isWorn);
    const into = new Map<string, Rule[]>();
    ingress.forEach((rule) => {
        put(into, rule.group, rule);
    });
    const ways = new Map<string, WayById>();
    const subnetsOf = ({ group }: End): readonly string[] =>
        group === undefined ? [] : places.subnetsOf(group);
    const add = (from: End, to: End, ports: Ports, blocks: WayById["blocks"] = {}): void => {
        const key = JSON.stringify([from, to, ports, blocks]);
        if (!ways.has(key) && passes(subnetsOf(from), subnetsOf(to), ports)) {
            ways.set(key, { from, to, ports, port: portText(...ports), blocks });
        }
    };
    const names = (peer: End, group: string): boolean =>
        peer.group === undefined ? places.isIn(group, peer.other ?? "") : peer.group === group;
    const isPublic = new Map(
        [...into.keys()].map((group) => [group, places.has(group, ["gateway"])] as const),
    );
    const connect = (out: Rule, rule: Rule): void => {
        const from = Math.max(out.from, rule.from);
        const to = Math.min(out.to, rule.to);
        const byAddress = out.peer.group === undefined || rule.peer.group === undefined;
        // What is open to everybody from outside is drawn so, and not from each that is inside as well.
        const fromOutside = rule.peer.other === "internet" && isPublic.get(rule.group) === true;
        if (
            from <= to &&
            names(out.peer, rule.group) &&
            names(rule.peer, out.group) &&
            (!byAddress || (!fromOutside && places.areTogether(out.group, rule.group)))
        ) {
            add({ group: out.group }, { group: rule.group }, [from, to], {
                ...(rule.peer.other === undefined ? {} : { from: rule.peer.other }),
                ...(out.peer.other === undefined ? {} : { to: out.peer.other }),
            });
        }
    };
    for (const out of rulesOf(resources, "egress").filter(isWorn)) {
        const { group, other } = out.peer;
        if (group !== undefined) {
            (into.get(group) ?? []).forEach((rule) => {
                connect(out, rule);
            });
            continue;
        }
        if (other !== "internet" || places.has(out.group, ["nat", "gateway"])) {
            add({ group: out.group }, out.peer, [out.from, out.to]);
        }
        if (other === "internet" || blockOf(other ?? "") !== undefined) {
            ingress.forEach((rule) => {
                connect(out, rule);
            });
        }
    }
    for (const { group, peer, from, to } of ingress) {
        if (peer.other !== undefined && (peer.other !== "internet" || isPublic.get(group) === true)) {
            add(peer, { group }, [from, to]);
        }
    }
    return [...ways.values()];
}

/** All ways of a stack, and who of those that wear their groups has them. */
export class Reach {
    readonly ways: readonly WayById[];
    readonly #places: Places;
    readonly #acls: NetworkAcls;

    /** @param resources What the stack registered, with values for all that is known only later. */
    constructor(resources: readonly AnalyzedResource[]) {
        this.#places = new Places(resources);
        this.#acls = new NetworkAcls(resources);
        this.ways = waysOf(resources, this.#places, (...asked) => this.#passes(...asked));
    }

    /**
     * Whether a way is one between two of those that wear its groups: each is where it is, and another wearer's route
     * or address is of no use to it. Left out is who is outside.
     */
    isBetween(way: WayById, from: AnalyzedResource | undefined, to: AnalyzedResource | undefined): boolean {
        const placeOf = (wearer: AnalyzedResource | undefined, { group }: End) =>
            group === undefined ? undefined : { group, subnets: this.#places.subnetsOfWearer(wearer, group) };
        const [one, other] = [placeOf(from, way.from), placeOf(to, way.to)];
        const leads = (place: typeof one, outside: End, ...kinds: readonly string[]): boolean =>
            place === undefined ||
            outside.other !== "internet" ||
            this.#places.has(place.group, kinds, place.subnets);
        const isIn = (place: typeof one, block: string | undefined): boolean =>
            place === undefined ||
            block === undefined ||
            this.#places.isIn(place.group, block, place.subnets);
        return (
            leads(one, way.to, "nat", "gateway") &&
            leads(other, way.from, "gateway") &&
            isIn(one, way.blocks.from) &&
            isIn(other, way.blocks.to) &&
            this.#passes(one?.subnets ?? [], other?.subnets ?? [], way.ports)
        );
    }

    /** What is in a network that another stack made cannot be looked at here: it passes. */
    #passes(from: readonly string[], to: readonly string[], ports: Ports): boolean {
        const orOutside = (subnets: readonly string[]): readonly (string | undefined)[] =>
            subnets.length === 0 ? [undefined] : subnets;
        const targets = orOutside(to);
        return orOutside(from).some((one) => targets.some((other) => this.#acls.lets(one, other, ports)));
    }
}

/**
 * The same by names, each once.
 *
 * @param lists Names of the prefix lists that the program looked up, by their ids.
 */
export function waysIn(
    resources: readonly AnalyzedResource[],
    lists: ReadonlyMap<string, string> = new Map(),
): Way[] {
    const names = listNames(resources, lists);
    const groups = new Map(
        resources.filter(({ type }) => type === GROUP).map(({ id, name }) => [id, ownerOf(name)]),
    );
    const called = ({ group, other = "" }: End): string =>
        group === undefined ? (names.get(other) ?? other) : (groups.get(group) ?? group);
    return unique(
        new Reach(resources).ways.map(({ from, to, port }) => ({ from: called(from), to: called(to), port })),
    );
}

function unique(ways: readonly Way[]): Way[] {
    const seen = new Map(ways.map((way) => [JSON.stringify([way.from, way.to, way.port]), way]));
    return [...seen.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, way]) => way);
}
