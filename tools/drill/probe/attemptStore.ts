/** Keeps what the probe saw, so that an interruption does not lose it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../errors";
import { type Attempt } from "./types";

/** Keeps attempts by the journal of their run. */
export interface AttemptStore {
    keep(journal: string, attempt: Attempt): void;
    read(journal: string): readonly Attempt[];
}

/**
 * Attempts in a directory, a file of JSON lines for each run. They are kept for the case of an interruption, and no disk
 * stops a run for their sake: what cannot be kept or read is said, once.
 */
export function fileAttemptStore(directory: string, warn: (text: string) => void): AttemptStore {
    const path = (journal: string): string => join(directory, `${journal}.jsonl`);
    let isSaid = false;
    const say = (text: string): void => {
        if (!isSaid) {
            isSaid = true;
            warn(`WARNING: ${text}`);
        }
    };
    return {
        keep(journal, attempt) {
            try {
                mkdirSync(directory, { recursive: true });
                appendFileSync(path(journal), `${JSON.stringify(attempt)}\n`);
            } catch (error) {
                say(`what the probe sees is not kept, so an interruption loses it: ${messageOf(error)}`);
            }
        },
        read(journal) {
            try {
                return existsSync(path(journal)) ? parseAttempts(readFileSync(path(journal), "utf8")) : [];
            } catch (error) {
                say(`what the probe saw before cannot be read, and counts as not seen: ${messageOf(error)}`);
                return [];
            }
        },
    };
}

function parseAttempts(text: string): Attempt[] {
    return text.split("\n").flatMap((line) => {
        try {
            const value = line === "" ? null : (JSON.parse(line) as Attempt | null);
            return isAttempt(value) ? [value] : [];
        } catch {
            // Torn by an interruption: an attempt that is not known of is not counted as written.
            return [];
        }
    });
}

/** Figures are counted with all of it. */
function isAttempt(value: Partial<Attempt> | null): value is Attempt {
    return (
        typeof value === "object" &&
        value !== null &&
        [value.marker, value.sentAt, value.endedAt].every((number) => Number.isFinite(number)) &&
        typeof value.acknowledged === "boolean"
    );
}
