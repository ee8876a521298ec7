/**
 * Runs a policy pack whose entry is JavaScript: as `@pulumi/pulumi/cmd/run-policy-pack <engine> <folder>` does, without
 * the TypeScript compiler that it loads for other packs. With a third argument the pack is bundled into that file
 * first, and runs from there.
 */
import "../broughtAlong";
import "../lightSdk";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as bundle from "./bundle";

const load = createRequire(__filename);

async function entryOf(folder: string, outfile: string | undefined): Promise<string> {
    if (outfile === undefined) {
        // With its slash the folder is no file of the same name with an extension.
        return `${folder}${path.sep}`;
    }
    const { bundlePack } = load("./bundle") as typeof bundle;
    // Another preview may be about to do the same: the file appears whole, or not at all.
    const draft = `${outfile}.${process.pid}`;
    await bundlePack({ dir: folder, outfile: draft, withSdk: true });
    fs.renameSync(draft, outfile);
    return outfile;
}

async function main([, folder = ".", outfile]: readonly string[]): Promise<void> {
    const entry: unknown = load(await entryOf(path.resolve(folder), outfile));
    if (typeof entry === "function") {
        (entry as () => unknown)();
    }
}

// Reading source maps would take longer than all rules.
process.setSourceMapsEnabled(false);
// A pack outlives nobody: whoever started it holds the other end of this.
process.stdin.resume().on("close", () => process.exit());
main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
});
