/** One page with everything in it: the drawing, its data, its script. It asks nobody for anything. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type * as esbuild from "esbuild";
import { type Money, type ResourceCost } from "../../../policies/residency-and-cost/shared/cost/types";
import { moneyTexts, totalText } from "../../cost/render/gaps";
import { resourcesOf } from "../../cost/resources";
import { isMandatory, policySummary, violationsOf } from "../render/findings";
import { displayType, stacksOf } from "../render/plan";
import { plural } from "../render/text";
import { type PreviewDocument } from "../types";
import { nameOf } from "../urn";
import { type ChangesInput, costOf, shown } from "./beside";
import { type Layout } from "./places";
import { CHANGE_MARKS, SIGNS } from "./signs";
import { drawingOf, drawingStyle, escaped } from "./svg";
import { type Picture, type PictureNode, type System } from "./types";

/** What the page is made of. */
export interface PageInput {
    readonly document: PreviewDocument;
    readonly picture: Picture;
    /** The layout of each system, in their order. */
    readonly layouts: readonly Layout[];
    readonly changes?: ChangesInput;
}

/** The page. */
export function renderPage({ document, picture, layouts, changes }: PageInput): string {
    const [script, style] = [pageScript(), `${drawingStyle()}\n${read("page.css")}`];
    const count = stacksOf(document).reduce((sum, [, { steps }]) => sum + steps.length, 0);
    const several = picture.systems.length > 1;
    const stages = picture.systems.map((system, index) => {
        const layout = layouts[index];
        return layout === undefined ? "" : stage(system, layout, index === 0);
    });
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>${escaped(picture.title)}</title>
<style>
${style}
</style>
</head>
<body>
<header>
<div class="head">
<h1>${escaped(picture.title)}</h1>
<p class="sub">${escaped(plural(stacksOf(document).length, "stack"))}, ${escaped(plural(count, "resource"))}. What <code>pulumi up</code> would make, drawn from the resources themselves.</p>
</div>
<button type="button" id="theme" aria-pressed="false">Dark</button>
</header>
<main>
${failures(document, picture)}
<section class="tools" aria-label="Tools">
${several ? `<label>Stacks <select id="system">${picture.systems.map(({ id, label }) => `<option value="${id}">${escaped(label)}</option>`).join("")}</select></label>` : ""}
<label>Search <input id="search" type="search" placeholder="name, type, zone" autocomplete="off"></label>
<label>What if this is lost <select id="lost"></select></label>
<fieldset><legend>Arrows</legend>
${LAYERS.map(([kind, text]) => `<label class="layer ${kind}"><input type="checkbox" data-layer="${kind}" checked> ${key(kind)} ${text}</label>`).join("\n")}
</fieldset>
<div class="zoom" role="group" aria-label="Zoom">
<button type="button" data-zoom="in" aria-label="Zoom in">+</button>
<button type="button" data-zoom="out" aria-label="Zoom out">−</button>
<button type="button" data-zoom="fit">Fit</button>
<button type="button" id="how">How to read it</button>
</div>
</section>
<p id="found" class="sub" role="status"></p>
<div class="view">
<div class="stages">
${stages.join("\n")}
</div>
<aside id="panel" aria-label="Details" tabindex="-1" hidden></aside>
</div>
${changesTable(changes)}
${policyTable(document)}
${costTable(document)}
${partsTable(picture)}
</main>
<template id="help">
<h2>How to read it</h2>
<p>Choose a part to see what it is made of. Drag to move, scroll to zoom. With the keyboard: Tab goes to the drawing, the arrow keys from part to part, Enter opens one, Escape leaves, + and − zoom, 0 fits all.</p>
<p>“What if this is lost” shows where requests and writes go, what cannot be reached, and what data is lost at most, with the source of each number.</p>
</template>
<script type="application/json" id="picture">${inScript(picture)}</script>
${properties(document)}
<script>
${script}
</script>
</body>
</html>
`;
}

/** What is missing in the drawing, and why: before anything else. */
function failures(document: PreviewDocument, { systems }: Picture): string {
    const failed = stacksOf(document).flatMap(([stack, { error }]) =>
        error === undefined
            ? []
            : [
                  `<p><strong>${escaped(stack)} failed.</strong> What it had registered until then is drawn: ${escaped(error.message)}</p>`,
              ],
    );
    const empty = systems
        .filter(({ nodes }) => nodes.length === 0)
        .map(({ label }) => `<p>Of ${escaped(label)} nothing is drawn: it has no resources of AWS.</p>`);
    const all = [...failed, ...empty];
    return all.length === 0
        ? ""
        : `<section class="table failed" aria-label="What is missing">${all.join("\n")}</section>`;
}

const LAYERS = [
    ["traffic", "traffic"],
    ["failover", "failover"],
    ["access", "may read or write"],
    ["replication", "replication"],
] as const;

function key(kind: string): string {
    return `<svg class="drawing key" width="30" height="8" aria-hidden="true"><g class="edge ${kind}"><path d="M0,4L30,4"/></g></svg>`;
}

function stage(system: System, layout: Layout, first: boolean): string {
    const { width, height } = layout;
    return `<svg class="drawing stage" data-system="${system.id}" role="group" aria-label="${escaped(`The parts of ${system.label}`)}" viewBox="0 0 ${width} ${height}" data-width="${width}" data-height="${height}"${first ? "" : " hidden"}>
${drawingOf(system, layout, { interactive: true })}<g class="more"></g>
</svg>`;
}

/** JSON that ends no script element. */
function inScript(value: unknown): string {
    return JSON.stringify(value).replace(/</g, "\\u003c");
}

/** The resources' properties by stack, compressed: the page unpacks a stack's when one of its parts is opened. */
function properties(document: PreviewDocument): string {
    return stacksOf(document)
        .map(([stack, { steps }]) => {
            const inputs = Object.fromEntries(
                steps.map(({ urn, newState }) => [urn, shown(newState.inputs)]),
            );
            const packed = gzipSync(JSON.stringify(inputs), { level: 9 }).toString("base64");
            return `<script type="text/plain" data-properties="${escaped(stack)}">${packed}</script>`;
        })
        .join("\n");
}

const ORDER: readonly string[] = ["delete", "replace", "mayReplace", "create", "update"];
const ONLY_TAGS = /^(?:tags(?:All)?(?:\.\S+)?(?:, | and )?)+ changes?$/;

function changesTable(changes: ChangesInput | undefined): string {
    if (changes === undefined) {
        return "";
    }
    const own = changes.stacks.flatMap(({ stack, resources }) =>
        resources.filter(({ custom }) => custom).map((change) => ({ stack, ...change })),
    );
    // What may lose something first, and what is nothing but another tag last.
    const rank = ({ op, reason }: (typeof own)[number]): number =>
        (ORDER.includes(op) ? ORDER.indexOf(op) : ORDER.length) * 2 + (ONLY_TAGS.test(reason) ? 1 : 0);
    const rows = own
        .toSorted((one, other) => rank(one) - rank(other))
        .map(({ op, stack, name, type, reason }) => [
            op === "mayReplace" ? "may replace" : op,
            stack,
            name,
            displayType(type),
            reason,
        ]);
    const title = `What changes: ${changes.after} beside ${changes.before}`;
    return table("changes", title, ["what", "stack", "resource", "type", "why"], rows, "Nothing changes.");
}

function policyTable(document: PreviewDocument): string {
    if ((document.policyPacks ?? []).length === 0) {
        return "";
    }
    const waived = document.policies.filter(({ status }) => status === "waived");
    const rows = [...violationsOf(document), ...waived].map((finding) => {
        const { status, level, severity, rule, stack, urn, message } = finding;
        const what = status === "waived" ? "waived" : isMandatory(finding) ? "violation" : level;
        return [what, severity ?? "", rule, stack ?? "", urn === undefined ? "" : nameOf(urn), message];
    });
    const heads = ["what", "severity", "rule", "stack", "resource", "message"];
    return table("policies", "Policies", heads, rows, policySummary(document), policySummary(document));
}

/** The profile of an estimate of what is paid whether anything is used or not. */
const NO_USAGE = "none";

/** What all costs, component by component. */
export function costTable(document: PreviewDocument): string {
    const cost = costOf(document);
    if (cost === undefined) {
        return "";
    }
    const rows = Object.entries(cost.stacks).flatMap(([stack, whole]) => [
        ...whole.components.map((component) => {
            const own = component.tiers.flatMap(({ resources }) => resources);
            return [stack, component.name, component.type, ...money(component.totals, own, cost.usage)];
        }),
        [stack, "all", "", ...money(whole.totals, resourcesOf(whole), cost.usage)],
    ]);
    const by =
        cost.usage === NO_USAGE ? "Without use, since no usage is given" : `By the usage “${cost.usage}”`;
    const gaps =
        cost.unpriced === 0 ? "Everything has a price." : `${cost.unpriced} without a price are in no sum.`;
    const note =
        cost.unpriced > 0 && cost.totals.total === 0
            ? `${by}: ${totalText(cost)}.`
            : `${by}: ${totalText(cost)} a month. ${gaps}`;
    return table(
        "cost",
        "Cost in US dollars a month",
        ["stack", "component", "type", "fixed", "by use", "total"],
        rows,
        "Nothing costs anything.",
        note,
    );
}

function money(own: Money, resources: readonly ResourceCost[], profile: string): string[] {
    const [fixed, usage, total] = moneyTexts(own, resources);
    return [fixed, profile === NO_USAGE ? "not estimated" : usage, total];
}

/** Everything that is drawn, as a list: for whoever does not look at drawings, and for paper. */
function partsTable({ systems }: Picture): string {
    const places = (node: PictureNode): string => node.region ?? "world";
    const rows = systems.flatMap(({ label, nodes }) =>
        nodes.map((node) => [
            label,
            places(node),
            SIGNS[node.kind].word,
            node.label,
            node.caption,
            node.zones.join(", "),
            String(node.resources.length),
            node.change === undefined ? "" : CHANGE_MARKS[node.change].word,
        ]),
    );
    const heads = ["stacks", "region", "what", "name", "how much", "zones", "resources", "change"];
    return `<details><summary>All ${rows.length} parts as a list</summary>${table("parts", "Parts", heads, rows, "Nothing is drawn.")}</details>`;
}

function table(
    id: string,
    title: string,
    heads: readonly string[],
    rows: readonly (readonly string[])[],
    empty: string,
    note = "",
): string {
    const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join("");
    const body = rows
        .map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`)
        .join("\n");
    const inside =
        rows.length === 0
            ? `<p>${escaped(empty)}</p>`
            : `${note === "" ? "" : `<p>${escaped(note)}</p>`}<div class="scroll" tabindex="0" role="region" aria-label="${escaped(title)}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
    return `<section class="table" id="${id}"><h2>${escaped(title)}</h2>${inside}</section>`;
}

/** The script in one piece, as the package has it; a checkout has its sources alone. */
const BUILT = join(__dirname, "page", "client.js");

let script: string | undefined;

/** The page's own script, in one piece. */
export function pageScript(): string {
    script ??= (existsSync(BUILT) ? readFileSync(BUILT, "utf8") : bundledScript()).replace(
        /<\/script/g,
        "<\\/script",
    );
    return script;
}

function bundledScript(): string {
    const { buildSync } = createRequire(__filename)("esbuild") as typeof esbuild;
    const { outputFiles } = buildSync({
        entryPoints: [join(__dirname, "page", "client", "main.ts")],
        bundle: true,
        minify: true,
        write: false,
        format: "iife",
        platform: "browser",
        target: "es2022",
        legalComments: "none",
    });
    return outputFiles[0]?.text ?? "";
}

function read(file: string): string {
    return readFileSync(join(__dirname, "page", file), "utf8").trim();
}
