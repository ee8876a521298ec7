/**
 * Builds the web client: `node --import=tsx examples/mobile-backend/client/build.ts <folder>`. Beside what it writes there goes a
 * config.json with the outputs of the stack.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import * as path from "node:path";

import { buildSync } from "esbuild";

/** Writes page, style and script into a folder. */
export function buildClient(folder: string): void {
    mkdirSync(folder, { recursive: true });
    for (const file of ["index.html", "style.css"]) {
        copyFileSync(path.join(__dirname, file), path.join(folder, file));
    }
    buildSync({
        entryPoints: [path.join(__dirname, "src/client.ts")],
        outfile: path.join(folder, "client.js"),
        bundle: true,
        minify: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        legalComments: "none",
    });
}

const [, script = "", folder] = process.argv;
if (path.resolve(script) === __filename && folder !== undefined) {
    buildClient(folder);
}
