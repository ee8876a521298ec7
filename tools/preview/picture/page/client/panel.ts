/** What the panel says of a part, and of a loss. */
import { usd } from "../../../../cost/render/money";
import { plural } from "../../../render/text";
import { CHANGE_MARKS, SIGNS } from "../../signs";
import { type Picture, type PictureEdge, type PictureNode, type System } from "../../types";
import { NOT_KNOWN } from "../../load";
import { type Lost, type Outcome } from "../../whatIf";
import { element, list } from "./dom";
import { propertiesOf } from "./properties";

/** Goes to a part. */
export type Go = (node: string) => void;

/** How a verdict on load looks. */
const VERDICTS = { ready: "good", grows: "warn", short: "bad", unknown: "source" } as const;

/** Most resources that are listed at once. */
const MOST = 60;

export class Panel {
    constructor(
        readonly root: HTMLElement,
        readonly picture: Picture,
        readonly go: Go,
        readonly onClose: () => void,
    ) {}

    clear(): void {
        this.root.hidden = true;
        this.root.replaceChildren();
    }

    /** How many pixels of the drawing it covers. */
    width(): number {
        const over = getComputedStyle(this.root).position === "absolute";
        return this.root.hidden || !over ? 0 : this.root.offsetWidth;
    }

    /** Shows the page's explanation. */
    help(template: HTMLTemplateElement): void {
        this.#show(template.content.cloneNode(true));
    }

    node(system: System, node: PictureNode): void {
        const {
            kind,
            label,
            caption,
            region,
            zones,
            names = [],
            change,
            cost,
            keeps,
            capacity,
            backups = [],
            resources,
        } = node;
        const facts: [string, string][] = [
            ["what", `${SIGNS[kind].word}${caption === "" ? "" : `: ${caption}`}`],
            ["region", region ?? "none"],
            ["zones", zones.join(", ")],
            ["names", names.join(", ")],
            ["change", change === undefined ? "" : CHANGE_MARKS[change].word],
            [
                "capacity",
                capacity === undefined
                    ? ""
                    : `${capacity.now} to ${capacity.most} (${[capacity.unit, capacity.size, capacity.source].filter((text) => text !== undefined).join("; ")})`,
            ],
            ["cost", cost === undefined ? "" : `${usd(cost)} a month`],
            [
                "zone lost",
                keeps === undefined ? "" : `loses at most: ${keeps.loses.text} (${keeps.loses.source})`,
            ],
            [
                "backups",
                backups
                    .map(({ region: to, text, source }) => `in ${to}, at most ${text} old (${source})`)
                    .join("; "),
            ],
        ];
        const out = system.edges.filter(({ from }) => from === node.id);
        const into = system.edges.filter(({ to }) => to === node.id);
        const listed = resources.slice(0, MOST);
        this.#show(
            element("h2", label),
            element(
                "dl",
                facts
                    .filter(([, text]) => text !== "")
                    .flatMap(([term, text]) => [element("dt", term), element("dd", text)]),
            ),
            ...this.#arrows(system, "To", out, ({ to }) => to),
            ...this.#arrows(system, "From", into, ({ from }) => from),
            element("h3", plural(resources.length, "resource")),
            ...list(listed.map((index) => this.#resource(index))),
            ...(resources.length > MOST ? [element("p", `and ${resources.length - MOST} more`)] : []),
        );
    }

    loss(system: System, lost: Lost, outcome: Outcome): void {
        const nodes = new Map(system.nodes.map((node) => [node.id, node]));
        const link = (id: string): Node => this.#link(nodes.get(id));
        const links = (ids: readonly string[]): Node[] =>
            ids.flatMap((id, index) => [...(index === 0 ? [] : [new Text(", ")]), link(id)]);
        const name =
            lost.kind === "node"
                ? (nodes.get(lost.node)?.label ?? "")
                : lost.kind === "zone"
                  ? lost.zone
                  : lost.region;
        const section = (title: string, rows: readonly Node[], none: string): Node[] => [
            element("h3", title),
            ...(rows.length === 0 ? [element("p", none)] : list(rows)),
        ];
        const small = (text: string): Node => element("div", text, "source");
        const traffic = outcome.traffic.map(({ entry, path, after, fails, noticed, readsOnly }) =>
            element("div", [
                link(entry),
                path === undefined ? "" : ` ${path}`,
                ": ",
                ...(after.length === 0 ? [element("strong", "fails", "bad")] : ["goes to ", ...links(after)]),
                ...(fails && after.length > 0
                    ? [element("strong", ", and in part still to what is lost", "bad")]
                    : []),
                ...(readsOnly ? [" (reads alone)"] : []),
                ...noticed.map(({ text, source }) => small(`${text} — ${source}`)),
            ]),
        );
        const writes = outcome.writes.map(({ store, by, promotion, text }) =>
            element("div", [
                link(store),
                ": ",
                element("span", text, by === undefined ? "bad" : promotion === undefined ? "good" : "warn"),
                ...(by === undefined || by === store ? [] : [" → ", link(by)]),
                ...(promotion === undefined ? [] : [small(promotion)]),
            ]),
        );
        const data = outcome.data.map(({ store, copy, all, text, source }) =>
            element("div", [
                link(store),
                ": ",
                element("strong", text, all ? "bad" : text === "nothing" ? "good" : "warn"),
                ...(copy === undefined ? [] : ["; copy: ", link(copy)]),
                small(source),
            ]),
        );
        const impaired = outcome.impaired.map(({ node, uses }) =>
            element("div", [link(node), " uses ", ...links(uses)]),
        );
        const load = outcome.load.map(({ by, lost: gone, verdict, text, source }) =>
            element("div", [
                ...(by.length === 0 ? links(gone) : links(by)),
                ": ",
                element("span", text, VERDICTS[verdict]),
                small(source),
            ]),
        );
        const weak = outcome.weakened.map(({ node, left, zones }) =>
            element("div", [link(node), ` in ${left} of ${zones} zones`]),
        );
        this.#show(
            element("h2", `Without ${name}`),
            element(
                "p",
                `${outcome.lost.length} ${outcome.lost.length === 1 ? "part is" : "parts are"} lost.`,
            ),
            ...section("Requests", traffic, "Requests go where they went before."),
            ...section("Writes", writes, "Writes go where they went before."),
            ...(load.length === 0
                ? []
                : [...section("Can what is left carry it", load, ""), element("p", NOT_KNOWN, "source")]),
            ...section("Data that is lost at most", data, "None."),
            ...section(
                "Cannot be reached",
                outcome.unreachable.map(link),
                "All that is left is reached as before.",
            ),
            ...(impaired.length === 0 ? [] : section("Uses what is lost", impaired, "")),
            ...(weak.length === 0 ? [] : section("Goes on with less", weak, "")),
        );
    }

