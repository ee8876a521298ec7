/** Draws a preview into files. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type PreviewDocument } from "../types";
import { parseUrn } from "../urn";
import { besideOf, type ChangesInput } from "./beside";
import { type PictureFiles } from "./files";
import { layOut } from "./layout";
import { renderPage } from "./page";
import { pictureOf } from "./picture";
import { standaloneSvg } from "./svg";

/**
 * Draws all stacks of a preview.
 *
 * @param changes What a comparison found: it is highlighted. Left out: nothing is.
 * @throws Error of the file system.
 */
export async function writePicture(
    document: PreviewDocument,
    { html, svg }: PictureFiles,
    changes?: ChangesInput,
): Promise<void> {
    const picture = pictureOf(document, besideOf(document, changes, titleOf(document)));
    const [first] = picture.systems;
    if (svg !== undefined && first !== undefined) {
        write(svg, standaloneSvg(first, await layOut(first)));
    }
    if (html !== undefined) {
        const layouts = [];
        for (const system of picture.systems) {
            layouts.push(await layOut(system));
        }
        write(
            html,
            renderPage({ document, picture, layouts, ...(changes === undefined ? {} : { changes }) }),
        );
    }
}

/** The project's name, and the stacks' where they are few. */
function titleOf({ stacks }: PreviewDocument): string {
    const urn = Object.values(stacks).flatMap(({ steps }) => steps)[0]?.urn;
    const names = Object.keys(stacks);
    const project = urn === undefined ? "" : parseUrn(urn).project;
    return [project, ...(names.length === 1 ? names : [])].filter((text) => text !== "").join(": ");
}

function write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
}
