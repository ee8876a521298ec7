/**
 * What happens when a region, a zone or a part is lost: where people's requests and writes go, what cannot be reached,
 * and what data is lost at most. A pure function of the drawing, which the page runs as well as the tests.
 */
import { type Load, loadOf, loadWithoutZone, type Move } from "./load";
import { type Bound, type Copy, type PictureNode, type Route, type System, type Target } from "./types";

/** What is lost. */
export type Lost =
    | { readonly kind: "region"; readonly region: string }
    | { readonly kind: "zone"; readonly zone: string }
    | { readonly kind: "node"; readonly node: string };

/** Where the requests of one way in go. */
export interface TrafficChange {
    readonly entry: string;
    /** The paths of a distribution's behaviour; left out where there is one way. */
    readonly path?: string;
    readonly before: readonly string[];
    /** Without those that are lost: empty where requests fail. */
    readonly after: readonly string[];
    /** True where some requests still go to what is lost, since nothing notices. */
    readonly fails: boolean;
    /** How long it takes until they go elsewhere, and who says so. */
    readonly noticed: readonly Bound[];
    /** Only reads go to the other one: an origin group asks it for GET, HEAD and OPTIONS alone. */
    readonly readsOnly: boolean;
}

/** What becomes of the writes to a store. */
export interface WriteChange {
    readonly store: string;
    /** Who takes them from then on; left out where nobody does. */
    readonly by?: string;
    /** What has to be done first; left out where nothing has to be. */
    readonly promotion?: string;
    readonly text: string;
}

/** What is lost of a store's data. */
export interface DataLoss extends Bound {
    readonly store: string;
    /** Where a copy is. */
    readonly copy?: string;
    /** True where no copy is outside of what is lost. */
    readonly all: boolean;
}

/** A part that is there and cannot do its work. */
export interface Impaired {
    readonly node: string;
    readonly uses: readonly string[];
}

export interface Outcome {
    readonly lost: readonly string[];
    /** Those that go on with less: in other zones. */
    readonly weakened: readonly { readonly node: string; readonly zones: number; readonly left: number }[];
    readonly traffic: readonly TrafficChange[];
    readonly writes: readonly WriteChange[];
    /** What is there, was reached by people before, and is not any more. */
    readonly unreachable: readonly string[];
    readonly impaired: readonly Impaired[];
    readonly data: readonly DataLoss[];
    /** Whether what is left can carry it. */
    readonly load: readonly Load[];
}

/** Kinds that are of no use when nothing behind them answers. */
const FORWARDING = new Set<PictureNode["kind"]>(["balancer", "api"]);
const STORES = new Set<PictureNode["kind"]>([
    "database",
    "table",
    "search",
    "bucket",
    "files",
    "disk",
    "users",
    "cache",
    "queue",
    "stream",
]);

/** All that can be lost of a system: its regions, and the zones and parts that something is in. */
export function losses(system: System): {
    readonly regions: string[];
    readonly zones: string[];
    readonly nodes: PictureNode[];
} {
    const regions = new Set(
        system.groups.filter(({ kind }) => kind === "region").flatMap(({ region }) => region ?? []),
    );
    const zones = new Set(system.nodes.flatMap((node) => node.zones));
    const nodes = system.nodes.filter(({ kind }) => kind !== "viewers" && kind !== "other");
    return { regions: [...regions], zones: [...zones].sort(), nodes };
}

/** Works out what is left. */
export function whatIf(system: System, lost: Lost): Outcome {
    const world = new World(system);
    const gone = system.nodes.filter((node) => isLost(node, lost)).map(({ id }) => id);
    const dead = new Set(gone);
    const weakened =
        lost.kind === "zone"
            ? system.nodes.filter(({ id, zones }) => !dead.has(id) && zones.includes(lost.zone))
            : [];
    const touched = new Set([...gone, ...weakened.map(({ id }) => id)]);
    const reached = { before: world.reached(new Set()), after: world.reached(dead) };
    return {
        lost: gone,
        weakened: weakened.map(({ id, zones }) => ({
            node: id,
            zones: zones.length,
            left: zones.length - 1,
        })),
        traffic: world.traffic(dead),
        writes: system.nodes.flatMap((node) => world.writes(node, dead, touched, lost)),
        unreachable: [...reached.before].filter((id) => !reached.after.has(id) && !dead.has(id)),
        impaired: world.impaired(dead),
        data: system.nodes
            .filter(({ id }) => touched.has(id))
            .flatMap((node) => world.data(node, dead, lost)),
        load: [...world.load(dead, reached), ...loadWithoutZone(weakened)],
    };
}

