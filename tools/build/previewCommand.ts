/**
 * Builds the command that previews any project: the preview and what it is made of as JavaScript, the policy packs as
 * bundles, and the modules that the package does not depend on but its policies need.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import * as esbuild from "esbuild";
import { bundlePolicies } from "../bundlePolicies";
import { pageScript } from "../preview/picture/page";
import { withoutUnused } from "../preview/policies/bundle";
import { OWN_PACKS } from "../preview/policies/choice";

/** The tools that the command is made of. */
const TOOLS = ["preview", "project", "shared", "cost"].map((name) => `tools/${name}`);
/** What of these is about this project alone, or names sources. */
const LEFT_OUT = ["tools/preview/projectCheck.ts", "policies/framework/package.json"];
/** What the preview reads at run time by a name that no import says. */
const READ_BY_NAME = ["policies/framework", "policies/cross-stack"];
/** Where modules are loaded by a name that no import says, of those that the package brings along. */
const LOADERS = /^(?:policies|tools\/preview\/policies)\//;
const LOADED = /(?:\)|\bload|\brequire)\(\s*"(@[^"]*)"/g;
/** What only the checkout needs. */
const NOT_BROUGHT = /^(?:\.|node:|esbuild$|typescript$|tsx)/;
/** What the page runs in a browser, which the package has in one piece. */
const PAGE = "tools/preview/picture/page";

/** Builds into a folder, which is emptied first. */
export async function buildPreviewCommand(root: string, outdir: string): Promise<void> {
    fs.rmSync(outdir, { recursive: true, force: true });
    for (const dir of OWN_PACKS) {
        await bundlePolicies(dir, path.join(outdir, "policies", path.basename(dir)));
    }
    const { files, modules } = await closure(root);
    await esbuild.build({
        entryPoints: files.filter((file) => file.endsWith(".ts")),
        absWorkingDir: root,
        outbase: root,
        outdir,
        platform: "node",
        target: "node20",
        format: "cjs",
        logLevel: "error",
    });
    for (const file of files.filter((each) => !each.endsWith(".ts"))) {
        copy(path.join(root, file), path.join(outdir, file));
    }
    fs.writeFileSync(path.join(outdir, PAGE, "client.js"), pageScript());
    await vendor(root, path.join(outdir, "vendor"), modules);
    fs.chmodSync(path.join(outdir, "tools", "preview", "command.js"), 0o755);
}

/** The files that the command is made of, by their paths in the project, and the modules that they import. */
async function closure(root: string): Promise<{ files: string[]; modules: string[] }> {
    const own = [...TOOLS, ...READ_BY_NAME]
        .flatMap((folder) => filesIn(root, folder))
        .filter((file) => !LEFT_OUT.includes(file) && !file.startsWith(`${PAGE}/client/`));
    const { metafile } = await esbuild.build({
        entryPoints: own.filter((file) => file.endsWith(".ts")),
        absWorkingDir: root,
        outdir: "unwritten",
        bundle: true,
        write: false,
        metafile: true,
        packages: "external",
        platform: "node",
        format: "cjs",
        loader: { ".html": "text", ".css": "text", ".svg": "text" },
        logLevel: "error",
    });
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    const files = [...new Set([...own, ...Object.keys(metafile.inputs)])].filter((file) =>
        fs.existsSync(path.join(root, file)),
    );
    const loaded = files
        .filter((file) => LOADERS.test(file))
        .flatMap((file) => [...fs.readFileSync(path.join(root, file), "utf8").matchAll(LOADED)])
        .map(([, name = ""]) => name);
    const imported = imports.filter(({ external }) => external === true).map((each) => each.path);
    return { files, modules: [...new Set([...imported, ...loaded])] };
}

function filesIn(root: string, folder: string): string[] {
    return fs
        .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
        .sort();
}

/** Puts modules beside the command that nobody installs with it, with their licences. */
async function vendor(root: string, outdir: string, modules: readonly string[]): Promise<void> {
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
        dependencies: Readonly<Record<string, string>>;
    };
    const brought = modules.filter((name) => !NOT_BROUGHT.test(name) && !(packageOf(name) in dependencies));
    const { metafile } = await esbuild.build({
        stdin: {
            contents: brought
                .map((name) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(name)});`)
                .join("\n"),
            resolveDir: root,
            loader: "js",
        },
        absWorkingDir: root,
        outfile: path.join(outdir, "modules.js"),
        bundle: true,
        minify: true,
        keepNames: true,
        metafile: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        plugins: [withoutUnused],
        logLevel: "error",
    });
    const index = Object.fromEntries(brought.map((name, number) => [name, `${number}.js`]));
    for (const [name, file] of Object.entries(index)) {
        fs.writeFileSync(
            path.join(outdir, file),
            `module.exports = require("./modules.js")[${JSON.stringify(name)}]();\n`,
        );
    }
    fs.writeFileSync(path.join(outdir, "index.json"), `${JSON.stringify(index, undefined, 2)}\n`);
    fs.writeFileSync(path.join(outdir, "LICENSES.txt"), licences(root, Object.keys(metafile.inputs)));
}

/** The package that a module is in. */
function packageOf(module: string): string {
    return module.split("/", module.startsWith("@") ? 2 : 1).join("/");
}

/** The licences of the packages whose files are in a bundle, one after the other. */
function licences(root: string, inputs: readonly string[]): string {
    const folders = inputs.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
    const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
    return packages
        .map((folder) => {
            const directory = path.join(root, folder);
            const { name, version, license } = JSON.parse(
                fs.readFileSync(path.join(directory, "package.json"), "utf8"),
            ) as Record<"name" | "version" | "license", string>;
            const file = fs.readdirSync(directory).find((each) => /^licen[cs]e/i.test(each));
            const text = file === undefined ? "" : fs.readFileSync(path.join(directory, file), "utf8");
            return `${name} ${version} (${license})\n\n${text.trim()}\n`;
        })
        .join("\n----\n\n");
}

function copy(source: string, target: string): void {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(source, target);
}
