/** The drawing of a preview as plain data: what there is, where it is, and what the arrows between it say. */
import { roleAccess, STORES } from "../analysis/access";
import { stacksOf } from "../render/plan";
import { type PreviewDocument } from "../types";
import { backupCopies, copiesOf, impliedCopies, type ItemCopy } from "./build/copies";
import { type ItemRoute, type Names, namesOf, type RoutedName } from "./build/names";
import { Networks } from "./build/network";
import { AROUND, type Draft, drawnItems, Nodes } from "./build/nodes";
import { type Link, type Outside, Scene } from "./build/scene";
import { systemsOf } from "./build/systems";
import { balancerLinks, eventLinks, networkLinks } from "./build/traffic";
import { Inventory, type Item, pictureResource } from "./inventory";
import { DRAWN } from "./kinds";
import {
    type Copy,
    type NodeChange,
    type Picture,
    type PictureEdge,
    type PictureGroup,
    type PictureNode,
    type PictureResource,
    type Route,
    type System,
    type Target,
} from "./types";

/** What is known beside the preview itself, by URN. */
export interface Beside {
    readonly title?: string;
    /** What becomes of resources. */
    readonly changes?: ReadonlyMap<string, NodeChange>;
    /** US dollars a month. */
    readonly costs?: ReadonlyMap<string, number>;
}

/** Draws all stacks of a preview. Stacks whose program failed are drawn as far as it came. */
export function pictureOf(document: PreviewDocument, beside: Beside = {}): Picture {
    const resources: PictureResource[] = [];
    const systems = systemsOf(document).map((stacks, position): System => {
        const inventory = new Inventory(document, stacks);
        const first = resources.length;
        resources.push(...inventory.items.map(pictureResource));
        return new Builder(inventory, stacks, first, beside).system(`s${position}`);
    });
    const title =
        beside.title ??
        stacksOf(document)
            .map(([stack]) => stack)
            .join(", ");
    return { title, systems, resources };
}

const GRAVITY: readonly NodeChange[] = ["delete", "replace", "mayReplace", "update", "create"];

class Builder {
    readonly #scene: Scene;
    readonly #networks: Networks;
    readonly #names: Names;
    readonly #copies: readonly ItemCopy[];
    readonly #nodes: Nodes;
    readonly #links: readonly Link[];
    readonly #drawn: ReadonlySet<Item>;
    readonly #ids = new Map<Draft | RoutedName, string>();
    readonly #label: (label: string) => string;
    #prefix = "s0";

    constructor(
        inventory: Inventory,
        readonly stacks: readonly string[],
        readonly first: number,
        readonly beside: Beside,
    ) {
        this.#scene = new Scene(inventory, impliedCopies(inventory));
        this.#networks = new Networks(inventory);
        this.#names = namesOf(this.#scene);
        this.#copies = copiesOf(this.#scene);
        const links = [
            ...networkLinks(this.#scene),
            ...balancerLinks(this.#scene),
            ...eventLinks(this.#scene),
            ...accessLinks(this.#scene),
        ];
        this.#drawn = drawnItems(this.#scene, [
            ...links,
            ...this.#names.routes.flatMap(routeLinks),
            ...this.#copies.map(copyLink),
        ]);
        this.#links = links;
        this.#nodes = new Nodes(this.#scene, this.#networks, this.#drawn);
        this.#label = withoutPrefix(this.#nodes.drafts.filter(({ items }) => items.length > 0));
    }

    system(id: string): System {
        this.#prefix = id;
        this.#nodes.drafts.forEach((draft, index) => this.#ids.set(draft, `${id}n${index}`));
        this.#names.routed.forEach((name, index) => this.#ids.set(name, `${id}d${index}`));
        const routes = this.#names.routes.flatMap((route) => this.#route(route));
        const copies = this.#allCopies();
        const edges = this.#edges(routes, copies);
        const nodes = this.#allNodes(edges);
        const groups = this.#groups(nodes);
        const aimedAt = new Set(routes.flatMap(({ targets }) => targets.map(({ to }) => to)));
        const entered = new Set(edges.filter(({ from }) => from === `${id}viewers`).map(({ to }) => to));
        const label = this.stacks.join(", ");
        return {
            id,
            label,
            stacks: this.stacks,
            groups,
            nodes,
            edges,
            routes,
            copies,
            entries: nodes.map((node) => node.id).filter((node) => entered.has(node) && !aimedAt.has(node)),
        };
    }

    #idOf(end: Item | RoutedName | Outside): string | undefined {
        if ("outside" in end) {
            return `${this.#prefix}viewers`;
        }
        if ("records" in end) {
            return this.#ids.get(end);
        }
        const draft = this.#nodes.of(end);
        return draft === undefined ? undefined : this.#ids.get(draft);
    }

    #route({ from, targets, ...rest }: ItemRoute): Route[] {
        const node = this.#idOf(from);
        const known = targets.flatMap(({ to, ...target }) => {
            const id = this.#idOf(to);
            return id === undefined ? [] : [{ to: id, ...target }];
        });
        return node === undefined || known.length === 0 ? [] : [{ node, ...rest, targets: known }];
    }