function isLost(node: PictureNode, lost: Lost): boolean {
    switch (lost.kind) {
        case "region":
            return node.region === lost.region;
        case "zone":
            return node.zones.length > 0 && node.zones.every((zone) => zone === lost.zone);
        case "node":
            return node.id === lost.node;
    }
}

class World {
    readonly #nodes: ReadonlyMap<string, PictureNode>;
    readonly #routes = new Map<string, Route[]>();
    readonly #next = new Map<string, string[]>();
    readonly #uses = new Map<string, string[]>();

    constructor(readonly system: System) {
        this.#nodes = new Map(system.nodes.map((node) => [node.id, node]));
        for (const route of system.routes) {
            this.#routes.set(route.node, [...(this.#routes.get(route.node) ?? []), route]);
        }
        for (const { from, to, kind } of system.edges) {
            if (this.#routes.has(from) || kind === "replication") {
                continue;
            }
            this.#uses.set(from, [...(this.#uses.get(from) ?? []), to]);
            if (kind === "traffic") {
                this.#next.set(from, [...(this.#next.get(from) ?? []), to]);
            }
        }
    }

    traffic(dead: ReadonlySet<string>): TrafficChange[] {
        return this.system.entries.flatMap((entry) => {
            const routes = this.#routes.get(entry);
            if (routes === undefined) {
                return this.#serves(entry, dead) ? [] : [change(entry, undefined, [entry], NOWHERE)];
            }
            return routes.flatMap((route) => {
                const before = this.#walk(route, new Set());
                const after = dead.has(entry) ? NOWHERE : this.#walk(route, dead);
                const same =
                    before.ends.length === after.ends.length &&
                    before.ends.every((end) => after.ends.includes(end));
                return same && !after.broken
                    ? []
                    : [change(entry, routes.length > 1 ? route.path : undefined, before.ends, after)];
            });
        });
    }

