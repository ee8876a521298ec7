/**
 * Where everything is drawn. The world is on top, the regions below it side by side, and what stands around the regions
 * below those. The Eclipse Layout Kernel lays out each of these by itself, with ports where arrows leave it; what leads
 * from one to another runs in the streets between them.
 */
import { createRequire } from "node:module";
import type ELK from "elkjs";
import { type ElkExtendedEdge, type ElkNode, type ElkPort, type LayoutOptions } from "elkjs";
import { type Block, type Box, type Layout, NODE_HEIGHT, type Point, portOf, sideOf } from "./places";
import { Streets } from "./streets";
import { type EdgeKind, type PictureEdge, type PictureGroup, type PictureNode, type System } from "./types";

const load = createRequire(__filename);

/** Where a node's text begins: to the right of its sign. */
export const TEXT_START = 42;
export const SUBNET_HEIGHT = 15;
const WIDEST = 284;
const PADDING = 12;
/** Most parts side by side, where nothing else says in which row a part is. */
const IN_A_ROW = 4;
/** In the world, which is as wide as the regions below it. */
const IN_A_ROW_OF_WORLD = 8;
/** Widths grow by steps, so that frames of the same kind have the same shape. */
const STEP = 16;
/** The width of a character in a subnet's line. */
const MONOSPACED = 6.4;

const TITLE: Readonly<Record<PictureGroup["kind"], number>> = {
    world: 34,
    region: 38,
    network: 32,
    tier: 28,
    section: 28,
};

const OPTIONS: LayoutOptions = {
    "elk.algorithm": "layered",
    "elk.direction": "DOWN",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.json.shapeCoords": "ROOT",
    "elk.json.edgeCoords": "ROOT",
    "elk.layered.spacing.nodeNodeBetweenLayers": "34",
    "elk.layered.spacing.edgeNodeBetweenLayers": "14",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
    "elk.spacing.nodeNode": "18",
    "elk.spacing.edgeNode": "12",
    "elk.spacing.edgeEdge": "10",
    "elk.spacing.componentComponent": "18",
    // Straighter arrows would cost a third more width, and so the size of all text where the whole is looked at.
    "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    "elk.layered.nodePlacement.bk.edgeStraightening": "NONE",
    "elk.layered.mergeHierarchyEdges": "true",
};

/** An arrow inside one block, or the part of one that is there. */
interface Inner {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    /** Those of a kind leave a part, and come in to it, by one port. Left out: it is not drawn. */
    readonly kind?: EdgeKind;
    /** The end that is a port of the frame already. */
    readonly port?: "from" | "to";
}

/** Places a system. */
export async function layOut(system: System): Promise<Layout> {
    const plan = new Plan(system);
    const blocks = new Map<string, Block>();
    const shapes = new Shapes();
    for (const top of plan.tops) {
        blocks.set(top.id, await plan.block(top, shapes));
    }
    return new Streets(system, plan.crossing, plan.tops, blocks, (node) => plan.topOf(node)).layout();
}

/** How wide a text is, about: the page's font is not known here. */
export function textWidth(text: string, size: number, bold = false): number {
    return text.length * size * (bold ? 0.67 : 0.57);
}

function nodeWidth({ label, caption }: PictureNode): number {
    const text = Math.max(textWidth(label, 13, true), textWidth(caption, 11));
    return stepped(Math.min(WIDEST, Math.max(112, text + TEXT_START + 12)));
}

function stepped(width: number): number {
    return Math.ceil(width / STEP) * STEP;
}

class Plan {
    readonly tops: readonly PictureGroup[];
    /** Arrows from one block to another one. */
    readonly crossing: readonly PictureEdge[];
    readonly #children = new Map<string, (PictureGroup | PictureNode)[]>();
    readonly #topOf = new Map<string, PictureGroup>();
    readonly #inner = new Map<string, Inner[]>();
    readonly #ports = new Map<string, Map<string, "NORTH" | "SOUTH">>();

