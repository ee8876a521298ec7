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
import { type PictureEdge, type PictureGroup, type PictureNode, type System } from "./types";

const load = createRequire(__filename);

/** Where a node's text begins: to the right of its sign. */
export const TEXT_START = 42;
export const SUBNET_HEIGHT = 15;
const WIDEST = 284;
const PADDING = 12;
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
    "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
    "elk.layered.mergeEdges": "true",
    "elk.layered.mergeHierarchyEdges": "true",
};

/** An arrow inside one block, or the part of one that is there. */
interface Inner {
    readonly id: string;
    readonly from: string;
    readonly to: string;
}

/** Places a system. */
export async function layOut(system: System): Promise<Layout> {
    const plan = new Plan(system);
    const blocks = new Map<string, Block>();
    for (const top of plan.tops) {
        blocks.set(top.id, await plan.block(top));
    }
    return new Streets(system, plan.crossing, plan.tops, blocks, (node) => plan.topOf(node)).layout();
}

/** How wide a text is, about: the page's font is not known here. */
export function textWidth(text: string, size: number, bold = false): number {
    return text.length * size * (bold ? 0.67 : 0.57);
}

function nodeWidth({ label, caption }: PictureNode): number {
    const text = Math.max(textWidth(label, 13, true), textWidth(caption, 11));
    return Math.round(Math.min(WIDEST, Math.max(120, text + TEXT_START + 12)));
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
                        ? { id: port, from: port, to: node }
                        : { id: port, from: node, to: port },
                );
            }
        }
    }

    #inside(top: PictureGroup, edge: Inner): void {
        this.#inner.set(top.id, [...(this.#inner.get(top.id) ?? []), edge]);
    }

    /** Lays out one frame at the top. */
    async block(top: PictureGroup): Promise<Block> {
        const Engine = load("elkjs/lib/elk.bundled.js") as typeof ELK;
        const around = top.kind === "section";
        const ports = [...(this.#ports.get(top.id) ?? [])].map(([id, side]): ElkPort => ({
            id,
            width: 0,
            height: 0,
            layoutOptions: { "elk.port.side": side },
        }));
        const frame: ElkNode = {
            ...this.#toElk(top),
            ports,
            edges: (this.#inner.get(top.id) ?? []).map(toElkEdge),
        };
        frame.layoutOptions = { ...frame.layoutOptions, "elk.portConstraints": "FIXED_SIDE" };
        const packing = {
            "elk.algorithm": "rectpacking",
            "elk.aspectRatio": "3",
            "elk.spacing.nodeNode": "12",
        };
        const root: ElkNode = {
            id: "root",
            layoutOptions: OPTIONS,
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
        const placed = await new Engine().layout(root);
        const own = placed.children?.[0];
        const origin = { x: own?.x ?? 0, y: own?.y ?? 0 };
        const boxes = new Map<string, Box>();
        const lines = new Map<string, readonly Point[]>();
        collect(placed, origin, boxes, lines);
        return { id: top.id, width: own?.width ?? 0, height: own?.height ?? 0, boxes, lines };
    }

    /** @param least The width that a node has at least: a frame's lines have to have room, and ELK's own minimum is not kept inside of others. */
    #toElk(child: PictureGroup | PictureNode, least = 0): ElkNode {
        if ("zones" in child) {
            return { id: child.id, width: Math.max(least, nodeWidth(child)), height: NODE_HEIGHT };
        }
        const { subnets = [], kind, label, caption = "" } = child;
        const top = TITLE[kind] + subnets.length * SUBNET_HEIGHT;
        const inside = this.#children.get(child.id) ?? [];
        const title = textWidth(label, kind === "region" ? 17 : 13, true) + textWidth(caption, 11) + 32;
        const lines = subnets.map(
            ({ zone, cidrBlock }) => 24 + (zone.length + 2 + cidrBlock.length) * MONOSPACED,
        );
        const width = Math.round(Math.max(title, ...lines));
        return inside.length === 0
            ? { id: child.id, width, height: top + 6 }
            : {
                  id: child.id,
                  layoutOptions: {
                      "elk.padding": `[top=${top},left=${PADDING},bottom=${PADDING},right=${PADDING}]`,
                  },
                  children: inside.map((each) => this.#toElk(each, width - 2 * PADDING)),
              };
    }
}

function toElkEdge({ id, from, to }: Inner): ElkExtendedEdge {
    return { id, sources: [from], targets: [to] };
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
