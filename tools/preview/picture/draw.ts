/** Draws where it is asked for. */
import { createRequire } from "node:module";
import { type PreviewDocument } from "../types";
import { type ChangesInput } from "./beside";
import { type PictureFiles } from "./files";
import type * as drawing from "./write";

const load = createRequire(__filename);

/** Draws a preview into the files that are asked for, if any: what draws takes a while to load. */
export async function drawInto(
    document: PreviewDocument,
    files: PictureFiles,
    changes?: ChangesInput,
): Promise<void> {
    if (files.html !== undefined || files.svg !== undefined) {
        await (load("./write") as typeof drawing).writePicture(document, files, changes);
    }
}
