/** Makes one JavaScript file of a policy pack: its rules, and the framework that they are written in. */
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as esbuild from "esbuild";

/** How to bundle a pack. */
export interface BundleOptions {
    /** The pack's folder, with `pack.ts` and `rules`. */
    readonly dir: string;
    readonly outfile: string;
    /** Whether the policy SDK goes into the file, too. Left out: the file finds it where it is installed. */
    readonly withSdk?: boolean;
}

/** What Pulumi's SDK loads at once, and no policy ever uses: compilers, a package manager, and parts of its own. */
const UNUSED = /^(?:typescript|ts-node|@npmcli\/arborist|normalize-package-data|source-map-support.*)$/;
const UNUSED_PARTS = /^\.\/(?:automation|dynamic|provider)$/;
const SDK_INDEX = /@pulumi[\\/]pulumi[\\/]index\.js$/;

/** Whether the folder holds a pack that is laid out as this project's are. */
export function canBundle(dir: string): boolean {
    return fs.existsSync(path.join(dir, "pack.ts")) && fs.existsSync(path.join(dir, "rules"));
}

/** Bundles a pack. */
export async function bundlePack({ dir, outfile, withSdk = false }: BundleOptions): Promise<void> {
    // Only those who bundle load the bundler.
    const { build } = createRequire(__filename)("esbuild") as typeof esbuild;
    await build({
        stdin: { contents: entryOf(dir, withSdk), resolveDir: dir, loader: "js" },
        outfile,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        legalComments: withSdk ? "none" : "inline",
        keepNames: !withSdk,
        logLevel: "error",
        external: withSdk ? [] : ["@pulumi/*"],
        plugins: [listedRules(path.join(dir, "rules")), ...(withSdk ? [withoutUnused] : [])],
    });
}

function entryOf(dir: string, withSdk: boolean): string {
    const pack = `require(${JSON.stringify(path.join(dir, "pack.ts"))});`;
    if (!withSdk) {
        return pack;
    }
    return [
        // Node would print the line of the bundle that threw.
        `process.on("uncaughtException", (error) => {
            process.stderr.write(String(error?.stack ?? error) + "\\n");
            process.exit(1);
        });`,
        // A pack outlives nobody: whoever started it holds the other end of this.
        `process.stdin.resume().on("close", () => process.exit());`,
        pack,
    ].join("\n");
}

/** Replaces the loader, which reads the folder of rules at run time, by a list of what is in the folder now. */
function listedRules(folder: string): esbuild.Plugin {
    return {
        name: "listed-rules",
        setup(build) {
            build.onLoad({ filter: /[\\/]framework[\\/]load\.ts$/ }, (file) => ({
                contents: listOf(folder),
                loader: "js",
                resolveDir: path.dirname(file.path),
            }));
        },
    };
}

function listOf(folder: string): string {
    const files = fs
        .readdirSync(folder)
        .filter((file) => file.endsWith(".ts"))
        .sort();
    return [
        ...files.map(
            (file, index) =>
                `import { rule as rule${index} } from ${JSON.stringify(path.join(folder, file))};`,
        ),
        `export function loadRules() { return [${files.map((_, index) => `rule${index}`).join(", ")}]; }`,
        "export const loadStacksRules = loadRules;",
    ].join("\n");
}

/** Leaves out what Pulumi's SDK loads at once, and no policy uses. */
export const withoutUnused: esbuild.Plugin = {
    name: "without-unused",
    setup(build) {
        build.onResolve({ filter: UNUSED }, ({ path: name }) => ({ path: name, namespace: "unused" }));
        build.onResolve({ filter: UNUSED_PARTS }, ({ path: name, importer }) =>
            SDK_INDEX.test(importer) ? { path: name, namespace: "unused" } : undefined,
        );
        build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {};" }));
    },
};
