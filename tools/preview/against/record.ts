/**
 * A process of its own that previews the other side of a comparison. It is told a request as JSON on standard input, and
 * writes what it found to a file.
 */
import "../broughtAlong";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { WrongCall } from "../../shared/commandLine";
import type * as anyProject from "../anyProject";
import type * as own from "../index";
import {
    portable,
    type PreviewProject,
    type RecordedSide,
    type RecordRequest,
    recordSide,
    secretKey,
    withoutTraces,
} from "./recordedSide";

const load = createRequire(__filename);

/** Loads what previews it: on this project's SDK, or on that of another. */
function previewer(any: boolean): PreviewProject {
    return any
        ? (load("../anyProject") as typeof anyProject).previewAny
        : (load("../index") as typeof own).previewProject;
}

async function record(): Promise<void> {
    const { request, folder, root, file, any, calledIn } = JSON.parse(
        readFileSync(0, "utf8"),
    ) as RecordRequest;
    process.chdir(calledIn);
    const side = await recordSide(
        previewer(any),
        { ...request, onProgress: () => undefined },
        secretKey(folder),
    );
    const kept: RecordedSide = { ...side, document: portable(withoutTraces(side.document), root) };
    writeFileSync(file, JSON.stringify(kept));
}

record().then(
    () => {
        // What a program left running must not keep the process from ending.
        process.exit(0);
    },
    (error: unknown) => {
        process.stderr.write(error instanceof Error ? error.message : String(error));
        process.exit(error instanceof WrongCall ? 2 : 1);
    },
);
