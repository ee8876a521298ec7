/** What a loss comes to, in lines that a test can spell out. */
import { pictureOf } from "../../../tools/preview/picture/picture";
import { type PictureNode, type System } from "../../../tools/preview/picture/types";
import { type Lost, whatIf } from "../../../tools/preview/picture/whatIf";
import { type PreviewDocument } from "../../../tools/preview/types";

/** The system that a stack belongs to. */
export function systemWith(document: PreviewDocument, stack: string): System {
    const system = pictureOf(document).systems.find(({ stacks }) => stacks.includes(stack));
    if (system === undefined) {
        throw new Error(`there is no system with ${stack}`);
    }
    return system;
}

/** `db (us-east-1)`. */
export function called({ label, region }: PictureNode): string {
    return region === undefined ? label : `${label} (${region})`;
}

/** One node by what it is called, and by its kind where several are. */
export function nodeCalled(system: System, name: string, kind?: PictureNode["kind"]): PictureNode {
    const found = system.nodes.filter(
        (node) => called(node) === name && (kind === undefined || node.kind === kind),
    );
    const [node] = found;
    if (node === undefined || found.length > 1) {
        throw new Error(`${found.length} nodes are called ${name}`);
    }
    return node;
}

/** What people see, what is written where, and what data is lost at most. */
export interface Told {
    readonly requests: string[];
    readonly writes: string[];
    readonly data: string[];
    readonly unreachable: string[];
    readonly impaired: string[];
    /** Whether what is left can carry it. */
    readonly load: string[];
}

/** Works a loss out, and tells it by names. */
export function told(system: System, lost: Lost): Told {
    const nodes = new Map(system.nodes.map((node) => [node.id, node]));
    const name = (id: string): string => {
        const node = nodes.get(id);
        return node === undefined ? id : called(node);
    };
    const names = (ids: readonly string[]): string => ids.map(name).join(" and ");
    const { traffic, writes, data, unreachable, impaired, load } = whatIf(system, lost);
    return {
        requests: traffic
            .map(({ entry, path, after, fails, readsOnly, noticed }) => {
                const to = after.length === 0 ? "fail" : `go to ${names(after)}${fails ? " or fail" : ""}`;
                const how = noticed.map(({ text }) => `; ${text}`).join("");
                return `${name(entry)}${path === undefined ? "" : ` ${path}`} ${to}${readsOnly ? ", reads alone" : ""}${how}`;
            })
            .sort(),
        writes: writes
            .map(({ store, by, promotion }) => {
                const to = by === undefined ? "nobody" : by === store ? "itself" : name(by);
                return `${name(store)}: ${to}${promotion === undefined ? "" : ` once it is promoted`}`;
            })
            .sort(),
        data: data
            .map(
                ({ store, copy, text, source }) =>
                    `${name(store)}: ${text}${copy === undefined ? "" : ` (${name(copy)})`} [${source}]`,
            )
            .sort(),
        unreachable: unreachable.map(name).sort(),
        load: load
            .map(({ lost: gone, by, verdict, text }) => `${names(gone)} → ${names(by)}: ${verdict}, ${text}`)
            .sort(),
        impaired: impaired.map(({ node, uses }) => `${name(node)} uses ${names(uses)}`).sort(),
    };
}
