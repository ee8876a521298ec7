/** Pages of previews, written for tests that open them in a browser. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getStack } from "@pulumi/pulumi";

import { composeStack } from "../../../regions/compose";
import { projectWith, shopsOf } from "../../../tools/benchmark/project";
import { type ChangesInput } from "../../../tools/preview/picture/beside";
import { writePicture } from "../../../tools/preview/picture/write";
import { previewStacks } from "../../../tools/preview/stacks";
import { type PreviewDocument } from "../../../tools/preview/types";

const ROOT = join(__dirname, "..", "..", "..");

/** A folder of pages. */
export class Pages {
    readonly #folder = mkdtempSync(join(tmpdir(), "pictures-"));

    /** Writes the page of a preview, and returns its address. */
    async write(document: PreviewDocument, name: string, changes?: ChangesInput): Promise<string> {
        const html = join(this.#folder, `${name}.html`);
        await writePicture(document, { html }, changes);
        return `file://${html}`;
    }

    remove(): void {
        rmSync(this.#folder, { recursive: true });
    }
}

/** A preview of all stacks of a project in the repository. */
export async function previewOf(folder: string, stacks?: readonly string[]): Promise<PreviewDocument> {
    const { document } = await previewStacks({
        projectDir: join(ROOT, folder),
        ...(stacks === undefined ? {} : { stacks }),
    });
    return document;
}

/** A preview of the shop in as many regions. */
export async function previewOfRegions(count: number): Promise<PreviewDocument> {
    const shops = shopsOf(count);
    const folder = projectWith(shops);
    try {
        const catalogueOf = (stack: string) =>
            shops.find(({ environment }) => environment === stack.split("-")[0])?.catalogue;
        const { document } = await previewStacks({
            projectDir: folder,
            program: () => composeStack(catalogueOf(getStack())),
        });
        return document;
    } finally {
        rmSync(folder, { recursive: true });
    }
}
