import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type asset } from "@pulumi/pulumi";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { type Subject } from "./subject";
import { ifKnown } from "./unknowns";

/**
 * The properties with some of them changed, for a remediation. Written through the SDK's proxy, because a copy of
 * the properties would lose what is secret among them.
 */
export function mended(resource: Subject, changes: Record<string, unknown> = {}): Record<string, unknown> {
    return Object.assign(resource.props as Record<string, unknown>, changes);
}

/** Writes into an object or a list within the properties, which leaves unknown and secret neighbours as they are. */
export function write(within: unknown, key: string | number, value: unknown): void {
    (within as Record<string | number, unknown>)[key] = value;
}

/** The names by which the policy SDK lets its proxies be known, and gives what they stand for. */
const IS_PROXY = "__isSpecialProxy";
const TARGET = "__getSpecialProxyTarget";

/**
 * Writes assets and archives among mended properties in the form of the engine's protocol. The policy SDK would send
 * an archive of several files with their names alone, and an asset at a URI without it.
 */
export async function withAssets(
    properties: Record<string, unknown> | undefined,
): Promise<Record<string, unknown> | undefined> {
    if (properties === undefined) {
        return undefined;
    }
    for (const property of Object.keys(properties)) {
        const value = ifKnown(() => unwrapped(properties[property]));
        if (isAssetOrArchive(value)) {
            properties[property] = await wireForm(value);
        }
    }
    return properties;
}

/** The value itself, without the proxies that the SDK puts around it. */
function unwrapped(value: unknown): unknown {
    let inner = value;
    while (inner instanceof Object && (inner as Record<string, unknown>)[IS_PROXY] === true) {
        inner = (inner as Record<string, unknown>)[TARGET];
    }
    return inner;
}

interface AssetOrArchive {
    readonly __pulumiAsset?: true;
    readonly __pulumiArchive?: true;
    readonly path?: unknown;
    readonly text?: unknown;
    readonly uri?: unknown;
    readonly assets?: Promise<asset.AssetMap>;
}

function isAssetOrArchive(value: unknown): value is AssetOrArchive {
    return value instanceof Object && ("__pulumiAsset" in value || "__pulumiArchive" in value);
}

/**
 * The hash that the engine knows an asset by, which the SDK drops on the way here, and without which it could not tell
 * that a file at the same place has changed. A path is the program's, so that one that is not absolute cannot be read here.
 */
async function hashOf({ path: given, text: written }: AssetOrArchive): Promise<string | undefined> {
    const [file, text] = await Promise.all([given, written]);
    const content =
        typeof text === "string"
            ? text
            : typeof file === "string" && path.isAbsolute(file) && fs.existsSync(file)
              ? fs.readFileSync(file)
              : undefined;
    return content === undefined ? undefined : createHash("sha256").update(content).digest("hex");
}

async function wireForm(value: AssetOrArchive): Promise<Record<string, unknown>> {
    const form: Record<string, unknown> = {
        [specialSigKey]: "__pulumiAsset" in value ? specialAssetSig : specialArchiveSig,
    };
    for (const key of ["path", "text", "uri"] as const) {
        if (value[key] !== undefined) {
            form[key] = value[key];
        }
    }
    const hash = "__pulumiAsset" in value ? await hashOf(value) : undefined;
    if (hash !== undefined) {
        form["hash"] = hash;
    }
    if (value.assets !== undefined) {
        const assets: Record<string, unknown> = {};
        for (const [name, part] of Object.entries(await value.assets)) {
            assets[name] = await wireForm(part);
        }
        form["assets"] = assets;
    }
    return form;
}
