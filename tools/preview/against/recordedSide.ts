/** A side as it is kept: its previews, and what its secrets come to without saying what they are. */
import { createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type PlannedState } from "../deployment";
import { type PreviewRequest } from "../cli/main";
import type * as engine from "../stacks";
import { type PreviewDocument } from "../types";
import { isRecord, MASK, plain } from "../values";
import { type SecretDigest } from "./differences";
import { stable } from "./listItems";
import { mapTexts } from "./side";

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
    /** The root of the tree that the project is in. */
    readonly root: string;
    /** The file to write. */
    readonly file: string;
    /** Whether the project is somebody's, and previewed on modules of its own. */
    readonly any: boolean;
    /** Where the command was called: paths in the request are read from there. */
    readonly calledIn: string;
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
    const secrets: Record<string, string> = {};
    const document = await previewProject(request, (asked) => {
        // By now it is settled whose SDK the engine works with.
        const { previewStacks } = load("../stacks") as typeof engine;
        return previewStacks({
            ...asked,
            onRun: async (run) => {
                run.states.forEach((state) => {
                    addSecrets(state, key, secrets);
                });
                await asked.onRun?.(run);
            },
        });
    });
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

/** The errors' stack traces name this machine's folders. */
export function withoutTraces(document: PreviewDocument): PreviewDocument {
    const stacks = Object.entries(document.stacks).map(([name, { error, ...preview }]) => [
        name,
        error === undefined ? preview : { ...preview, error: { ...error, stack: undefined } },
    ]);
    return { ...document, stacks: Object.fromEntries(stacks) as PreviewDocument["stacks"] };
}

/**
 * The document without what is of its place alone: paths inside the project read the same wherever that is. What files
 * hold that are handed to AWS, their hashes tell.
 */
export function portable(document: PreviewDocument, root: string): PreviewDocument {
    const rewrite = (value: unknown): unknown => mapTexts(value, (text) => text.replaceAll(root, "."));
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