    constructor(system: System) {
        this.tops = system.groups.filter(({ parent }) => parent === undefined);
        const groups = new Map(system.groups.map((group) => [group.id, group]));
        const topOf = (id: string): PictureGroup | undefined => {
            const group = groups.get(id);
            return group?.parent === undefined ? group : topOf(group.parent);
        };
        for (const group of system.groups) {
            if (group.parent !== undefined) {
                this.#add(group.parent, group);
            }
        }
        for (const node of system.nodes) {
            this.#add(node.group, node);
            const top = topOf(node.group);
            if (top !== undefined) {
                this.#topOf.set(node.id, top);
            }
        }
        const drawn = system.edges.filter(({ minor }) => minor !== true);
        this.crossing = drawn.filter((edge) => this.#isCrossing(edge));
        for (const edge of drawn) {
            this.#connect(edge);
        }
    }

    topOf(node: string): PictureGroup | undefined {
        return this.#topOf.get(node);
    }

    #add(parent: string, child: PictureGroup | PictureNode): void {
        this.#children.set(parent, [...(this.#children.get(parent) ?? []), child]);
    }

    #isCrossing({ from, to }: PictureEdge): boolean {
        return this.#topOf.get(from) !== this.#topOf.get(to);
    }

    #connect(edge: PictureEdge): void {
        const [from, to] = [this.#topOf.get(edge.from), this.#topOf.get(edge.to)];
        if (from === undefined || to === undefined) {
            return;
        }
        if (from === to) {
            this.#inside(from, edge);
            return;
        }
        for (const [top, node] of [
            [from, edge.from],
            [to, edge.to],
        ] as const) {
            // From the world down into a region from above; between regions, and around them, below.
            const side = sideOf(top, top === from ? to : from);
            const port = portOf(node, edge.kind, side);
            const known = this.#ports.get(top.id) ?? new Map<string, "NORTH" | "SOUTH">();
            if (!known.has(port)) {
                known.set(port, side);
                this.#ports.set(top.id, known);
                this.#inside(
                    top,
                    side === "NORTH"
                        ? { id: port, from: port, to: node, kind: edge.kind, port: "from" }
                        : { id: port, from: node, to: port, kind: edge.kind, port: "to" },
                );
            }
        }
    }

    #inside(top: PictureGroup, edge: Inner): void {
        this.#inner.set(top.id, [...(this.#inner.get(top.id) ?? []), edge]);
    }

    /** Lays out one frame at the top. */
    async block(top: PictureGroup, shapes: Shapes): Promise<Block> {
        const around = top.kind === "section";
        const ports = [...(this.#ports.get(top.id) ?? [])].map(([id, side]): ElkPort => ({
            id,
            width: 0,
            height: 0,
            layoutOptions: { "elk.port.side": side },
        }));
        const arrows = [...(this.#inner.get(top.id) ?? []), ...this.#rowsIn(top)];
        const frame: ElkNode = {
            ...this.#toElk(top, portsOf(arrows)),
            ports,
            edges: arrows.map(toElkEdge),
        };
        frame.layoutOptions = {
            ...frame.layoutOptions,
            "elk.portConstraints": "FIXED_SIDE",
            // Where many arrows pass by, it is the other way round.
            ...(top.kind === "world" ? { "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX" } : {}),
        };
        const packing = {
            "elk.algorithm": "rectpacking",
            "elk.aspectRatio": "3",
            "elk.spacing.nodeNode": "12",
        };
        const root: ElkNode = {
            id: "root",
            children: [
                around && ports.length === 0
                    ? {
                          ...frame,
                          layoutOptions: {
                              ...frame.layoutOptions,
                              ...packing,
                              "elk.hierarchyHandling": "SEPARATE_CHILDREN",
                          },
                      }
                    : frame,
            ],
        };
        const placed = await shapes.place(root);
        const own = placed.children?.[0];
        const origin = { x: own?.x ?? 0, y: own?.y ?? 0 };
        const boxes = new Map<string, Box>();
        const lines = new Map<string, readonly Point[]>();
        collect(placed, origin, boxes, lines);
        return { id: top.id, width: own?.width ?? 0, height: own?.height ?? 0, boxes, lines };
    }

    /**
     * @param least The width that a node has at least: a frame's lines have to have room, and ELK's own minimum is not
     * kept inside of others.
     */
    #toElk(
        child: PictureGroup | PictureNode,
        ports: ReadonlyMap<string, readonly ElkPort[]>,
        least = 0,
    ): ElkNode {
        if ("zones" in child) {
            return {
                id: child.id,
                width: Math.max(least, nodeWidth(child)),
                height: NODE_HEIGHT,
                ports: [...(ports.get(child.id) ?? [])],
            };
        }
        const inside = this.#children.get(child.id) ?? [];
        const { words, title, top, left, bottom } = measured(child);
        return inside.length === 0
            ? { id: child.id, width: words, height: title + 6 }
            : {
                  id: child.id,
                  layoutOptions: {
                      "elk.padding": `[top=${top},left=${left},bottom=${bottom},right=${PADDING}]`,
                  },
                  children: inside.map((each) => this.#toElk(each, ports, words - left - PADDING)),
              };
    }

    /**
     * Arrows that are not drawn, from each row of a frame to the next one: without them the engine puts all that is
     * equal into one row, however wide. Its own bounds for that are not kept inside of frames.
     */
    #rowsIn(top: PictureGroup): Inner[] {
        const inner = this.#inner.get(top.id) ?? [];
        return this.#groupsIn(top)
            .flatMap((group) =>
                rowsOf(this.#children.get(group.id) ?? [], inner, group.kind).flatMap((row, index, rows) =>
                    row.map((to, place): Inner => {
                        const above = rows[index - 1] ?? [];
                        const from = above[Math.floor((place * above.length) / row.length)] ?? to;
                        return { id: `${from}>${to}`, from, to };
                    }),
                ),
            )
            .filter(({ from, to }) => from !== to);
    }

    #groupsIn(group: PictureGroup): PictureGroup[] {
        const inside = this.#children.get(group.id) ?? [];
        return [group, ...inside.flatMap((child) => ("zones" in child ? [] : this.#groupsIn(child)))];
    }
}

/** The parts of a frame in rows, where there are more than can be read side by side. */
function rowsOf(
    inside: readonly (PictureGroup | PictureNode)[],
    inner: readonly Inner[],
    kind: PictureGroup["kind"],
): string[][] {
    const nodes = new Set(inside.filter((child) => "zones" in child).map(({ id }) => id));
    const own = inner.filter(({ from, to }) => nodes.has(from) && nodes.has(to));
    if (kind === "network") {
        // What no arrow leads to stands beside the tiers.
        const joined = new Set(inner.flatMap(({ from, to }) => [from, to]));
        return [...nodes].filter((id) => !joined.has(id)).map((id) => [id]);
    }
    const depths = depthsOf([...nodes], own);
    const rows = [...new Set(depths.values())]
        .sort((one, other) => one - other)
        .flatMap((depth) => {
            const equal = [...nodes].filter((id) => depths.get(id) === depth);
            const count = Math.ceil(equal.length / (kind === "world" ? IN_A_ROW_OF_WORLD : IN_A_ROW));
            return Array.from({ length: count }, (_, row) =>
                equal.filter((_id, index) => Math.floor((index * count) / equal.length) === row),
            );
        });
    return rows.length > new Set(depths.values()).size ? rows : [];
}

/** How much room a frame's words need: above what is in it, and for a tier, whose subnets are many, to the left. */
function measured({ subnets = [], kind, label, caption = "" }: PictureGroup): {
    readonly words: number;
    readonly title: number;
    readonly top: number;
    readonly left: number;
    readonly bottom: number;
} {
    const title = textWidth(label, kind === "region" ? 17 : 13, true) + textWidth(caption, 11) + 32;
    const lines = subnets.map(
        ({ zone, cidrBlock }) => 24 + (zone.length + 2 + cidrBlock.length) * MONOSPACED,
    );
    const words = stepped(Math.max(title, ...lines));
    const height = TITLE[kind] + subnets.length * SUBNET_HEIGHT;
    if (subnets.length === 0) {
        return { words, title: height, top: height, left: PADDING, bottom: PADDING };
    }
    const room = Math.max(PADDING, (height - NODE_HEIGHT) / 2);
    return { words, title: height, top: room, left: words, bottom: room };
}

/** How many arrows lead to each at most, without the ones that lead in a circle. */
function depthsOf(ids: readonly string[], arrows: readonly Inner[]): ReadonlyMap<string, number> {
    const depths = new Map(ids.map((id) => [id, 0]));
    for (let turn = 0, changed = true; changed && turn < ids.length; turn += 1) {
        changed = false;
        for (const { from, to } of arrows) {
            const depth = (depths.get(from) ?? 0) + 1;
            if (from !== to && depth < ids.length && (depths.get(to) ?? 0) < depth) {
                depths.set(to, depth);
                changed = true;
            }
        }
    }
    return depths;
}

/** Lays out each shape once: regions are equal but for their names. */
class Shapes {
    readonly #known = new Map<string, Promise<ElkNode>>();

    async place(graph: ElkNode): Promise<ElkNode> {
        const numbers = new Map<string, string>();
        const names: string[] = [];
        const numberOf = (id: string): string => {
            const known = numbers.get(id) ?? String(names.length);
            if (!numbers.has(id)) {
                numbers.set(id, known);
                names.push(id);
            }
            return known;
        };
        const shape = JSON.stringify(renamed(graph, numberOf));
        const placed = this.#known.get(shape) ?? this.#layOut(shape);
        this.#known.set(shape, placed);
        return renamed(await placed, (number) => names[Number(number)] ?? number);
    }

    #layOut(shape: string): Promise<ElkNode> {
        const Engine = load("elkjs/lib/elk.bundled.js") as typeof ELK;
        // As options of the outermost graph they would not be those of the frames in it.
        return new Engine({ defaultLayoutOptions: OPTIONS }).layout(JSON.parse(shape) as ElkNode);
    }
}

