/** A side as it is kept: its previews, and what its secrets come to without saying what they are. */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { type PlannedState } from "../deployment";
import { type PreviewRequest } from "../cli/main";
import type * as engine from "../stacks";
import { type PreviewDocument } from "../types";
import { ARCHIVE, ASSET, isRecord, MASK, plain, SIGNATURE } from "../values";
import { type SecretDigest } from "./differences";
import { stable } from "./listItems";

const load = createRequire(__filename);

/** A side. */
export interface RecordedSide {
    readonly document: PreviewDocument;
    /** By place, as JSON, what each secret comes to under a key of this machine. */
    readonly secrets: Readonly<Record<string, string>>;
}

/** What a side is asked for: all of a request that two processes can share. */
export type SideRequest = Omit<PreviewRequest, "onProgress">;

/** What the process that previews the other side is told. */
export interface RecordRequest {
    readonly request: SideRequest;
    /** Where what is kept lies. */
    readonly folder: string;
    /** The file to write. */
    readonly file: string;
}

/** Previews a project by way of `previewStacks`, or of what is given in its place. */
export type PreviewProject = (
    request: PreviewRequest,
    given?: typeof engine.previewStacks,
) => Promise<PreviewDocument>;

/**
 * Previews a side.
 *
 * @param key Digests of secrets are made with it: both sides must have the same.
 */
export async function recordSide(
    previewProject: PreviewProject,
    request: PreviewRequest,
    key: Buffer,
): Promise<RecordedSide> {
    const { previewStacks } = load("../stacks") as typeof engine;
    const secrets: Record<string, string> = {};
    const document = await previewProject(request, (asked) =>
        previewStacks({
            ...asked,
            onRun: async (run) => {
                run.states.forEach((state) => {
                    addSecrets(state, key, secrets);
                });
                await asked.onRun?.(run);
            },
        }),
    );
    return { document, secrets };
}

function addSecrets(state: PlannedState, key: Buffer, into: Record<string, string>): void {
    const visit = (shown: unknown, clear: unknown, place: readonly (string | number)[]): void => {
        if (shown === MASK) {
            into[JSON.stringify(place)] = createHmac("sha256", key)
                .update(stable(clear))
                .digest("hex")
                .slice(0, 16);
        } else if (Array.isArray(shown)) {
            shown.forEach((item, index) => {
                visit(item, Array.isArray(clear) ? clear[index] : undefined, [...place, index]);
            });
        } else if (isRecord(shown)) {
            for (const [name, value] of Object.entries(shown)) {
                visit(value, isRecord(clear) ? clear[name] : undefined, [...place, name]);
            }
        }
    };
    visit(state.inputs, plain(state.plainInputs()), [state.urn]);
}

/** Says what the secrets of a side come to. */
export function digestsOf({ secrets }: RecordedSide): SecretDigest {
    return (place) => secrets[JSON.stringify(place)];
}

/** The key of this machine, made when it is first asked for: digests of short secrets could be guessed without it. */
export function secretKey(folder: string): Buffer {
    const file = join(folder, "key");
    if (!existsSync(file)) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
    }
    return Buffer.from(readFileSync(file, "utf8"), "hex");
}

/**
 * The document without what is of its place alone: paths inside the project's folder read the same wherever that is,
 * and files that are handed to AWS are told by what they hold.
 */
export function portable(document: PreviewDocument, root: string, projectDir: string): PreviewDocument {
    const rewrite = (value: unknown): unknown => {
        if (typeof value === "string") {
            return value.includes(root) ? value.replaceAll(root, ".") : value;
        }
        if (Array.isArray(value)) {
            return value.map(rewrite);
        }
        if (!isRecord(value)) {
            return value;
        }
        const { path } = value;
        const isFile = value[SIGNATURE] === ASSET || value[SIGNATURE] === ARCHIVE;
        const hash =
            isFile && typeof path === "string" && value["hash"] === undefined
                ? contentHash(resolve(projectDir, path))
                : undefined;
        return {
            ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewrite(inner)])),
            ...(hash === undefined ? {} : { hash }),
        };
    };
    const stacks = Object.entries(document.stacks).map(([name, preview]) => [
        name,
        {
            ...preview,
            steps: preview.steps.map((step) => ({
                ...step,
                newState: { ...step.newState, inputs: rewrite(step.newState.inputs) },
            })),
            outputs: rewrite(preview.outputs),
        },
    ]);
    return { ...document, stacks: Object.fromEntries(stacks) as PreviewDocument["stacks"] };
}

/** A digest of a file, or of all files of a folder; undefined for what is not there. */
export function contentHash(place: string): string | undefined {
    const stat = statSync(place, { throwIfNoEntry: false });
    if (stat === undefined) {
        return undefined;
    }
    const hash = createHash("sha256");
    if (stat.isDirectory()) {
        const names = readdirSync(place, { recursive: true, encoding: "utf8" }).sort();
        for (const name of names) {
            const file = join(place, name);
            if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) {
                hash.update(`${name}\u0000`).update(readFileSync(file)).update("\u0000");
            }
        }
    } else {
        hash.update(readFileSync(place));
    }
    return hash.digest("hex");
}
