/**
 * Who can open a TCP connection to whom, computed from what a stack registers: security groups and their rules, what
 * wears the groups, and the routes of the subnets that it is in. Nothing is taken from the components' intentions.
 */
import { type RegisteredResource } from "../preview";

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

interface End {
    readonly group?: string;
    readonly other?: string;
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

function portsOf(inputs: RegisteredResource["inputs"]): readonly [number, number] | undefined {
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
    resources: readonly RegisteredResource[],
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

function peersOf(inputs: RegisteredResource["inputs"], own: string): End[] {
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

function rulesOf(resources: readonly RegisteredResource[], direction: "ingress" | "egress"): Rule[] {
    const made: Rule[] = [];
    const add = (group: string, inputs: RegisteredResource["inputs"]): void => {
        const ports = portsOf(inputs);
        if (ports !== undefined) {
            made.push(
                ...peersOf(inputs, group).map((peer) => ({ group, peer, from: ports[0], to: ports[1] })),
            );
        }
    };
    for (const { type, id, inputs } of resources) {
        if (type === (direction === "ingress" ? INGRESS : EGRESS)) {
            add(String(inputs["securityGroupId"]), inputs);
        } else if (type === LEGACY && inputs["type"] === direction) {
            add(String(inputs["securityGroupId"]), inputs);
        } else if (type === GROUP) {
            for (const inline of (inputs[direction] as RegisteredResource["inputs"][] | undefined) ?? []) {
                add(id, inline);
            }
        }
    }
    return made;
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
    if (typeof value === "string") {
        return [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The ways out and in that the subnets of a group's wearers have. */
class Routes {
    readonly #resources: readonly RegisteredResource[];
    /** What has a text somewhere in its inputs, by the text. */
    readonly #byText = new Map<string, RegisteredResource[]>();
    readonly #byTable = new Map<string, Set<string>>();
    readonly #tableOf = new Map<string, string>();

    constructor(resources: readonly RegisteredResource[]) {
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
        const subnets = this.#subnetsOf(group);
        // What is in a network that another stack made cannot be looked at here.
        return subnets.some((subnet) => {
            const targets = this.#byTable.get(this.#tableOf.get(subnet) ?? "");
            return kinds.some((kind) => targets?.has(kind) === true);
        });
    }

    /** Whether anything wears the group. */
    isWorn(group: string): boolean {
        return this.#wearersOf(group).length > 0;
    }

    #wearersOf(group: string): readonly RegisteredResource[] {
        return this.#having(group).filter(
            ({ custom, type }) => custom && type !== GROUP && !type.includes("securityGroup"),
        );
    }

    #having(given: string): readonly RegisteredResource[] {
        return this.#byText.get(given) ?? [];
    }

    /** The subnets of whatever names the group, and of what is made from that, such as a launch template's instances. */
    #subnetsOf(group: string): string[] {
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
        return [...wearers, ...ids.flatMap((id) => this.#having(id)), ...groups].flatMap(({ inputs }) =>
            textsIn(inputs).filter((each) => each.startsWith("subnet-")),
        );
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
 *
 * @param resources What the stack registered, with values for all that is known only later.
 * @param lists Names of the prefix lists that the program looked up, by their ids.
 */
export function waysIn(
    resources: readonly RegisteredResource[],
    lists: ReadonlyMap<string, string> = new Map(),
): Way[] {
    const names = listNames(resources, lists);
    const called = (other = ""): string => names.get(other) ?? other;
    const groups = new Map(
        resources.filter(({ type }) => type === GROUP).map(({ id, name }) => [id, ownerOf(name)]),
    );
    const routes = new Routes(resources);
    // What nobody wears lets nobody in or out.
    const isWorn = ({ group }: Rule): boolean => !groups.has(group) || routes.isWorn(group);
    const nameOf = (group: string): string => groups.get(group) ?? group;
    const ingress = rulesOf(resources, "ingress").filter(isWorn);
    const egress = rulesOf(resources, "egress").filter(isWorn);
    const ways: Way[] = [];
    for (const out of egress) {
        if (out.peer.group !== undefined) {
            const target = out.peer.group;
            for (const into of ingress) {
                const from = Math.max(out.from, into.from);
                const to = Math.min(out.to, into.to);
                if (into.group === target && into.peer.group === out.group && from <= to) {
                    ways.push({ from: nameOf(out.group), to: nameOf(target), port: portText(from, to) });
                }
            }
        } else if (out.peer.other !== "internet" || routes.has(out.group, ["nat", "gateway"])) {
            ways.push({
                from: nameOf(out.group),
                to: called(out.peer.other),
                port: portText(out.from, out.to),
            });
        }
    }
    for (const into of ingress) {
        const { other } = into.peer;
        if (other !== undefined && (other !== "internet" || routes.has(into.group, ["gateway"]))) {
            ways.push({ from: called(other), to: nameOf(into.group), port: portText(into.from, into.to) });
        }
    }
    return unique(ways);
}

function unique(ways: readonly Way[]): Way[] {
    const seen = new Map(ways.map((way) => [JSON.stringify([way.from, way.to, way.port]), way]));
    return [...seen.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, way]) => way);
}
