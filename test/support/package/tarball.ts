/** Builds and packs the npm package. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** The project's folder. */
export const ROOT = path.join(__dirname, "..", "..", "..");

/** Packs the project as `npm publish` would, which builds it first. Returns the path of the tarball. */
export function pack(folder: string): string {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
        cwd: ROOT,
        stdio: ["ignore", "ignore", "inherit"],
    });
    const tarball = fs.readdirSync(folder).find((file) => file.endsWith(".tgz"));
    if (tarball === undefined) {
        throw new Error("npm pack made no tarball");
    }
    return path.join(folder, tarball);
}

/** What dist/ is made from. */
const SOURCES = ["components", "functions", "plugin", "tools/build", "package.json", "tsconfig.build.json"];

/** The project's folder as a Pulumi package, with a dist/ that is no older than what it is made from. */
export function builtPackage(): string {
    const built = path.join(ROOT, "dist", "schema.json");
    const newest = Math.max(...SOURCES.flatMap((source) => filesOf(path.join(ROOT, source))).map(changed));
    if (!fs.existsSync(built) || changed(built) < newest) {
        execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });
    }
    return ROOT;
}

function filesOf(source: string): string[] {
    return fs.statSync(source).isDirectory()
        ? fs.readdirSync(source).flatMap((name) => filesOf(path.join(source, name)))
        : [source];
}

function changed(file: string): number {
    return fs.statSync(file).mtimeMs;
}

/** What npm and Node.js read of a package.json. */
export interface Manifest {
    name: string;
    version: string;
    main: string;
    types: string;
    exports: Record<string, { types: string; default: string }>;
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
    peerDependencies: Record<string, string>;
    peerDependenciesMeta?: Record<string, { optional?: boolean }>;
    devDependencies: Record<string, string>;
}

export function readManifest(folder: string): Manifest {
    return JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
}
