/**
 * Who can open a TCP connection to whom, computed from what a stack registers: security groups and their rules, what
 * wears the groups, and the routes and network ACLs of the subnets that it is in. Nothing is taken from the components'
 * intentions.
 */
import { NetworkAcls, type Ports } from "./networkAcl";
import { type AnalyzedResource, textsIn } from "./resource";

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
    readonly port: string;
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
    return [
        ...(group === undefined ? [] : [{ group }]),
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

/** The ways out and in that the subnets of a group's wearers have. */
class Routes {
    readonly #resources: readonly AnalyzedResource[];
    /** What has a text somewhere in its inputs, by the text. */
    readonly #byText = new Map<string, AnalyzedResource[]>();
    readonly #byTable = new Map<string, Set<string>>();
    readonly #tableOf = new Map<string, string>();
    readonly #subnets = new Map<string, readonly string[]>();

    constructor(resources: readonly AnalyzedResource[]) {
        this.#resources = resources;
        for (const resource of resources) {
            const { type, inputs } = resource;
            for (const each of new Set(textsIn(inputs))) {
                const having = this.#byText.get(each) ?? [];
                having.push(resource);
                this.#byText.set(each, having);
            }
            if (type === ASSOCIATION && typeof inputs["subnetId"] === "string") {
                this.#tableOf.set(inputs["subnetId"], String(inputs["routeTableId"]));
            } else if (
                type === ROUTE &&
                WORLD.has(String(inputs["destinationCidrBlock"] ?? inputs["destinationIpv6CidrBlock"]))
            ) {
                const table = String(inputs["routeTableId"]);
                const targets = this.#byTable.get(table) ?? new Set();
                targets.add(inputs["gatewayId"] === undefined ? "nat" : "gateway");
                this.#byTable.set(table, targets);
            }
        }
    }

    /** Whether a wearer of the group is in a subnet with a default route of one of the kinds. */
    has(group: string, kinds: readonly string[]): boolean {
        return this.subnetsOf(group).some((subnet) => {
            const targets = this.#byTable.get(this.#tableOf.get(subnet) ?? "");
            return kinds.some((kind) => targets?.has(kind) === true);
        });
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
        const subnetGroups = new Set(
            wearers.flatMap(({ inputs }) =>
                ["subnetGroupName", "dbSubnetGroupName"].flatMap((property) => text(inputs[property]) ?? []),
            ),
        );
        const groups = this.#resources.filter(
            ({ id, outputs }) => subnetGroups.has(id) || subnetGroups.has(text(outputs["name"]) ?? ""),
        );
        const placed = [...wearers, ...ids.flatMap((id) => this.#having(id)), ...groups];
        const texts = placed.flatMap(({ inputs }) => textsIn(inputs));
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
 * All ways of a stack. Between groups both sides must agree: a rule out of the one and a rule into the other. From and
 * to the internet the wearer's subnets must have the route, too: an internet gateway to be reached, that or NAT to reach.
 * The subnets' network ACLs must let the connection in and the answer out.
 *
 * @param resources What the stack registered, with values for all that is known only later.
 */
export function waysById(resources: readonly AnalyzedResource[]): WayById[] {
    const groups = new Set(resources.filter(({ type }) => type === GROUP).map(({ id }) => id));
    const routes = new Routes(resources);
    const acls = new NetworkAcls(resources);
    // What is in a network that another stack made cannot be looked at here.
    const subnetsOf = (group: string | undefined): readonly (string | undefined)[] => {
        const subnets = group === undefined ? [] : routes.subnetsOf(group);
        return subnets.length === 0 ? [undefined] : subnets;
    };
    const passes = (from: string | undefined, to: string | undefined, ports: Ports): boolean => {
        const targets = subnetsOf(to);
        return subnetsOf(from).some((one) => targets.some((other) => acls.lets(one, other, ports)));
    };
    // What nobody wears lets nobody in or out.
    const isWorn = ({ group }: Rule): boolean => !groups.has(group) || routes.isWorn(group);
    const ingress = rulesOf(resources, "ingress").filter(isWorn);
    const into = new Map<string, Rule[]>();
    ingress.forEach((rule) => {
        into.set(rule.group, [...(into.get(rule.group) ?? []), rule]);
    });
    const ways: WayById[] = [];
    const add = (from: End, to: End, ports: Ports): void => {
        if (passes(from.group, to.group, ports)) {
            ways.push({ from, to, port: portText(...ports) });
        }
    };
    for (const out of rulesOf(resources, "egress").filter(isWorn)) {
        const own = { group: out.group };
        if (out.peer.group === undefined) {
            if (out.peer.other !== "internet" || routes.has(out.group, ["nat", "gateway"])) {
                add(own, out.peer, [out.from, out.to]);
            }
            continue;
        }
        for (const rule of into.get(out.peer.group) ?? []) {
            const from = Math.max(out.from, rule.from);
            const to = Math.min(out.to, rule.to);
            if (rule.peer.group === out.group && from <= to) {
                add(own, out.peer, [from, to]);
            }
        }
    }
    for (const { group, peer, from, to } of ingress) {
        if (peer.other !== undefined && (peer.other !== "internet" || routes.has(group, ["gateway"]))) {
            add(peer, { group }, [from, to]);
        }
    }
    return ways;
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
        waysById(resources).map(({ from, to, port }) => ({ from: called(from), to: called(to), port })),
    );
}

function unique(ways: readonly Way[]): Way[] {
    const seen = new Map(ways.map((way) => [JSON.stringify([way.from, way.to, way.port]), way]));
    return [...seen.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, way]) => way);
}