    #allCopies(): Copy[] {
        const found = new Map<string, Copy>();
        for (const { from, to, ...copy } of this.#copies) {
            const [one, other] = [this.#idOf(from), this.#idOf(to)];
            if (one !== undefined && other !== undefined && one !== other) {
                found.set(`${one} ${other} ${copy.how}`, { from: one, to: other, ...copy });
            }
        }
        return [...found.values()];
    }

    #edges(routes: readonly Route[], copies: readonly Copy[]): PictureEdge[] {
        const edges = new Map<
            string,
            {
                from: string;
                to: string;
                kind: PictureEdge["kind"];
                labels: Set<string>;
                details: Set<string>;
                minor: boolean;
            }
        >();
        const add = (
            from: string,
            to: string,
            kind: PictureEdge["kind"],
            label: string,
            detail: string,
            minor = false,
        ): void => {
            if (from === to) {
                return;
            }
            const key = `${from} ${to} ${kind}`;
            const known = edges.get(key) ?? {
                from,
                to,
                kind,
                labels: new Set<string>(),
                details: new Set<string>(),
                minor: true,
            };
            known.labels.add(label);
            known.details.add(detail);
            known.minor &&= minor;
            edges.set(key, known);
        };
        const viewers = `${this.#prefix}viewers`;
        for (const { node, path, policy, targets } of routes) {
            for (const { to, role, region } of targets) {
                const detail =
                    policy === "simple" || policy === "origin group"
                        ? `CloudFront fetches ${path ?? "*"} here${role === "secondary" ? " when the first origin fails" : ""}.`
                        : `Route 53, ${policy}${region === undefined ? "" : ` (${region})`}${policy === "failover" ? `: ${role}` : ""}.`;
                add(
                    node,
                    to,
                    role === "secondary" ? "failover" : "traffic",
                    labelOfTarget(policy, role),
                    detail,
                );
            }
        }
        for (const { from, to, kind, label, detail, minor } of this.#links) {
            const [one, other] = [this.#idOf(from), this.#idOf(to)];
            // What a folded function does is its component's own business.
            const own = [from, to].every(
                (end) => !("urn" in end) || this.#drawn.has(end) || this.#nodes.of(end)?.kind === "other",
            );
            if (one !== undefined && other !== undefined && own) {
                const aside = [from, to].some((end) => "urn" in end && this.#nodes.of(end)?.kind === "other");
                add(one, other, kind, label, detail, minor === true || aside);
            }
        }
        const aimedAt = new Set(routes.flatMap(({ targets }) => targets.map(({ to }) => to)));
        for (const draft of this.#nodes.drafts) {
            const node = this.#ids.get(draft) ?? "";
            const item = draft.items[0];
            if (draft.kind === "distribution") {
                add(viewers, node, "traffic", "443", "CloudFront answers viewers.");
            } else if (
                (draft.kind === "api" &&
                    item !== undefined &&
                    !isPrivate(item) &&
                    (item.inputs["disableExecuteApiEndpoint"] !== true || this.#names.also.has(item.urn)) &&
                    !aimedAt.has(node)) ||
                (draft.kind === "users" && !draft.caption.includes("replica"))
            ) {
                add(
                    viewers,
                    node,
                    "traffic",
                    "443",
                    draft.kind === "users" ? "People sign in." : "The API faces the internet.",
                );
            }
        }
        for (const name of this.#names.routed) {
            const node = this.#ids.get(name) ?? "";
            if (!aimedAt.has(node)) {
                add(viewers, node, "traffic", "", "People ask for the name.");
            }
        }
        for (const { from, to, how, loses } of copies) {
            add(from, to, "replication", how, `${how}; lost at most: ${loses.text} (${loses.source}).`);
        }
        return [...edges.values()].map(({ from, to, kind, labels, details, minor }, index) => ({
            id: `${this.#prefix}e${index}`,
            from,
            to,
            kind,
            label: labelOf(labels),
            detail: [...details].join(" "),
            ...(minor ? { minor } : {}),
        }));
    }

    #allNodes(edges: readonly PictureEdge[]): PictureNode[] {
        const backups = new Map<string, { region: string; text: string; source: string }[]>();
        for (const { store, region, loses } of backupCopies(this.#scene)) {
            const id = this.#idOf(store);
            if (id !== undefined) {
                backups.set(id, [...(backups.get(id) ?? []), { region, ...loses }]);
            }
        }
        const joined = new Set(
            edges.filter(({ minor }) => minor !== true).flatMap(({ from, to }) => [from, to]),
        );
        const placeOf = (id: string, group: string, region: string | undefined): string =>
            region !== undefined && group.startsWith("section:") && !joined.has(id)
                ? this.#nodes.section(region, AROUND)
                : group;
        const nodes = this.#nodes.drafts.map((whole): PictureNode => {
            const { items, id: _, group, label, ...draft } = whole;
            const id = this.#ids.get(whole) ?? "";
            const urns = items.map(({ urn }) => urn.replace(/@[^@]*$/, ""));
            const names = items.slice(0, 1).flatMap(({ urn }) => this.#names.also.get(urn) ?? []);
            const prices = urns.flatMap((urn) => this.beside.costs?.get(urn) ?? []);
            const isCopy = items[0]?.urn.includes("@") === true && this.#scene.copies.includes(items[0]);
            const copied = backups.get(id);
            return {
                ...draft,
                id,
                label: draft.kind === "distribution" ? (names[0] ?? this.#label(label)) : this.#label(label),
                group: `${this.#prefix}:${placeOf(id, group, draft.region)}`,
                resources: items.map(({ index }) => this.first + index),
                ...(names.length === 0 ? {} : { names }),
                ...(copied === undefined ? {} : { backups: copied }),
                ...this.#changeOf(urns),
                ...(prices.length === 0 || isCopy
                    ? {}
                    : { cost: prices.reduce((sum, price) => sum + price, 0) }),
            };
        });
        const named = this.#names.routed.map((name): PictureNode => {
            const route = this.#names.routes.find(({ from }) => from === name);
            return {
                id: this.#ids.get(name) ?? "",
                kind: "name",
                label: name.name,
                caption:
                    name.records.length === 0
                        ? "not of these stacks"
                        : `Route 53, ${route?.policy ?? "simple"}`,
                group: `${this.#prefix}:world`,
                zones: [],
                resources: name.records.map(({ index }) => this.first + index),
                ...this.#changeOf(name.records.map(({ urn }) => urn)),
            };
        });
        const viewers = `${this.#prefix}viewers`;
        const outside = edges.some(({ from, to }) => from === viewers || to === viewers)
            ? [
                  {
                      id: viewers,
                      kind: "viewers" as const,
                      label: "internet",
                      caption: "people and other systems",
                      group: `${this.#prefix}:world`,
                      zones: [],
                      resources: [],
                  },
              ]
            : [];
        // A record is a part of its name, and not of the node that it would else be folded into.
        const ofNames = new Set(named.flatMap(({ resources }) => resources));
        return [...outside, ...named, ...apart(nodes, (node) => this.#stackOf(node))].map((node) =>
            node.kind === "name"
                ? node
                : { ...node, resources: node.resources.filter((each) => !ofNames.has(each)) },
        );
    }

    /** The gravest change of what a node is made of. */
    #changeOf(urns: readonly string[]): { change?: NodeChange } {
        const changes = urns.flatMap((urn) => this.beside.changes?.get(urn) ?? []);
        const change = GRAVITY.find((each) => changes.includes(each));
        return change === undefined ? {} : { change };
    }

