/** Puts the blocks of a drawing beside one another, and leads arrows between them through the streets. */
import { type Block, type Box, type Layout, type Point, portOf, sideOf } from "./places";
import { type PictureEdge, type PictureGroup, type System } from "./types";

/** Between two arrows in a street. */
const LANE = 9;
/** Between a street's side and its first arrow. */
const KERB = 16;
const BETWEEN = 40;
const MARGIN = 16;
/** Regions side by side. More go into further rows. */
const COLUMNS = 4;

interface Passage {
    readonly edge: PictureEdge;
    /** In the rows' order: the upper end first. */
    readonly ends: readonly [End, End];
    readonly turned: boolean;
}

interface End {
    readonly row: number;
    readonly block: Block;
    readonly port: string;
    readonly side: "NORTH" | "SOUTH";
}

/** A horizontal piece of an arrow in a street: those of one port share it. */
interface Lane {
    readonly street: number;
    readonly key: string;
    from: number;
    to: number;
}

/** Streets lie above each row and below the last one, and corridors to the left of all rows. */
export class Streets {
    /** The blocks side by side, from above: the world, regions, what is around them. */
    readonly #rows: readonly (readonly Block[])[];
    readonly #passages: readonly Passage[];
    readonly #x = new Map<Block, number>();
    readonly #y = new Map<Block, number>();
    readonly #lanes = new Map<string, Lane>();
    readonly #corridors = new Map<string, number>();
    readonly #laneY = new Map<Lane, number>();

    constructor(
        readonly system: System,
        crossing: readonly PictureEdge[],
        tops: readonly PictureGroup[],
        readonly blocks: ReadonlyMap<string, Block>,
        readonly topOf: (node: string) => PictureGroup | undefined,
    ) {
        this.#rows = rowsOf(tops, blocks);
        this.#passages = crossing.flatMap((edge) => this.#passage(edge));
    }

