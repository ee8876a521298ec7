/** Which resources become nodes, and which are folded into them. */
import { className, displayType } from "../../render/plan";
import { plural } from "../../render/text";
import { STACK_TYPE } from "../../urn";
import { type Item } from "../inventory";
import { DRAWN, shortName, TOGETHER } from "../kinds";
import { type Capacity, type Keeps, type NodeKind, type PictureGroup } from "../types";
import { capacityOf } from "./capacity";
import { BACKUPS } from "./copies";
import { keepsOf } from "./keeps";
import { type Networks } from "./network";
import { type Link, type Scene } from "./scene";

/** A node before its numbers are given. */
export interface Draft {
    readonly id: string;
    readonly kind: NodeKind;
    readonly label: string;
    readonly caption: string;
    readonly group: string;
    readonly region?: string;
    readonly zones: string[];
    readonly keeps?: Keeps;
    readonly capacity?: Capacity;
    /** Its own resources first, then those that are folded into it. */
    readonly items: Item[];
}

/** The section of what no arrow leads to. */
export const AROUND = "around";

const SECTIONS: Readonly<Partial<Record<NodeKind, string>>> = {
    api: "APIs, functions and events",
    function: "APIs, functions and events",
    workflow: "APIs, functions and events",
    queue: "APIs, functions and events",
    topic: "APIs, functions and events",
    bus: "APIs, functions and events",
    schedule: "APIs, functions and events",
    stream: "APIs, functions and events",
    mail: "APIs, functions and events",
    service: "Services",
    instances: "Services",
    other: AROUND,
    pipeline: AROUND,
};

/** Resources that are drawn: all that people think of, and what arrows join to those. */
export function drawnItems(scene: Scene, links: readonly Link[]): ReadonlySet<Item> {
    const drawn = new Set<Item>();
    const waiting = new Set<Item>();
    for (const item of scene.items) {
        const type = scene.typeOf(item);
        if (item.type === BACKUPS || (type !== undefined && type.drawn !== "used")) {
            drawn.add(item);
        } else if (type !== undefined) {
            waiting.add(item);
        }
    }
    // A function that nothing calls and that is in no network looks after its component: a rotation, a restore test.
    const called = new Set(links.flatMap(({ kind, to }) => (kind === "traffic" && "urn" in to ? [to] : [])));
    const reaching = new Set(
        links.flatMap(({ kind, from }) => (kind === "traffic" && "urn" in from ? [from] : [])),
    );
    for (const item of [...waiting]) {
        if (DRAWN[item.type]?.kind === "function" && !called.has(item) && !reaching.has(item)) {
            waiting.delete(item);
        }
    }
    const neighbours = new Map<Item, Item[]>();
    const join = (one: Item, other: Item): void => {
        neighbours.set(one, [...(neighbours.get(one) ?? []), other]);
    };
    for (const { from, to, minor } of links) {
        if (minor !== true && "urn" in from && "urn" in to) {
            join(from, to);
            join(to, from);
        }
    }
    const reached = [...drawn];
    for (let at = reached.pop(); at !== undefined; at = reached.pop()) {
        for (const neighbour of neighbours.get(at) ?? []) {
            if (waiting.delete(neighbour)) {
                drawn.add(neighbour);
                reached.push(neighbour);
            }
        }
    }
    return drawn;
}

/** The nodes of a system, and which node stands for a resource. */
export class Nodes {
    readonly drafts: Draft[] = [];
    readonly sections = new Map<string, PictureGroup>();
    readonly #byUrn = new Map<string, Draft>();
    readonly #together = new Map<string, Draft>();
    readonly #byPart = new Map<string, Draft>();
    /** The components in a node for several. */
    readonly #parts = new Map<Draft, Set<string>>();

    constructor(
        readonly scene: Scene,
        readonly networks: Networks,
        drawn: ReadonlySet<Item>,
    ) {
        const folded = foldedInto(scene, drawn);
        for (const item of drawn) {
            const draft = this.#draftOf(item, folded.get(item) ?? []);
            this.#byUrn.set(item.urn, draft);
            const part = scene.inventory.partOf(item).urn;
            if (!this.#byPart.has(part)) {
                this.#byPart.set(part, draft);
            }
        }
        this.#foldRest();
    }

    /** The node that stands for a resource. */
    of(item: Item | undefined): Draft | undefined {
        return item === undefined ? undefined : this.#byUrn.get(item.urn);
    }

