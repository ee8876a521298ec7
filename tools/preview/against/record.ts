/**
 * A process of its own that previews the other side of a comparison. It is told a request as JSON on standard input, and
 * writes what it found to a file.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { WrongCall } from "../../shared/commandLine";
import { previewProject } from "../index";
import {
    portable,
    type RecordedSide,
    type RecordRequest,
    recordSide,
    secretKey,
    withoutTraces,
} from "./recordedSide";

async function record(): Promise<void> {
    const { request, folder, root, file } = JSON.parse(readFileSync(0, "utf8")) as RecordRequest;
    const side = await recordSide(
        previewProject,
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
