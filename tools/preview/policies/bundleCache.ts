/**
 * Bundles of policy packs, kept between previews: from one file a pack starts several times as fast as from a hundred
 * that are translated one by one. What is kept is used only while no source has changed.
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { canBundle } from "./bundle";

const load = createRequire(__filename);
const ROOT = path.resolve(__dirname, "../../..");

/** A pack's place in the cache. */
export interface CachedBundle {
    readonly file: string;
    /** Whether it is there. */
    readonly ready: boolean;
}

/** Where a pack's bundle is or goes. Nothing for a pack that cannot be bundled. */
export function cachedBundle(dir: string, cacheDir = defaultCacheDir()): CachedBundle | undefined {
    if (cacheDir === undefined || !canBundle(dir)) {
        return undefined;
    }
    const file = path.join(cacheDir, `${path.basename(dir)}-${fingerprint(dir)}.js`);
    return { file, ready: fs.existsSync(file) };
}

/** Takes earlier bundles of the same pack away, and what the pack said about itself. */
export function removeOlder({ file }: CachedBundle): void {
    const name = path.basename(file);
    const prefix = name.slice(0, name.lastIndexOf("-") + 1);
    for (const other of fs.readdirSync(path.dirname(file))) {
        if (other.startsWith(prefix) && other !== name) {
            fs.rmSync(path.join(path.dirname(file), other), { force: true });
        }
    }
}

/** Tells one state of the sources from another: every file with its size and time, and the versions of the tools. */
function fingerprint(dir: string): string {
    const hash = createHash("sha256");
    for (const folder of [dir, path.join(dir, "..", "framework")]) {
        addFolder(hash, folder);
    }
    addFile(hash, path.join(dir, "package.json"));
    for (const name of ["@pulumi/policy", "@pulumi/pulumi", "esbuild"]) {
        const { version } = load(`${name}/package.json`) as { version: string };
        hash.update(`${name} ${version}\n`);
    }
    addFile(hash, path.join(__dirname, "bundle.ts"));
    return hash.digest("hex").slice(0, 16);
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
    if (!fs.existsSync(folder)) {
        return;
    }
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const item = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            addFolder(hash, item);
        } else if (/\.(?:ts|json)$/.test(entry.name)) {
            addFile(hash, item);
        }
    }
}

function addFile(hash: ReturnType<typeof createHash>, file: string): void {
    const { size, mtimeMs } = fs.statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
}

/** The usual place for what tools keep, where it can be written. */
function defaultCacheDir(): string | undefined {
    const dir = path.join(ROOT, "node_modules", ".cache", "meridian-policies");
    try {
        fs.mkdirSync(dir, { recursive: true });
        fs.accessSync(dir, fs.constants.W_OK);
        return dir;
    } catch {
        // A read-only installation works as well, only slower.
        return undefined;
    }
}