    #draftOf(item: Item, more: readonly Item[]): Draft {
        const type = DRAWN[item.type];
        const kind = item.type === BACKUPS ? "vault" : (type?.kind ?? "other");
        const { group: inside, zones } = this.networks.frameOf(item, more);
        const group = this.#groupOf(
            item,
            kind,
            type?.drawn === "together" && inside !== undefined ? this.#networkOf(inside) : inside,
        );
        if (type?.drawn === "together") {
            const key = `${kind} ${group}`;
            const known = this.#together.get(key);
            if (known !== undefined) {
                known.items.push(item);
                known.zones.push(...zones.filter((zone) => !known.zones.includes(zone)));
                return known;
            }
            const draft = this.#add({
                id: key,
                kind,
                label: TOGETHER[kind] ?? kind,
                caption: type.what(item.inputs),
                group,
                zones,
                ...regionOf(item),
                items: [item],
            });
            this.#together.set(key, draft);
            return draft;
        }
        const copied = item.urn.includes("@") && this.scene.copies.includes(item);
        const what = item.type === BACKUPS ? "RDS backups" : (type?.what(item.inputs) ?? "");
        const keeps = copied ? undefined : keepsOf(item, zones);
        const capacity = copied ? undefined : capacityOf(item, this.scene);
        return this.#add({
            id: item.urn,
            kind,
            label: shortName(item.name),
            caption: copied && item.type !== BACKUPS ? `${what}, replica` : what,
            group,
            ...regionOf(item),
            zones,
            ...(keeps === undefined ? {} : { keeps }),
            ...(capacity === undefined ? {} : { capacity }),
            // A copy that AWS makes has no resource of its own: it shows the one that it is made from.
            items: [item],
        });
    }

    #networkOf(group: string): string {
        return (
            this.networks.groups.find(({ id }) => id === group)?.parent?.replace(/^region:.*/, group) ?? group
        );
    }

    #groupOf(item: Item, kind: NodeKind, inside: string | undefined): string {
        if (inside !== undefined) {
            return inside;
        }
        if (item.region === undefined) {
            return "world";
        }
        const network = DRAWN[item.type]?.drawn === "together" ? this.networks.networkNamed(item) : undefined;
        return network ?? this.section(item.region, SECTIONS[kind] ?? "Data");
    }

    /** The frame in a region of what is in no network. */
    section(region: string, label: string): string {
        const id = `section:${region}:${label}`;
        if (!this.sections.has(id)) {
            // What stands around a region has a frame beside the region's: nothing of a request goes through it.
            const place =
                label === AROUND ? { label: `Around ${region}` } : { label, parent: `region:${region}` };
            this.sections.set(id, { id, kind: "section", ...place, region, resources: [] });
        }
        return id;
    }

    #add(draft: Draft): Draft {
        this.drafts.push(draft);
        return draft;
    }

    /** Puts every resource that is not drawn into the node that it belongs to, or into one for its component. */
    #foldRest(): void {
        const { inventory } = this.scene;
        for (const item of inventory.items) {
            if (
                !item.custom ||
                item.type === STACK_TYPE ||
                item.type.startsWith("pulumi:") ||
                this.#byUrn.has(item.urn) ||
                this.networks.networkOf(item) !== undefined
            ) {
                continue;
            }
            const draft =
                this.of(this.scene.standIn(item)) ??
                this.#byPart.get(inventory.partOf(item).urn) ??
                this.#restOf(item);
            this.#byUrn.set(item.urn, draft);
            draft.items.push(item);
        }
        for (const draft of this.drafts) {
            const parts = this.#parts.get(draft)?.size ?? 0;
            if (parts > 0) {
                const count = plural(draft.items.length, "resource");
                const several = parts > 1 && draft.caption !== "";
                Object.assign(draft, {
                    label: several ? `${parts} ${draft.caption}` : draft.label,
                    caption: several || draft.caption === "" ? count : `${draft.caption}, ${count}`,
                });
            } else if (TOGETHER[draft.kind] !== undefined) {
                const own = draft.items.filter(({ type }) => DRAWN[type]?.kind === draft.kind).length;
                const only = shortName(draft.items[0]?.name ?? draft.label);
                Object.assign(draft, { label: own === 1 ? only : `${own} ${draft.label}` });
            }
        }
    }

    /** One node for all components of a class that nothing is drawn of, in a region. */
    #restOf(item: Item): Draft {
        const part = this.scene.inventory.partOf(item);
        const region = item.region ?? item.home;
        const what = part.custom ? "" : className(displayType(part.type));
        const key = `rest:${region}:${what}`;
        const known = this.#together.get(key);
        if (known !== undefined) {
            this.#parts.get(known)?.add(part.name);
            return known;
        }
        const group = this.section(region, AROUND);
        const label = part.custom ? "by themselves" : part.name;
        const draft = this.#add({
            id: key,
            kind: "other",
            label,
            caption: what,
            group,
            region,
            zones: [],
            items: [],
        });
        this.#together.set(key, draft);
        this.#parts.set(draft, new Set([part.name]));
        return draft;
    }
}

function regionOf({ region }: Item): { region?: string } {
    return region === undefined ? {} : { region };
}

/** What stands beside each drawn resource and says where it is: a launch template, the instances of a cluster. */
function foldedInto(scene: Scene, drawn: ReadonlySet<Item>): ReadonlyMap<Item, readonly Item[]> {
    const found = new Map<Item, Item[]>();
    const types = [
        "aws:rds/clusterInstance:ClusterInstance",
        "aws:docdb/clusterInstance:ClusterInstance",
        "aws:neptune/clusterInstance:ClusterInstance",
        "aws:ec2/networkInterface:NetworkInterface",
    ];
    for (const item of scene.inventory.ofType(...types)) {
        const cluster = item.inputs["clusterIdentifier"];
        const owner =
            [...drawn].find(
                (each) =>
                    each.inputs["clusterIdentifier"] === cluster &&
                    cluster !== undefined &&
                    each.region === item.region,
            ) ?? scene.standIn(item);
        if (owner !== undefined) {
            found.set(owner, [...(found.get(owner) ?? []), item]);
        }
    }
    return found;
}
