/** One drawing: moving, zooming, choosing a part, walking through it by keys, and marking what is lost. */
import { NODE_HEIGHT } from "../../places";
import { type PictureEdge, type System } from "../../types";
import { type Outcome } from "../../whatIf";
import { svgElement } from "./dom";

interface Place {
    readonly x: number;
    readonly y: number;
    readonly width: number;
}

const CLOSEST = 3;
/** A drawing opens at no less than this: text has to be read. */
const READABLE = 0.42;
/** Below this only the names of regions can be read. */
const FAR = 0.25;

export class Stage {
    readonly #nodes = new Map<string, SVGGElement>();
    readonly #places = new Map<string, Place>();
    readonly #whole: { readonly width: number; readonly height: number };
    #view = { x: 0, y: 0, width: 1, height: 1 };
    #chosen: string | undefined;

    constructor(
        readonly svg: SVGSVGElement,
        readonly system: System,
        readonly onChoose: (node: string | undefined) => void,
        /** How many pixels of its right are covered. */
        readonly covered: () => number,
    ) {
        this.#whole = { width: Number(svg.dataset["width"]), height: Number(svg.dataset["height"]) };
        for (const node of svg.querySelectorAll<SVGGElement>("[data-node]")) {
            const { node: id = "", x, y, w } = node.dataset;
            this.#nodes.set(id, node);
            this.#places.set(id, { x: Number(x), y: Number(y), width: Number(w) });
        }
        this.#listen();
    }

    /** Shows all of it, or as much as can be read, from the top. */
    fit(all = false): void {
        const { clientHeight } = this.svg;
        const { width, height } = this.#whole;
        // The panel lies over the right of the drawing.
        const covered = this.covered();
        const clientWidth = Math.max(1, this.svg.clientWidth - covered);
        const scale = Math.min(1, clientWidth / width, clientHeight / height);
        const used = all ? scale : Math.max(scale, Math.min(1, clientWidth / width), READABLE);
        const [w, h] = [clientWidth / used, clientHeight / used];
        const y = h >= height ? (height - h) / 2 : 0;
        this.#show({ x: (width - w) / 2, y, width: w + covered / used, height: h });
    }

    /** Shows all of it and nothing around it, until what is returned is called: paper has its own size. */
    whole(): () => void {
        const before = this.#view;
        this.#show({ x: 0, y: 0, ...this.#whole });
        return () => {
            this.#show(before);
        };
    }