    #stackOf({ resources: [first = this.first] }: PictureNode): string {
        return this.#scene.inventory.items[first - this.first]?.stack ?? "";
    }

    #groups(nodes: readonly PictureNode[]): PictureGroup[] {
        const filled = new Set(nodes.map(({ group }) => group));
        const sections = [...this.#nodes.sections.values()].filter(({ id }) =>
            filled.has(`${this.#prefix}:${id}`),
        );
        const own = [...this.#networks.groups, ...sections];
        // Who is copied from comes first.
        const copied = this.#copies.flatMap(({ from }) => from.region ?? []);
        const rank = (region: string): number => -copied.filter((each) => each === region).length;
        const regions = [
            ...new Set(own.flatMap(({ region, parent }) => (parent === undefined ? [] : (region ?? [])))),
        ].toSorted((one, other) => rank(one) - rank(other));
        const place = ({ region = "" }: PictureGroup): number => regions.indexOf(region);
        own.sort((one, other) => place(one) - place(other));
        const homes = new Set(
            this.#scene.inventory.items.flatMap(({ stack, home, region }) =>
                region === home ? [`${stack} ${home}`] : [],
            ),
        );
        const stacksIn = (region: string): string =>
            this.stacks.filter((stack) => homes.has(`${stack} ${region}`)).join(", ");
        const all: PictureGroup[] = [
            ...(nodes.some(({ group }) => group === `${this.#prefix}:world`)
                ? [
                      {
                          id: "world",
                          kind: "world" as const,
                          label: "World",
                          caption: "in no region",
                          resources: [],
                      },
                  ]
                : []),
            ...regions.map((region) => ({
                id: `region:${region}`,
                kind: "region" as const,
                label: region,
                caption: stacksIn(region),
                region,
                resources: [],
            })),
            ...own,
        ];
        return all.map((group) => ({
            ...group,
            id: `${this.#prefix}:${group.id}`,
            ...(group.parent === undefined ? {} : { parent: `${this.#prefix}:${group.parent}` }),
            resources: group.resources.map((index) => this.first + index),
        }));
    }
}

