/** Where journals are kept. */
import { existsSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { appendDurably, createDurably } from "../../shared/durableFile";

/** Keeps journals by their id. */
export interface JournalStore {
    /** For messages. */
    readonly place: string;
    /** The ids of all journals. */
    list(): readonly string[];
    read(id: string): string;
    /** When a journal was last written to, in milliseconds since 1970. */
    writtenAt(id: string): number;
    /** Begins a journal with its first line, which is on the disk when this returns. False where the id is taken. */
    create(id: string, line: string): boolean;
    /** Adds a line, which is on the disk when this returns. */
    append(id: string, line: string): void;
    /** Takes a journal out of the list, under a name that says that it cannot be used. That name. */
    setAside(id: string): string;
}

const SUFFIX = ".jsonl";

/** No journal comes near it: what is larger would be read for many seconds, on a night that has none. */
const MOST_BYTES = 64 * 1024 * 1024;

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
        read: (id) => readRegularFile(path(id)),
        writtenAt: (id) => statSync(path(id)).mtimeMs,
        create: (id, line) => createDurably(path(id), `${line}\n`),
        append(id, line) {
            // A torn last line has no end; the new line must not become its continuation.
            const torn = !readFileSync(path(id), "utf8").endsWith("\n");
            appendDurably(path(id), `${torn ? "\n" : ""}${line}\n`);
        },
        setAside(id) {
            let aside = `${path(id)}.damaged`;
            for (let count = 2; existsSync(aside); count += 1) {
                aside = `${path(id)}.damaged-${count}`;
            }
            renameSync(path(id), aside);
            return aside;
        },
    };
}

/**
 * The text of a file. What is none is not opened: a pipe would never be read to its end.
 *
 * @throws NodeJS.ErrnoException, or an Error that says what is there instead.
 */
function readRegularFile(file: string): string {
    const found = statSync(file);
    if (!found.isFile() && !found.isDirectory()) {
        throw new Error("it is no file");
    }
    if (found.isFile() && found.size > MOST_BYTES) {
        throw new Error(`it has ${found.size} bytes, and no journal has more than ${MOST_BYTES}`);
    }
    return readFileSync(file, "utf8");
}