    layout(): Layout {
        const left = MARGIN + this.#corridorWidth();
        const widths = this.#rows.map((blocks) =>
            blocks.reduce((sum, { width }) => sum + width, BETWEEN * (blocks.length - 1)),
        );
        const widest = Math.max(0, ...widths);
        this.#rows.forEach((blocks, row) => {
            // Beside corridors all rows begin at the left: what comes down them is near.
            let x = left + (this.#corridors.size > 0 ? 0 : (widest - (widths[row] ?? 0)) / 2);
            for (const block of blocks) {
                this.#x.set(block, x);
                x += block.width + BETWEEN;
            }
        });
        const routes = this.#passages.map((passage) => this.#route(passage));
        let y = MARGIN;
        this.#rows.forEach((blocks, row) => {
            y += this.#placeLanes(row, y);
            blocks.forEach((block) => this.#y.set(block, y));
            y += Math.max(0, ...blocks.map(({ height }) => height));
        });
        y += this.#placeLanes(this.#rows.length, y);
        const boxes = new Map<string, Box>();
        const lines = new Map<string, readonly Point[]>();
        for (const block of this.blocks.values()) {
            const [dx, dy] = [this.#x.get(block) ?? 0, this.#y.get(block) ?? 0];
            block.boxes.forEach((box, id) => boxes.set(id, { ...box, x: box.x + dx, y: box.y + dy }));
            block.lines.forEach((points, id) =>
                lines.set(
                    id,
                    points.map((point) => ({ x: point.x + dx, y: point.y + dy })),
                ),
            );
        }
        this.#passages.forEach(({ edge, ends: [upper, lower], turned }, index) => {
            const start = lines.get(upper.port) ?? [];
            const end = lines.get(lower.port) ?? [];
            const between = (routes[index] ?? []).map(({ x, lane }) => ({
                x,
                y: this.#laneY.get(lane) ?? 0,
            }));
            // A port's own line leads from it, or to it, by its side.
            const first = upper.side === "SOUTH" ? start : start.toReversed();
            const last = lower.side === "NORTH" ? end : end.toReversed();
            const points = straightened([...first, ...between, ...last]);
            lines.set(edge.id, turned ? points.toReversed() : points);
        });
        const own = new Set(this.system.edges.map(({ id }) => id));
        return {
            width: Math.ceil(left + widest + MARGIN),
            height: Math.ceil(y + MARGIN - KERB),
            boxes,
            lines: new Map([...lines].filter(([id]) => own.has(id))),
        };
    }

    #corridorWidth(): number {
        const far = this.#passages.filter(({ ends: [upper, lower] }) => streetOf(upper) !== streetOf(lower));
        far.forEach(({ edge, ends: [upper] }) => {
            const key = `${upper.port} ${edge.kind}`;
            if (!this.#corridors.has(key)) {
                this.#corridors.set(key, this.#corridors.size);
            }
        });
        return this.#corridors.size === 0 ? 0 : this.#corridors.size * LANE + KERB;
    }

    #passage(edge: PictureEdge): Passage[] {
        const ends = [edge.from, edge.to].map((node, index): End | undefined => {
            const [top, other] = [this.topOf(node), this.topOf(index === 0 ? edge.to : edge.from)];
            const block = this.blocks.get(top?.id ?? "");
            if (top === undefined || other === undefined || block === undefined) {
                return undefined;
            }
            const side = sideOf(top, other);
            return {
                block,
                side,
                port: portOf(node, edge.kind, side),
                row: this.#rows.findIndex((blocks) => blocks.includes(block)),
            };
        });
        const [from, to] = ends;
        if (from === undefined || to === undefined) {
            return [];
        }
        const turned =
            streetOf(from) > streetOf(to) || (streetOf(from) === streetOf(to) && from.side === "NORTH");
        return [{ edge, ends: turned ? [to, from] : [from, to], turned }];
    }

    /** The corners of an arrow in the streets: along the lane of its upper end, and where that is elsewhere, down a corridor. */
    #route({ edge, ends: [upper, lower] }: Passage): { x: number; lane: Lane }[] {
        const [start, end] = [this.#portX(upper), this.#portX(lower)];
        const [first, last] = [streetOf(upper), streetOf(lower)];
        if (first === last) {
            const lane = this.#lane(first, `${upper.port} ${edge.kind}`, start, end);
            return [
                { x: start, lane },
                { x: end, lane },
            ];
        }
        const x = MARGIN + (this.#corridors.get(`${upper.port} ${edge.kind}`) ?? 0) * LANE;
        const one = this.#lane(first, `${upper.port} ${edge.kind}`, start, x);
        const other = this.#lane(last, `${lower.port} ${edge.kind}`, x, end);
        return [
            { x: start, lane: one },
            { x, lane: one },
            { x, lane: other },
            { x: end, lane: other },
        ];
    }

    #portX({ block, port, side }: End): number {
        const points = block.lines.get(port) ?? [];
        const at = side === "NORTH" ? points[0] : points.at(-1);
        return (this.#x.get(block) ?? 0) + (at?.x ?? block.width / 2);
    }

    #lane(street: number, key: string, ...xs: readonly number[]): Lane {
        const id = `${street} ${key}`;
        const known = this.#lanes.get(id) ?? { street, key, from: Infinity, to: -Infinity };
        known.from = Math.min(known.from, ...xs);
        known.to = Math.max(known.to, ...xs);
        this.#lanes.set(id, known);
        return known;
    }

    /** Gives each lane of a street its height; those that do not touch share one. Returns the street's width. */
    #placeLanes(street: number, top: number): number {
        const lanes = [...this.#lanes.values()].filter((lane) => lane.street === street);
        const taken: Lane[][] = [];
        for (const lane of lanes.toSorted((one, other) => one.to - one.from - (other.to - other.from))) {
            const free = taken.find((others) =>
                others.every((other) => lane.to + LANE < other.from || other.to + LANE < lane.from),
            );
            if (free === undefined) {
                taken.push([lane]);
            } else {
                free.push(lane);
            }
        }
        taken.forEach((others, index) => {
            others.forEach((lane) => this.#laneY.set(lane, top + KERB + index * LANE));
        });
        if (taken.length > 0) {
            return 2 * KERB + (taken.length - 1) * LANE;
        }
        return street === 0 ? 0 : KERB * 1.5;
    }
}

/** The street by which an arrow leaves a block: the one above its row, or the one below it. */
function streetOf({ row, side }: End): number {
    return side === "NORTH" ? row : row + 1;
}

function rowsOf(tops: readonly PictureGroup[], blocks: ReadonlyMap<string, Block>): Block[][] {
    const of = (kind: PictureGroup["kind"]): Block[] =>
        tops.filter((top) => top.kind === kind).flatMap(({ id }) => blocks.get(id) ?? []);
    const regions = of("region");
    const columns = Math.min(COLUMNS, Math.max(1, Math.ceil(Math.sqrt(regions.length * 1.5))));
    const inRows = (all: readonly Block[]): Block[][] =>
        Array.from({ length: Math.ceil(all.length / columns) }, (_, row) =>
            all.slice(row * columns, (row + 1) * columns),
        );
    const rows = [of("world"), ...inRows(regions), ...inRows(of("section"))];
    return rows.filter((row) => row.length > 0);
}

/** Without corners that are none, or that are there twice. */
function straightened(points: readonly Point[]): Point[] {
    const found: Point[] = [];
    for (const point of points) {
        const [before, last] = [found.at(-2), found.at(-1)];
        if (last !== undefined && near(last.x, point.x) && near(last.y, point.y)) {
            continue;
        }
        const straight =
            before !== undefined &&
            last !== undefined &&
            ((near(before.x, last.x) && near(last.x, point.x)) ||
                (near(before.y, last.y) && near(last.y, point.y)));
        if (straight) {
            found.pop();
        }
        found.push(point);
    }
    return found;
}

function near(one: number, other: number): boolean {
    return Math.abs(one - other) < 0.5;
}