/** Where two nodes are called the same, their stacks tell them apart. */
function apart(nodes: readonly PictureNode[], stackOf: (node: PictureNode) => string): PictureNode[] {
    const nameOf = ({ kind, label, region = "" }: PictureNode): string => `${kind} ${label} ${region}`;
    const stacks = new Map<string, Set<string>>();
    for (const node of nodes) {
        stacks.set(nameOf(node), (stacks.get(nameOf(node)) ?? new Set()).add(stackOf(node)));
    }
    return nodes.map((node) => {
        const several = (stacks.get(nameOf(node))?.size ?? 0) > 1;
        return several ? { ...node, caption: `${node.caption}, ${stackOf(node)}` } : node;
    });
}

/** What is written beside an arrow from a name or a distribution. */
function labelOfTarget(policy: Route["policy"], role: Target["role"]): string {
    switch (policy) {
        case "simple":
            return "";
        case "origin group":
            return role === "secondary" ? "if that fails" : "";
        case "failover":
            return role === "secondary" ? "when the first one fails" : "";
        default:
            return policy;
    }
}

function isPrivate({ inputs }: Item): boolean {
    return JSON.stringify(inputs["endpointConfiguration"] ?? "").includes("PRIVATE");
}

function routeLinks({ from, targets }: ItemRoute): Link[] {
    return targets.flatMap(({ to }): Link[] =>
        "urn" in to && "urn" in from ? [{ from, to, kind: "traffic", label: "", detail: "" }] : [],
    );
}

function copyLink({ from, to, how }: ItemCopy): Link {
    return { from, to, kind: "replication", label: how, detail: "" };
}

/** What is called and not kept. */
const CALLED: readonly string[] = [
    "aws:lambda/function:Function",
    "aws:sfn/stateMachine:StateMachine",
    "aws:cloudwatch/eventBus:EventBus",
];

/** Who may read and write what, by the policies of the roles that they wear. */
function accessLinks(scene: Scene): Link[] {
    return roleAccess(scene.items, [...STORES, ...CALLED]).flatMap(({ role, store, verbs }) => {
        const item = store as Item;
        const called = CALLED.includes(item.type);
        const kept =
            DRAWN[item.type] === undefined && !item.type.startsWith("aws:elasticache/user:")
                ? undefined
                : scene.standIn(item);
        if (kept === undefined) {
            return [];
        }
        const kind = DRAWN[kept.type]?.kind;
        const names = [role.id, role.outputs["arn"], role.outputs["name"]].filter(
            (name) => typeof name === "string",
        );
        const may = verbs.join(", ");
        return [...new Set(scene.wearersOf([...new Set(names)]))].map((from): Link => ({
            from,
            to: kept,
            kind: called ? "traffic" : "access",
            label: called ? "calls" : may,
            detail: `The role ${role.name} may ${called ? "call it" : may}.`,
            // A pipeline works on the system, and is no part of how it works.
            minor:
                ["secrets", "images", "mail"].includes(kind ?? "") || DRAWN[from.type]?.kind === "pipeline",
        }));
    });
}

function labelOf(labels: ReadonlySet<string>): string {
    const told = [...labels].filter((label) => label !== "");
    const words = [...new Set(told.flatMap((label) => label.split(", ")))];
    return words.length > 3 ? `${words.length} ports` : words.join(", ");
}

/** Leaves out the first word of names that nearly all names begin with. */
function withoutPrefix(drafts: readonly Draft[]): (label: string) => string {
    const counts = new Map<string, number>();
    const firsts = drafts.flatMap(({ label }) => /^[a-z0-9]+-/i.exec(label)?.[0] ?? []);
    firsts.forEach((first) => counts.set(first, (counts.get(first) ?? 0) + 1));
    const [common, count] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? ["", 0];
    const strip = count > 3 && count >= firsts.length * 0.7;
    return (label) =>
        strip && label.startsWith(common) && label.length > common.length
            ? label.slice(common.length)
            : label;
}
