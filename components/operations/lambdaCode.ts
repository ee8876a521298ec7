import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import type * as esbuild from "esbuild";

/** The runtime that the functions are bundled for. */
export const LAMBDA_RUNTIME = "nodejs24.x";

/** The processor that the functions run on: no function has native code, and Graviton is the cheaper one. */
export const LAMBDA_ARCHITECTURE = "arm64";

/** What a function's `handler` is to be: the export `handler` of the bundle. */
export const LAMBDA_HANDLER = "index.handler";

const BUNDLE = "index.js";

// Beside this folder, in the repository (sources) as in the built package (bundles).
const FUNCTIONS = path.join(__dirname, "..", "..", "functions");

// Functions that components call now and then, for which the runtime's own SDK will do. Whoever waits for an answer gets it
// sooner from a bundle that brings the few parts of the SDK it needs.
const WITH_SDK_OF_RUNTIME: readonly string[] = [
    "export-snapshot",
    "load-search-index",
    "prepare-database",
    "prepare-search-domain",
    "rotate-cache-password",
    "rotate-master-password",
    "validate-restore",
];

const files = new Map<string, string>();

/** Whether a function's bundle leaves the SDK to the runtime. */
export function usesSdkOfRuntime(name: string): boolean {
    return WITH_SDK_OF_RUNTIME.includes(name);
}

/**
 * The code of one of the project's functions, as one file of CommonJS for Lambda, minified and with the SDK in it; the
 * components' own functions are neither. The same sources give the same bytes on every machine, so that a function is
 * only updated when its code has changed.
 *
 * In the repository the function's source is bundled while the program runs, into `.cache/functions`. In the built
 * package, where there are no sources, the build has put what `bundleFunction` returns in
 * `dist/functions/<name>/index.js`, beside `dist/components`.
 *
 * @param name Folder of the function under `functions/`.
 * @throws Error when there is no such function.
 */
export function lambdaCode(name: string): pulumi.asset.AssetArchive {
    let file = files.get(name);
    if (file === undefined) {
        file = functionFile(name);
        files.set(name, file);
    }
    return new pulumi.asset.AssetArchive({ [BUNDLE]: new pulumi.asset.FileAsset(file) });
}

/**
 * The file of a function's bundle: of a file, a stack's state keeps no more than its hash, where a text would be in it
 * twice, and be written again with every step of an update.
 *
 * @param functions The folder of all functions; the project's own when left out.
 */
export function functionFile(name: string, functions: string = FUNCTIONS): string {
    if (!fs.existsSync(sourceOf(functions, name))) {
        return builtFile(functions, name);
    }
    const text = bundleFunction(name, functions);
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const file = path.join(path.dirname(functions), ".cache", "functions", `${name}-${hash}.js`);
    if (!fs.existsSync(file)) {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        // Another process may write the same file now: whoever reads it sees all of it or none.
        const written = `${file}.${process.pid}`;
        fs.writeFileSync(written, text);
        fs.renameSync(written, file);
    }
    return file;
}

/**
 * The text of a function's bundle, from its source or, where there is none, as the build left it.
 *
 * @param functions The folder of all functions; the project's own when left out.
 */
export function functionText(name: string, functions: string = FUNCTIONS): string {
    if (fs.existsSync(sourceOf(functions, name))) {
        return bundleFunction(name, functions);
    }
    return fs.readFileSync(builtFile(functions, name), "utf8");
}

function builtFile(functions: string, name: string): string {
    const built = path.join(functions, name, BUNDLE);
    if (fs.existsSync(built)) {
        return built;
    }
    throw new Error(
        `there is no function "${name}": looked for functions/${name}/index.ts and functions/${name}/${BUNDLE}`,
    );
}

function sourceOf(functions: string, name: string): string {
    return path.join(functions, name, "index.ts");
}

/** How a bundle is made that brings all it needs. */
const COMPLETE = {
    minify: true,
    // Of modules, as many packages also come, what nobody uses is left out.
    mainFields: ["module", "main"],
    // The SDK's half for browsers loads it, in a place that a bundler takes for reachable.
    external: ["bowser"],
    // What esbuild exports cannot be replaced, as the layer of OpenTelemetry does with the handler.
    footer: { js: "module.exports={...module.exports};" },
} satisfies esbuild.BuildOptions;

/**
 * Bundles a function from its source. In the repository alone: the package holds bundles and no bundler.
 *
 * @param name Folder of the function.
 * @param functions The folder of all functions; the project's own when left out.
 * @returns The text of the bundle.
 */
export function bundleFunction(name: string, functions: string = FUNCTIONS): string {
    const { buildSync } = createRequire(__filename)("esbuild") as typeof esbuild;
    const result = buildSync({
        ...(usesSdkOfRuntime(name) ? { external: ["@aws-sdk/*"] } : COMPLETE),
        entryPoints: [sourceOf(functions, name)],
        bundle: true,
        write: false,
        // Paths that esbuild notes in the bundle begin here, so they are the same on every machine.
        absWorkingDir: path.dirname(functions),
        platform: "node",
        format: "cjs",
        target: "node24",
        charset: "utf8",
        legalComments: "none",
        logLevel: "silent",
    });
    const [file] = result.outputFiles;
    if (file === undefined) {
        throw new Error(`esbuild returned nothing for the function "${name}"`);
    }
    return file.text;
}