    #show(...content: readonly Node[]): void {
        const close = element("button", "Close", "close");
        close.type = "button";
        close.addEventListener("click", () => {
            this.onClose();
        });
        this.root.replaceChildren(close, ...content);
        this.root.hidden = false;
        this.root.scrollTop = 0;
    }

    #arrows(
        system: System,
        title: string,
        edges: readonly PictureEdge[],
        other: (edge: PictureEdge) => string,
    ): Node[] {
        const nodes = new Map(system.nodes.map((node) => [node.id, node]));
        const rows = edges.map((edge) =>
            element("div", [
                this.#link(nodes.get(other(edge))),
                edge.label === "" ? "" : ` ${edge.label}`,
                element("div", edge.detail, "source"),
            ]),
        );
        return rows.length === 0 ? [] : [element("h3", title), ...list(rows)];
    }

    #link(node: PictureNode | undefined): Node {
        const button = element(
            "button",
            node === undefined
                ? ""
                : node.region === undefined
                  ? node.label
                  : `${node.label} (${node.region})`,
            "go",
        );
        button.type = "button";
        button.addEventListener("click", () => {
            this.go(node?.id ?? "");
        });
        return button;
    }

    #resource(index: number): Node {
        const resource = this.picture.resources[index];
        if (resource === undefined) {
            return new Text("");
        }
        const { name, type, stack, urn } = resource;
        const details = element("details", [
            element("summary", [name, element("div", `${type}, ${stack}`, "source")]),
        ]);
        details.addEventListener("toggle", () => {
            if (details.open && details.querySelector("pre") === null) {
                const text = element("pre", "…");
                details.append(text);
                void propertiesOf(stack, urn).then((properties) => {
                    text.textContent = properties;
                });
            }
        });
        return details;
    }
}
