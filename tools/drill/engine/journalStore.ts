/** Where journals are kept. */
import {
    closeSync,
    existsSync,
    fsyncSync,
    mkdirSync,
    openSync,
    readdirSync,
    readFileSync,
    writeSync,
} from "node:fs";
import { join } from "node:path";

/** Keeps journals by their id. */
export interface JournalStore {
    /** For messages. */
    readonly place: string;
    /** The ids of all journals. */
    list(): readonly string[];
    read(id: string): string;
    /** Adds a line, which is on the disk when this returns. */
    append(id: string, line: string): void;
}

const SUFFIX = ".jsonl";

/** Journals in a directory, one file each. */
export function fileJournalStore(directory: string): JournalStore {
    const path = (id: string): string => join(directory, `${id}${SUFFIX}`);
    return {
        place: directory,
        list: () =>
            existsSync(directory)
                ? readdirSync(directory)
                      .filter((name) => name.endsWith(SUFFIX))
                      .map((name) => name.slice(0, -SUFFIX.length))
                      .sort()
                : [],
        read: (id) => readFileSync(path(id), "utf8"),
        append(id, line) {
            const isNew = !existsSync(path(id));
            if (isNew) {
                mkdirSync(directory, { recursive: true });
            }
            // A torn last line has no end; the new line must not become its continuation.
            const torn = !isNew && !readFileSync(path(id), "utf8").endsWith("\n");
            writeDurably(path(id), `${torn ? "\n" : ""}${line}\n`);
            if (isNew) {
                syncDirectory(directory);
            }
        },
    };
}

function writeDurably(file: string, text: string): void {
    const descriptor = openSync(file, "a", 0o600);
    try {
        writeSync(descriptor, text);
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
}

/** The name of a new file is on the disk when its directory is. */
function syncDirectory(directory: string): void {
    const descriptor = openSync(directory, "r");
    try {
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
}