    /** Who takes the work of what is lost: what is where requests went before, and where they go now. */
    load(dead: ReadonlySet<string>, { before, after }: Reached): Load[] {
        const moves = this.system.entries
            .filter((entry) => !dead.has(entry))
            .flatMap((entry) => this.#routes.get(entry) ?? [])
            .flatMap((route) => this.#walk(route, dead).moves);
        const lost = this.#behind(
            moves.flatMap(({ from }) => from),
            new Set(),
        ).filter(
            ({ id, kind }) =>
                before.has(id) &&
                !after.has(id) &&
                // A store that is there takes its writes from wherever they come.
                (dead.has(id) || !STORES.has(kind)),
        );
        const taking = this.#behind(
            moves.flatMap(({ to }) => to),
            dead,
        ).filter((node) => !lost.includes(node));
        const copies = new Map(lost.map(({ id }) => [id, this.#copiesOf(id).map(({ to }) => to)] as const));
        return loadOf(lost, taking, before, copies);
    }

    /** Some parts, and all that these use. */
    #behind(ids: readonly string[], dead: ReadonlySet<string>): PictureNode[] {
        const found = followed(ids, dead, (id) => this.#uses.get(id) ?? []);
        return [...found].flatMap((id) => this.#nodes.get(id) ?? []);
    }

    /** Whether something answers: it is there, and of what only hands on, something behind it. */
    #serves(id: string, dead: ReadonlySet<string>, visited: readonly string[] = []): boolean {
        if (dead.has(id)) {
            return false;
        }
        if (visited.includes(id)) {
            return true;
        }
        const routes = this.#routes.get(id);
        if (routes !== undefined) {
            return routes.every(({ targets }) =>
                targets.some(({ to }) => this.#serves(to, dead, [...visited, id])),
            );
        }
        const behind = FORWARDING.has(this.#nodes.get(id)?.kind ?? "other") ? (this.#next.get(id) ?? []) : [];
        return behind.length === 0 || behind.some((each) => this.#serves(each, dead, [...visited, id]));
    }

    #chosen(
        { policy, targets }: Route,
        dead: ReadonlySet<string>,
    ): { targets: readonly Target[]; failed: readonly Target[] } {
        const failed = targets.filter(({ to }) => !this.#serves(to, dead));
        const fine = targets.filter((target) => !failed.includes(target));
        if (policy === "failover" || policy === "origin group") {
            const primary = targets.find(({ role }) => role === "primary") ?? targets[0];
            const secondary = fine.find(({ role }) => role === "secondary");
            if (primary === undefined || !failed.includes(primary)) {
                return { targets: primary === undefined ? [] : [primary], failed: [] };
            }
            return secondary === undefined || primary.noticed === undefined
                ? { targets: [primary], failed: [primary] }
                : { targets: [secondary], failed: [primary] };
        }
        // What fails unnoticed is still handed out; where all fail, Route 53 hands out all.
        const unnoticed = failed.filter(({ noticed }) => noticed === undefined);
        return { targets: fine.length === 0 ? targets : [...fine, ...unnoticed], failed };
    }

    /** The ends of a way, by what is chosen at each name on it. */
    #walk(route: Route, dead: ReadonlySet<string>, visited: readonly string[] = []): Walk {
        const { targets, failed } = this.#chosen(route, dead);
        const walks = targets.map(({ to }): Walk => {
            const further = visited.includes(to) ? [] : (this.#routes.get(to) ?? []).slice(0, 1);
            const [next] = further;
            if (next !== undefined && !dead.has(to)) {
                return this.#walk(next, dead, [...visited, route.node]);
            }
            const serves = this.#serves(to, dead);
            return { ends: serves ? [to] : [], broken: !serves, noticed: [], readsOnly: false, moves: [] };
        });
        const moved = failed.filter((target) => !targets.includes(target));
        const ends = unique(walks.flatMap((walk) => walk.ends));
        const from = moved.flatMap(({ to }) => {
            const [next] = this.#routes.get(to) ?? [];
            return next === undefined ? [to] : this.#walk(next, new Set()).ends;
        });
        return {
            ends,
            moves: [
                ...(from.length === 0 || ends.length === 0 ? [] : [{ from, to: ends }]),
                ...walks.flatMap(({ moves }) => moves),
            ],
            broken: walks.length === 0 || walks.some(({ broken }) => broken),
            noticed: [
                ...moved.flatMap(({ noticed }) => noticed ?? []),
                ...walks.flatMap(({ noticed }) => noticed),
            ],
            readsOnly:
                (route.policy === "origin group" && moved.length > 0) ||
                walks.some(({ readsOnly }) => readsOnly),
        };
    }

    /** What people's requests come to. */
    reached(dead: ReadonlySet<string>): ReadonlySet<string> {
        return followed(
            this.system.entries,
            dead,
            (id) =>
                this.#routes
                    .get(id)
                    ?.flatMap((route) => this.#chosen(route, dead).targets.map(({ to }) => to)) ??
                this.#uses.get(id) ??
                [],
        );
    }

    impaired(dead: ReadonlySet<string>): Impaired[] {
        return [...this.#uses].flatMap(([node, used]) => {
            const uses = used.filter((each) => dead.has(each));
            return dead.has(node) || uses.length === 0 || this.#nodes.get(node)?.kind === "viewers"
                ? []
                : [{ node, uses }];
        });
    }

    writes(
        node: PictureNode,
        dead: ReadonlySet<string>,
        touched: ReadonlySet<string>,
        lost: Lost,
    ): WriteChange[] {
        const { id, keeps } = node;
        if (!touched.has(id) || !STORES.has(node.kind)) {
            return [];
        }
        if (!dead.has(id)) {
            return keeps === undefined
                ? []
                : [{ store: id, by: id, text: "takes writes in its other zones" }];
        }
        const copies = this.#copiesOf(id);
        const [source] = this.system.copies.filter(({ to }) => to === id);
        if (source !== undefined && !dead.has(source.from)) {
            return [
                { store: source.from, by: source.from, text: "takes writes as before, without this copy" },
            ];
        }
        const all = copies.find(({ writers }) => writers === "all");
        if (all !== undefined) {
            return [{ store: id, by: all.to, text: `${all.how}: the other region's takes writes as it is` }];
        }
        const promoted = copies.find(({ promotion }) => promotion !== undefined);
        if (promoted !== undefined) {
            return [
                {
                    store: id,
                    by: promoted.to,
                    promotion: promoted.promotion ?? "",
                    text: `${promoted.how}: nothing takes writes until it is promoted`,
                },
            ];
        }
        const stopped =
            lost.kind === "node"
                ? "nothing takes writes"
                : `nothing takes writes until the ${lost.kind} is back, or it is made anew elsewhere`;
        return [
            {
                store: id,
                text:
                    copies.length > 0
                        ? `${copies[0]?.how ?? ""}: the copy is read alone; ${stopped}`
                        : stopped,
            },
        ];
    }

    data(node: PictureNode, dead: ReadonlySet<string>, lost: Lost): DataLoss[] {
        const { id, keeps } = node;
        if (!STORES.has(node.kind) && this.#copiesOf(id).length === 0) {
            return [];
        }
        if (lost.kind === "zone") {
            return keeps === undefined ? [] : [{ store: id, all: false, ...keeps.loses }];
        }
        const [source] = this.system.copies.filter(({ to }) => to === id);
        if (source !== undefined && source.writers === "one" && !dead.has(source.from)) {
            // What is lost is the copy.
            return [
                {
                    store: id,
                    copy: source.from,
                    all: false,
                    text: "nothing",
                    source: `${source.how}: it is written to at its source, which is there`,
                },
            ];
        }
        const found = [
            ...this.#copiesOf(id).map(({ to, loses }): DataLoss => ({
                store: id,
                copy: to,
                all: false,
                ...loses,
            })),
            ...(node.backups ?? [])
                .filter(({ region }) => lost.kind !== "region" || region !== lost.region)
                .map(({ region, text, source: from }): DataLoss => ({
                    store: id,
                    all: false,
                    text,
                    source: `${from}, in ${region}`,
                })),
        ];
        if (found.length > 0) {
            return found;
        }
        const only =
            lost.kind === "region"
                ? "all that is in it: no copy is outside of the region"
                : "all that is in it: there is no copy";
        return [
            {
                store: id,
                all: true,
                text: only,
                source: "no replication, and no backup copied, in these stacks",
            },
        ];
    }

    /** Copies in both directions, where either takes writes. */
    #copiesOf(id: string): Copy[] {
        return [
            ...this.system.copies.filter(({ from }) => from === id),
            ...this.system.copies
                .filter(({ to, writers }) => to === id && writers === "all")
                .map(({ from, to, ...copy }) => ({ ...copy, from: to, to: from })),
        ];
    }
}

/** What people's requests come to, with all that is there and without what is lost. */
interface Reached {
    readonly before: ReadonlySet<string>;
    readonly after: ReadonlySet<string>;
}

/** Some parts that are there, and those that are next to them, and so on. */
function followed(
    ids: readonly string[],
    dead: ReadonlySet<string>,
    next: (id: string) => readonly string[],
): ReadonlySet<string> {
    const found = new Set<string>();
    const waiting = [...ids];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        if (!found.has(at) && !dead.has(at)) {
            found.add(at);
            waiting.push(...next(at));
        }
    }
    return found;
}

interface Walk {
    readonly ends: readonly string[];
    readonly broken: boolean;
    readonly noticed: readonly Bound[];
    readonly readsOnly: boolean;
    readonly moves: readonly Move[];
}

const NOWHERE: Walk = { ends: [], broken: true, noticed: [], readsOnly: false, moves: [] };

function change(
    entry: string,
    path: string | undefined,
    before: readonly string[],
    { ends, broken, noticed, readsOnly }: Walk,
): TrafficChange {
    const seen = new Map(noticed.map((bound) => [`${bound.text} ${bound.source}`, bound]));
    return {
        entry,
        ...(path === undefined ? {} : { path }),
        before,
        after: ends,
        fails: broken,
        noticed: [...seen.values()],
        readsOnly,
    };
}

function unique(texts: readonly string[]): string[] {
    return [...new Set(texts)];
}