/** The same graph with other ids. */
function renamed(node: ElkNode, name: (id: string) => string): ElkNode {
    return {
        ...node,
        id: name(node.id),
        ...(node.children === undefined
            ? {}
            : { children: node.children.map((child) => renamed(child, name)) }),
        ...(node.ports === undefined
            ? {}
            : { ports: node.ports.map((port) => ({ ...port, id: name(port.id) })) }),
        ...(node.edges === undefined
            ? {}
            : {
                  edges: node.edges.map((edge) => ({
                      ...edge,
                      id: name(edge.id),
                      sources: edge.sources.map(name),
                      targets: edge.targets.map(name),
                  })),
              }),
    };
}

/** The ports of parts, by the parts. */
function portsOf(arrows: readonly Inner[]): ReadonlyMap<string, readonly ElkPort[]> {
    const ports = new Map<string, Map<string, ElkPort>>();
    for (const arrow of arrows) {
        for (const end of ["from", "to"] as const) {
            if (arrow.port !== end && arrow.kind !== undefined) {
                const own = ports.get(arrow[end]) ?? new Map<string, ElkPort>();
                const id = innerPort(arrow, end);
                own.set(id, { id, width: 0, height: 0 });
                ports.set(arrow[end], own);
            }
        }
    }
    return new Map([...ports].map(([node, own]) => [node, [...own.values()]]));
}

function innerPort(arrow: Inner, end: "from" | "to"): string {
    return arrow.kind === undefined || arrow.port === end ? arrow[end] : `${arrow[end]}|${arrow.kind}|${end}`;
}

function toElkEdge(arrow: Inner): ElkExtendedEdge {
    return { id: arrow.id, sources: [innerPort(arrow, "from")], targets: [innerPort(arrow, "to")] };
}

function collect(
    node: ElkNode,
    origin: Point,
    boxes: Map<string, Box>,
    lines: Map<string, readonly Point[]>,
): void {
    const moved = ({ x, y }: Point): Point => ({ x: x - origin.x, y: y - origin.y });
    for (const { id, sections = [] } of node.edges ?? []) {
        const [section] = sections;
        if (section !== undefined) {
            lines.set(id, [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(moved));
        }
    }
    for (const child of node.children ?? []) {
        const { id, x = 0, y = 0, width = 0, height = 0 } = child;
        boxes.set(id, { ...moved({ x, y }), width, height });
        collect(child, origin, boxes, lines);
    }
}
