/**
 * A process of its own that previews the other side of a comparison. It is told a request as JSON on standard input, and
 * writes what it found to a file.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { WrongCall } from "../../shared/commandLine";
import { previewProject } from "../index";
import { type RecordRequest, recordSide, secretKey } from "./recordedSide";

async function record(): Promise<void> {
    const { request, folder, file } = JSON.parse(readFileSync(0, "utf8")) as RecordRequest;
    const side = await recordSide(
        previewProject,
        { ...request, onProgress: () => undefined },
        secretKey(folder),
    );
    writeFileSync(file, JSON.stringify(side));
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
