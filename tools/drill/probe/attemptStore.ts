/** Keeps what the probe saw, so that an interruption does not lose it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Attempt } from "./types";

/** Keeps attempts by the journal of their run. */
export interface AttemptStore {
    keep(journal: string, attempt: Attempt): void;
    read(journal: string): readonly Attempt[];
}

/** Attempts in a directory, a file of JSON lines for each run. */
export function fileAttemptStore(directory: string): AttemptStore {
    const path = (journal: string): string => join(directory, `${journal}.jsonl`);
    return {
        keep(journal, attempt) {
            mkdirSync(directory, { recursive: true });
            appendFileSync(path(journal), `${JSON.stringify(attempt)}\n`);
        },
        read: (journal) =>
            existsSync(path(journal)) ? parseAttempts(readFileSync(path(journal), "utf8")) : [],
    };
}

function parseAttempts(text: string): Attempt[] {
    return text.split("\n").flatMap((line) => {
        try {
            return line === "" ? [] : [JSON.parse(line) as Attempt];
        } catch {
            // Torn by an interruption: an attempt that is not known of is not counted as written.
            return [];
        }
    });
}
