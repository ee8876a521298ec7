/** Files that a program hands on: the engine keeps their hash, by which it knows whether they have changed. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Properties } from "./types";
import { holds, isAsset, isRecord } from "./values";

function sha256(content: string | Buffer): string {
    return createHash("sha256").update(content).digest("hex");
}

/** A folder's hash follows from the names and the contents of what is in it. */
function hashOf(file: string): string {
    if (!fs.statSync(file).isDirectory()) {
        return sha256(fs.readFileSync(file));
    }
    const names = fs.readdirSync(file).sort();
    return sha256(names.map((name) => `${name} ${hashOf(path.join(file, name))}\n`).join(""));
}

/**
 * The inputs with a hash in every asset and archive, as the engine takes them. An asset's hash is the engine's; that of an
 * archive is one of our own.
 *
 * @param folder What a path begins in that is not absolute: the folder in which the program runs.
 * @throws Error where there is no such file.
 */
export function withHashes(inputs: Properties, folder: string): Properties {
    // Nearly no resource has any: most inputs are handed on as they are.
    return holds(inputs, isAsset) ? (inner(inputs, folder) as Properties) : inputs;
}

/** What is in an archive, wherever its files are on this machine. */
function contentsOf(parts: Properties): string {
    const hashes = Object.entries(parts).map(
        ([name, part]) => `${name} ${String((part as Properties)["hash"])}\n`,
    );
    return hashes.sort().join("");
}

function inner(value: unknown, folder: string): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => inner(item, folder));
    }
    if (!isRecord(value)) {
        return value;
    }
    if (!isAsset(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item, folder)]));
    }
    const { text, path: file, assets } = value;
    if (isRecord(assets)) {
        const parts = inner(assets, folder) as Properties;
        return { ...value, assets: parts, hash: sha256(contentsOf(parts)) };
    }
    if (typeof file === "string") {
        return { ...value, hash: hashOf(path.resolve(folder, file)) };
    }
    return typeof text === "string" ? { ...value, hash: sha256(text) } : value;
}

/** A value of an asset as it is printed: a path on this machine says nothing to others, so it begins at a folder. */
export function shownAsset(value: unknown, folder: string): unknown {
    if (!isRecord(value) || !isAsset(value)) {
        return value;
    }
    const { path: file } = value;
    return typeof file === "string" && path.isAbsolute(file)
        ? { ...value, path: path.relative(folder, file) }
        : value;
}