    /** Zooms about the middle, or about a place of the drawing. */
    zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
        const { x, y, width, height } = this.#view;
        const centre = at ?? { x: x + width / 2, y: y + height / 2 };
        const least = this.svg.clientWidth / CLOSEST;
        const most =
            Math.max(this.#whole.width, (this.#whole.height * this.svg.clientWidth) / this.svg.clientHeight) *
            1.4;
        const scale = Math.min(most, Math.max(least, width / factor)) / width;
        this.#show({
            x: centre.x - (centre.x - x) * scale,
            y: centre.y - (centre.y - y) * scale,
            width: width * scale,
            height: height * scale,
        });
    }

    choose(id: string | undefined, { reveal = false } = {}): void {
        this.#chosen = id;
        for (const [each, node] of this.#nodes) {
            node.classList.toggle("chosen", each === id);
            node.setAttribute(
                "tabindex",
                each === id || (id === undefined && each === this.#first()) ? "0" : "-1",
            );
        }
        this.#showEdgesOf(id);
        if (id !== undefined && reveal) {
            this.#reveal(id);
        }
        this.onChoose(id);
    }

    focus(id: string): void {
        this.#nodes.get(id)?.focus();
    }

    /** Marks the parts whose id is in the set, and pales the others. Undefined: all are as they are. */
    search(found: ReadonlySet<string> | undefined): void {
        this.svg.classList.toggle("searching", found !== undefined);
        for (const [id, node] of this.#nodes) {
            node.classList.toggle("match", found?.has(id) === true);
        }
    }

    layer(kind: string, visible: boolean): void {
        for (const edge of this.svg.querySelectorAll(`.edge.${kind}`)) {
            edge.classList.toggle("off", !visible);
        }
    }

    /** Marks what is lost, what goes on with less, and who takes over, by lines and words as well as by colours. */
    mark(outcome: Outcome | undefined): void {
        for (const node of this.#nodes.values()) {
            unmark(node);
        }
        if (outcome === undefined) {
            return;
        }
        const lost = new Set(outcome.lost);
        const taking = [
            ...outcome.traffic.flatMap(({ after, before }) =>
                after.filter((each) => before.length === 0 || !lost.has(each)),
            ),
            ...outcome.writes.flatMap(({ by }) => by ?? []),
        ];
        this.#state(
            taking.filter((id) => !lost.has(id)),
            "taking",
            "takes over",
        );
        this.#state(
            outcome.weakened.map(({ node }) => node),
            "weak",
            "less",
        );
        this.#state([...outcome.unreachable, ...outcome.impaired.map(({ node }) => node)], "cut", "cut off");
        this.#state(outcome.lost, "lost", "lost");
    }

    #state(ids: readonly string[], name: string, text: string): void {
        for (const id of ids) {
            const [node, place] = [this.#nodes.get(id), this.#places.get(id)];
            if (node !== undefined && place !== undefined) {
                unmark(node);
                node.classList.add(name);
                say(node, text);
                const label = svgElement("text", {
                    class: "state",
                    x: place.width - 6,
                    y: -4,
                });
                label.textContent = text;
                node.append(label);
            }
        }
    }

    /** The arrows of a part stand out; those that only it needs are drawn. */
    #showEdgesOf(id: string | undefined): void {
        this.svg.classList.toggle("quiet", id !== undefined);
        for (const edge of this.svg.querySelectorAll<SVGGElement>("[data-edge]")) {
            const { from, to } = edge.dataset;
            edge.classList.toggle("shown", id !== undefined && (from === id || to === id));
        }
        const more = this.svg.querySelector(".more");
        more?.replaceChildren(
            ...(id === undefined ? [] : this.system.edges)
                .filter(({ minor, from, to }) => minor === true && (from === id || to === id))
                .flatMap((edge) => this.#straight(edge)),
        );
    }

    #straight({ from, to, kind }: PictureEdge): SVGElement[] {
        const [one, other] = [this.#places.get(from), this.#places.get(to)];
        if (one === undefined || other === undefined) {
            return [];
        }
        const down = one.y <= other.y;
        const line = svgElement("path", {
            d: `M${one.x + one.width / 2},${one.y + (down ? NODE_HEIGHT : 0)}L${other.x + other.width / 2},${other.y + (down ? 0 : NODE_HEIGHT)}`,
            "marker-end": `url(#${this.system.id}-${kind})`,
        });
        const group = svgElement("g", { class: `edge ${kind} shown` });
        group.append(line);
        return [group];
    }

    #show(view: { x: number; y: number; width: number; height: number }): void {
        this.#view = view;
        this.svg.classList.toggle("far", this.svg.clientWidth / view.width < FAR);
        this.svg.setAttribute(
            "viewBox",
            [view.x, view.y, view.width, view.height].map((value) => Math.round(value * 100) / 100).join(" "),
        );
    }

    #reveal(id: string): void {
        const place = this.#places.get(id);
        const { x, y, width, height } = this.#view;
        if (
            place !== undefined &&
            (place.x < x ||
                place.y < y ||
                place.x + place.width > x + width * 0.6 ||
                place.y + NODE_HEIGHT > y + height)
        ) {
            // To the left of the middle: the panel is on the right.
            this.#show({
                x: place.x + place.width / 2 - width * 0.35,
                y: place.y - height / 2,
                width,
                height,
            });
        }
    }

    #first(): string | undefined {
        return this.#nodes.keys().next().value;
    }

    #toDrawing(event: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } {
        const box = this.svg.getBoundingClientRect();
        const { x, y, width, height } = this.#view;
        return {
            x: x + ((event.clientX - box.left) / box.width) * width,
            y: y + ((event.clientY - box.top) / box.height) * height,
        };
    }

    #listen(): void {
        const { svg } = this;
        svg.addEventListener(
            "wheel",
            (event) => {
                event.preventDefault();
                this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, this.#toDrawing(event));
            },
            { passive: false },
        );
        this.#listenToPointers();
        svg.addEventListener("click", (event) => {
            const node = (event.target as Element).closest<SVGGElement>("[data-node]");
            this.choose(node?.dataset["node"]);
        });
        svg.addEventListener("keydown", (event) => {
            this.#onKey(event);
        });
        svg.addEventListener("focusin", (event) => {
            const id = (event.target as SVGElement).dataset["node"];
            if (id !== undefined && (event.target as Element).matches(":focus-visible")) {
                this.#reveal(id);
            }
        });
    }

    #listenToPointers(): void {
        const { svg } = this;
        const pointers = new Map<number, { x: number; y: number }>();
        let moved = false;
        svg.addEventListener("pointerdown", (event) => {
            pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
            moved = false;
        });
        svg.addEventListener("pointermove", (event) => {
            const before = pointers.get(event.pointerId);
            if (before === undefined) {
                return;
            }
            const now = { x: event.clientX, y: event.clientY };
            const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
            if (!moved && Math.hypot(now.x - before.x, now.y - before.y) < 4) {
                return;
            }
            if (!moved) {
                moved = true;
                svg.setPointerCapture(event.pointerId);
                svg.classList.add("moving");
            }
            pointers.set(event.pointerId, now);
            if (other === undefined) {
                const scale = this.#view.width / svg.clientWidth;
                this.#show({
                    ...this.#view,
                    x: this.#view.x - (now.x - before.x) * scale,
                    y: this.#view.y - (now.y - before.y) * scale,
                });
            } else {
                const distance = (point: { x: number; y: number }): number =>
                    Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
                this.zoom(
                    distance(now) / distance(before),
                    this.#toDrawing({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 }),
                );
            }
        });
        for (const name of ["pointerup", "pointercancel"] as const) {
            svg.addEventListener(name, (event) => {
                pointers.delete(event.pointerId);
                svg.classList.remove("moving");
            });
        }
        // What ends a drag is no choice.
        svg.addEventListener(
            "click",
            (event) => {
                if (moved) {
                    event.stopImmediatePropagation();
                    moved = false;
                }
            },
            { capture: true },
        );
    }

    #onKey(event: KeyboardEvent): void {
        const id = (event.target as SVGElement).dataset["node"];
        const directions: Readonly<Record<string, readonly [number, number]>> = {
            ArrowLeft: [-1, 0],
            ArrowRight: [1, 0],
            ArrowUp: [0, -1],
            ArrowDown: [0, 1],
        };
        const direction = directions[event.key];
        if (direction !== undefined && id !== undefined) {
            const next = this.#nearest(id, direction);
            if (next !== undefined) {
                this.#nodes.get(id)?.setAttribute("tabindex", "-1");
                this.#nodes.get(next)?.setAttribute("tabindex", "0");
                this.focus(next);
            }
        } else if ((event.key === "Enter" || event.key === " ") && id !== undefined) {
            this.choose(id);
        } else if (event.key === "Escape") {
            this.choose(undefined);
        } else if (event.key === "+" || event.key === "=") {
            this.zoom(1.25);
        } else if (event.key === "-") {
            this.zoom(0.8);
        } else if (event.key === "0") {
            this.fit(true);
        } else {
            return;
        }
        event.preventDefault();
    }

    /** The nearest part in a direction: straight ahead counts more than aside. */
    #nearest(from: string, [dx, dy]: readonly [number, number]): string | undefined {
        const start = this.#places.get(from);
        if (start === undefined) {
            return undefined;
        }
        const centre = ({ x, y, width }: Place): { x: number; y: number } => ({
            x: x + width / 2,
            y: y + NODE_HEIGHT / 2,
        });
        const here = centre(start);
        let best: { id: string; distance: number } | undefined;
        for (const [id, place] of this.#places) {
            const there = centre(place);
            const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
            const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
            const distance = ahead + aside * 2;
            if (id !== from && ahead > 1 && (best === undefined || distance < best.distance)) {
                best = { id, distance };
            }
        }
        return best?.id;
    }

    get chosen(): string | undefined {
        return this.#chosen;
    }
}

function unmark(node: SVGGElement): void {
    node.classList.remove("lost", "weak", "taking", "cut");
    node.querySelector(".state")?.remove();
    say(node);
}

/** What is read out: what is drawn first, for whoever speaks to the page. */
function say(node: SVGGElement, state?: string): void {
    const { visible = "", rest = "" } = node.dataset;
    node.setAttribute("aria-label", `${visible}${state === undefined ? "" : ` ${state}`}, ${rest}`);
}
