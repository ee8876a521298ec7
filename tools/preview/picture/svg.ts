/** The drawing as SVG: by itself for a README, and as the page's part that can be walked through. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SUBNET_HEIGHT, TEXT_START, textWidth } from "./layout";
import { type Box, type Layout, NODE_HEIGHT, type Point } from "./places";
import { CHANGE_MARKS, SIGNS } from "./signs";
import { EDGE_KINDS, type PictureEdge, type PictureGroup, type PictureNode, type System } from "./types";

/** What people take for one character, which may be several for a machine: half of it is none. */
const CHARACTERS = new Intl.Segmenter("en");
/** What XML has no place for. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** Text that is safe in XML and HTML. */
export function escaped(text: string): string {
    return text
        .replace(CONTROLS, "\ufffd")
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;")
        .replace(/"/g, "&quot;");
}

/** The colours and lines of the drawing, with and without a page around it. */
export function drawingStyle(): string {
    return readFileSync(join(__dirname, "page", "drawing.css"), "utf8").trim();
}

/** A drawing that stands alone: it has its own colours, light and dark. */
export function standaloneSvg(system: System, layout: Layout): string {
    const { width } = layout;
    const height = layout.height + LEGEND_HEIGHT;
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" class="drawing">`,
        `<title>${escaped(system.label)}</title>`,
        `<style>${drawingStyle()}</style>`,
        `<rect class="paper" width="${width}" height="${height}"/>`,
        drawingOf(system, layout, { interactive: false }),
        legend(layout),
        "</svg>",
        "",
    ].join("\n");
}

/** Frames, arrows and nodes. */
export function drawingOf(
    system: System,
    { boxes, lines }: Layout,
    { interactive }: { readonly interactive: boolean },
): string {
    const box = (id: string): Box => boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
    const drawn = system.edges.filter(({ id }) => lines.has(id));
    return [
        `<defs>${EDGE_KINDS.map((kind) => marker(system.id, kind)).join("")}</defs>`,
        ...system.groups.map((group) => frame(group, box(group.id), interactive)),
        `<g class="edges">${drawn.map((edge) => arrow(system.id, edge, lines.get(edge.id) ?? [], interactive)).join("\n")}</g>`,
        ...system.groups.map((group) => frameText(group, box(group.id))),
        ...system.nodes.map((node, index) => nodeOf(node, box(node.id), interactive ? index : undefined)),
    ].join("\n");
}

function marker(system: string, kind: string): string {
    return `<marker id="${system}-${kind}" class="head ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0.5 L8,4 L0,7.5 z"/></marker>`;
}

function frame({ id, kind }: PictureGroup, { x, y, width, height }: Box, interactive: boolean): string {
    const data = interactive ? ` data-group="${escaped(id)}"` : "";
    return `<g class="frame ${kind}"${data}><rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${kind === "tier" ? 5 : 9}"/></g>`;
}

/** What a frame says. It lies above the arrows, which would else strike it through. */
function frameText({ kind, label, caption, subnets = [] }: PictureGroup, { x, y, width }: Box): string {
    const size = kind === "region" ? 17 : 13;
    const fits = shortened(label, width - 20, size, true);
    const rest = width - 28 - textWidth(fits, size, true);
    const lines = subnets.map(
        ({ zone, cidrBlock }, index) =>
            `<text class="subnet" x="${n(x + 10)}" y="${n(y + 34 + index * SUBNET_HEIGHT)}">${escaped(`${zone}  ${cidrBlock}`)}</text>`,
    );
    const beside =
        caption === undefined || caption === ""
            ? ""
            : `<tspan class="caption" dx="8">${escaped(shortened(caption, rest, 11))}</tspan>`;
    const title = `<text class="title" x="${n(x + 10)}" y="${n(y + (kind === "region" ? 24 : 19))}">${escaped(fits)}${beside}</text>`;
    return `<g class="words ${kind}">${title}${lines.join("")}</g>`;
}

function arrow(
    system: string,
    { id, kind, label, detail, from, to }: PictureEdge,
    points: readonly Point[],
    interactive: boolean,
): string {
    const data = interactive ? ` data-edge="${id}" data-from="${from}" data-to="${to}"` : "";
    return `<g class="edge ${kind}"${data}><path d="${rounded(points)}" marker-end="url(#${system}-${kind})"/>${tag(label, kind, points)}${interactive ? `<title>${escaped(detail)}</title>` : ""}</g>`;
}

/** What is written beside an arrow, where there is room for it: ports alone. */
function tag(label: string, kind: PictureEdge["kind"], points: readonly Point[]): string {
    const [before, end] = [points.at(-2), points.at(-1)];
    if (
        kind !== "traffic" ||
        !/^[\d, -]{2,9}$/.test(label) ||
        before === undefined ||
        end === undefined ||
        end.y - before.y < 22
    ) {
        return "";
    }
    // Where the last piece begins: frames have their words where it ends.
    return `<text class="port" x="${n(end.x + 4)}" y="${n(before.y + 13)}">${escaped(label)}</text>`;
}

