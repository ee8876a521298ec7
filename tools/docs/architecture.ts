/** docs/architecture.svg: the drawing of the project's stacks, for the README. */
import path from "node:path";
import { layOut } from "../preview/picture/layout";
import { pictureOf } from "../preview/picture/picture";
import { standaloneSvg } from "../preview/picture/svg";
import { type System } from "../preview/picture/types";
import { previewStacks } from "../preview/stacks";
import { type PreviewDocument } from "../preview/types";

const ROOT = path.join(__dirname, "..", "..");

/** The drawing. */
export const ARCHITECTURE_FILE = path.join(ROOT, "docs", "architecture.svg");

/** The stacks of the environment that is drawn. */
const STACKS = ["prod-us", "prod-eu", "prod-global"];

/** Previews the stacks that are drawn. */
export async function previewedArchitecture(): Promise<PreviewDocument> {
    const { document } = await previewStacks({ projectDir: ROOT, stacks: STACKS });
    return document;
}

/**
 * The drawing of what a request goes through, and of what is kept twice: what stands around the regions, and what no
 * arrow leads to, is left out, so that the rest can be read in a README.
 *
 * @throws Error where a program failed, so that something is missing.
 */
export async function architectureSvg(document: PreviewDocument): Promise<string> {
    const failed = Object.values(document.stacks).find(({ error }) => error !== undefined);
    if (failed !== undefined) {
        throw new Error(`${failed.stack} cannot be drawn: ${failed.error?.message ?? ""}`);
    }
    const [system] = pictureOf(document).systems;
    if (system === undefined) {
        throw new Error("there is nothing to draw");
    }
    const shown = withoutSurroundings(system);
    return standaloneSvg(shown, await layOut(shown));
}

function withoutSurroundings(system: System): System {
    const around = new Set(
        system.groups
            .filter(({ kind, parent }) => kind === "section" && parent === undefined)
            .map(({ id }) => id),
    );
    const joined = new Set(
        system.edges.filter(({ minor }) => minor !== true).flatMap(({ from, to }) => [from, to]),
    );
    const nodes = system.nodes.filter(({ id, group }) => !around.has(group) && joined.has(id));
    const left = new Set(nodes.map(({ id }) => id));
    return {
        ...system,
        groups: system.groups.filter(({ id }) => !around.has(id)),
        nodes,
        edges: system.edges.filter(({ from, to }) => left.has(from) && left.has(to)),
    };
}
