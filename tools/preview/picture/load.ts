/** Whether what is left can carry the load of what is lost, as far as counts of resources say it. */
import { plural } from "../render/text";
import { type Capacity, type PictureNode } from "./types";

/** Requests that went to some parts and go to others now. */
export interface Move {
    readonly from: readonly string[];
    readonly to: readonly string[];
}

/** What takes the work of lost parts of the same name. */
export interface Load {
    readonly lost: readonly string[];
    /** Who takes it; empty where nobody does. */
    readonly by: readonly string[];
    /**
     * `ready`: with what runs. `grows`: once it has grown. `short`: not even when it has grown to its most.
     * `unknown`: the resources do not say it.
     */
    readonly verdict: "ready" | "grows" | "short" | "unknown";
    readonly text: string;
    readonly source: string;
}

/** What no program says, and all answers depend on. */
export const NOT_KNOWN =
    "Counted is what the resources ask for, not what is used: how busy the parts are, how long new ones take to start, quotas of the account, and whether AWS has as many to give, are not in a program.";

/** Kinds that do the work of requests. */
const WORKING = new Set<PictureNode["kind"]>([
    "api",
    "instances",
    "service",
    "function",
    "workflow",
    "database",
    "table",
    "cache",
    "search",
    "stream",
]);

/** What lost parts did, and what others do, in the same unit. */
interface Sum {
    readonly now: number;
    readonly most: number;
}

function sum(all: readonly Capacity[]): Sum {
    return {
        now: all.reduce((total, { now }) => total + now, 0),
        most: all.reduce((total, { most }) => total + most, 0),
    };
}

/**
 * Who takes the work of lost parts.
 *
 * @param lost Parts that did some, and do none any more.
 * @param taking Parts that are where requests go now.
 * @param busy Those of them that have work of their own.
 */
export function loadOf(
    lost: readonly PictureNode[],
    taking: readonly PictureNode[],
    busy: ReadonlySet<string>,
    copies: ReadonlyMap<string, readonly string[]>,
): Load[] {
    const replaced = (node: PictureNode): readonly PictureNode[] =>
        alike(node, taking, copies.get(node.id) ?? []);
    const found = new Map<string, { lost: PictureNode[]; by: readonly PictureNode[] }>();
    for (const node of lost.filter(({ capacity }) => capacity !== undefined)) {
        const by = replaced(node);
        const key = by.length === 0 ? node.id : by.map(({ id }) => id).join(" ");
        const known = found.get(key) ?? { lost: [], by };
        known.lost.push(node);
        found.set(key, known);
    }
    const uncounted = lost.filter(
        (node) => node.capacity === undefined && WORKING.has(node.kind) && replaced(node).length > 0,
    );
    return [
        ...[...found.values()].map(({ lost: gone, by }) => verdictOn(gone, by, busy)),
        ...(uncounted.length === 0
            ? []
            : [
                  {
                      lost: uncounted.map(({ id }) => id),
                      by: [...new Set(uncounted.flatMap(replaced).map(({ id }) => id))],
                      verdict: "unknown" as const,
                      text: "no count says how much they carry: AWS scales them, or their size does",
                      source: "no number of instances, tasks or ACU in their resources",
                  },
              ]),
    ];
}

/** Parts of the same kind: those with a copy of its data, or with its name, or the only one. */
function alike(
    { kind, label }: PictureNode,
    taking: readonly PictureNode[],
    copies: readonly string[],
): readonly PictureNode[] {
    const same = taking.filter((each) => each.kind === kind);
    const copied = same.filter(({ id }) => copies.includes(id));
    const named = same.filter((each) => each.label === label);
    return copied.length > 0 ? copied : named.length > 0 || same.length > 1 ? named : same;
}

function verdictOn(
    lost: readonly PictureNode[],
    by: readonly PictureNode[],
    busy: ReadonlySet<string>,
): Load {
    const ends = { lost: lost.map(({ id }) => id), by: by.map(({ id }) => id) };
    const gone = lost.flatMap(({ capacity }) => capacity ?? []);
    const own = by.flatMap(({ capacity }) => capacity ?? []);
    const [first] = gone;
    const source = [...new Set([...gone, ...own].map((each) => each.source))].join("; ");
    const unknown = (text: string): Load => ({ ...ends, verdict: "unknown", text, source });
    if (by.length === 0) {
        return unknown("nothing of its kind and name is where requests go");
    }
    if (first === undefined || own.length < by.length) {
        return unknown("its resources do not say how much it can carry");
    }
    const sizes = new Set([...gone, ...own].map(({ unit, size = "" }) => `${unit} ${size}`));
    if (sizes.size > 1) {
        const named = new Set([...gone, ...own].map(({ unit, size }) => size ?? unit));
        return unknown(`of another size: ${[...named].join(" and ")}`);
    }
    const before = sum(gone);
    const has = sum(own);
    const working = sum(by.flatMap(({ id, capacity }) => (busy.has(id) ? (capacity ?? []) : [])));
    const asked = { now: before.now + working.now, most: before.most + working.most };
    const peak =
        has.most >= asked.most
            ? ""
            : `; when all had grown to their most, ${count(asked.most, first.unit)} for which there are ${has.most}`;
    if (has.now >= asked.now) {
        return {
            ...ends,
            verdict: has.most >= asked.most ? "ready" : "grows",
            text: `${count(has.now, first.unit)} for the work of ${asked.now}${peak}`,
            source,
        };
    }
    return {
        ...ends,
        verdict: has.most >= asked.now ? "grows" : "short",
        text:
            has.most >= asked.now
                ? `has to grow from ${has.now} to ${count(asked.now, first.unit)}, and may to ${has.most}${peak}`
                : `${count(has.most, first.unit)} at most for the work of ${asked.now}`,
        source,
    };
}

/** What parts that lose a zone have until their instances are made anew in the others. */
export function loadWithoutZone(nodes: readonly PictureNode[]): Load[] {
    return nodes.flatMap(({ id, kind, capacity, zones }): Load[] => {
        // Of a database one instance writes, wherever it is.
        if (capacity === undefined || capacity.now === 0 || kind === "database" || zones.length < 2) {
            return [];
        }
        const { now, most, unit, source } = capacity;
        // Zones are filled evenly: the fullest one is lost.
        const left = now - Math.ceil(now / zones.length);
        return [
            {
                lost: [id],
                by: [id],
                verdict: left === 0 ? "short" : "grows",
                text: `${left} of ${count(now, unit)} until the others are made anew in the other zones; ${most} at most there`,
                source: `${source}, spread evenly`,
            },
        ];
    });
}

function count(many: number, unit: string): string {
    return unit === "ACU" ? `${many} ACU` : plural(many, unit);
}