/** A path with round corners. */
function rounded(points: readonly Point[], radius = 5): string {
    return points
        .map((point, index) => {
            const [before, after] = [points[index - 1], points[index + 1]];
            if (before === undefined) {
                return `M${n(point.x)},${n(point.y)}`;
            }
            if (after === undefined) {
                return `L${n(point.x)},${n(point.y)}`;
            }
            const towards = (other: Point): Point => {
                const distance = Math.hypot(other.x - point.x, other.y - point.y);
                const share = distance === 0 ? 0 : Math.min(radius, distance / 2) / distance;
                return { x: point.x + (other.x - point.x) * share, y: point.y + (other.y - point.y) * share };
            };
            const [one, other] = [towards(before), towards(after)];
            return `L${n(one.x)},${n(one.y)}Q${n(point.x)},${n(point.y)} ${n(other.x)},${n(other.y)}`;
        })
        .join("");
}

function nodeOf(node: PictureNode, { x, y, width }: Box, index: number | undefined): string {
    const { id, kind, label, caption, change, zones } = node;
    const sign = SIGNS[kind];
    const room = width - TEXT_START - 8;
    const marked = change === undefined ? undefined : CHANGE_MARKS[change];
    const shown = [sign.text, shortened(label, room, 13, true), shortened(caption, room, 11)];
    // Whoever speaks to the page says what is drawn; what is drawn may be shortened, and says less than a list.
    const visible = [...shown, marked?.text ?? ""].filter((text) => text !== "").join(" ");
    const rest = [
        sign.word,
        ...(shown[1] === label ? [] : [label]),
        ...(zones.length > 0 ? [`${zones.length} zones`] : []),
        ...(marked === undefined ? [] : [marked.word]),
    ].join(", ");
    const attributes =
        index === undefined
            ? ""
            : ` id="${id}" data-node="${id}" data-x="${n(x)}" data-y="${n(y)}" data-w="${n(width)}" role="button" tabindex="${index === 0 ? 0 : -1}" data-visible="${escaped(visible)}" data-rest="${escaped(rest)}" aria-label="${escaped(`${visible}, ${rest}`)}"`;
    return [
        `<g class="node ${kind} tone-${sign.tone}${change === undefined ? "" : ` change-${change}`}" transform="translate(${n(x)},${n(y)})"${attributes}>`,
        `<rect class="body" width="${n(width)}" height="${NODE_HEIGHT}" rx="7"/><rect class="sign" x="7" y="9" width="28" height="28" rx="5"/>`,
        `<text class="sign-text" x="21" y="27">${escaped(shown[0] ?? "")}</text>`,
        `<text class="label" x="${TEXT_START}" y="20">${escaped(shown[1] ?? "")}</text>`,
        `<text class="caption" x="${TEXT_START}" y="36">${escaped(shown[2] ?? "")}</text>`,
        ...(marked === undefined
            ? []
            : [
                  `<g class="mark" transform="translate(${n(width - 4)},4)"><circle r="9"/><text y="4">${marked.text}</text></g>`,
              ]),
        "</g>",
    ].join("\n");
}

const LEGEND_HEIGHT = 36;
const LEGEND: readonly (readonly [PictureEdge["kind"], string])[] = [
    ["traffic", "traffic that is allowed"],
    ["failover", "where it goes when the first one fails"],
    ["access", "may read or write"],
    ["replication", "is replicated to"],
];

function legend({ height }: Layout): string {
    const y = height + LEGEND_HEIGHT / 2;
    let x = 20;
    return LEGEND.map(([kind, text]) => {
        const start = x;
        x += 72 + textWidth(text, 13);
        return `<g class="edge ${kind}"><path d="M${n(start)},${y}L${n(start + 36)},${y}"/></g><text class="legend" x="${n(start + 44)}" y="${y + 4}">${text}</text>`;
    }).join("\n");
}

/** A text that fits, with what is in its middle left out: names differ at their ends. */
function shortened(text: string, width: number, size: number, bold = false): string {
    const fits = Math.floor(width / textWidth("m", size, bold));
    if (text.length <= fits) {
        // Most fit, and to take a text apart takes long.
        return text;
    }
    const characters = [...CHARACTERS.segment(text)].map(({ segment }) => segment);
    if (characters.length <= fits) {
        return text;
    }
    const end = Math.max(1, Math.floor((fits - 1) / 2));
    return fits < 4
        ? "…"
        : `${characters.slice(0, fits - 1 - end).join("")}…${characters.slice(-end).join("")}`;
}

function n(value: number): string {
    return String(Math.round(value * 10) / 10);
}
