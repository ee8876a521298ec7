/** Reads the text of a journal, as far as it can be read. */
import { type Entry, type Outcome } from "./entries";

/** What a journal's text holds. */
export interface ReadJournal {
    readonly entries: readonly Entry[];
    /** The number of the first line that something else than an interruption spoilt. */
    readonly spoilt?: number;
    /** Whether the text holds anything at all. */
    readonly isEmpty: boolean;
    /** How the run ended; undefined while it has not. */
    readonly outcome?: Outcome;
}

/** Reads every line that can be read. */
export function readJournal(text: string): ReadJournal {
    const lines = text.split("\n").filter((line) => line !== "");
    const entries: Entry[] = [];
    let spoilt: number | undefined;
    lines.forEach((line, index) => {
        const entry = readEntry(line);
        if (entry !== undefined) {
            entries.push(entry);
            return;
        }
        // A process that dies while it writes tears its last line, which the next process may have written after.
        const next = lines[index + 1];
        if (next !== undefined && readEntry(next)?.kind !== "resumed") {
            spoilt ??= index + 1;
        }
    });
    const outcome = outcomeIn(entries);
    return {
        entries,
        isEmpty: lines.length === 0,
        ...(spoilt === undefined ? {} : { spoilt }),
        ...(outcome === undefined ? {} : { outcome }),
    };
}

/** How a run ended, by its lines; undefined while it has not. */
export function outcomeIn(entries: readonly Entry[]): Outcome | undefined {
    const closed = entries.findLast((entry) => entry.kind === "closed");
    return closed?.kind === "closed" ? closed.outcome : undefined;
}

/** Why a journal cannot be used; undefined where it can, or where nothing was written yet. */
export function damageOf({ entries, isEmpty, spoilt }: ReadJournal): string | undefined {
    if (spoilt !== undefined) {
        return `its line ${spoilt} cannot be read`;
    }
    return isEmpty || entries[0]?.kind === "opened" ? undefined : "its first line is torn or missing";
}

function readEntry(line: string): Entry | undefined {
    try {
        const value = JSON.parse(line) as Partial<Entry> | null;
        return isEntry(value) ? value : undefined;
    } catch {
        // Torn, or of something else: the caller says which.
        return undefined;
    }
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
    opened: ["at", "id", "verb", "environment"],
    resumed: ["at"],
    fact: ["at", "key"],
    step: ["at", "step", "state"],
    note: ["at", "text"],
    closed: ["at", "outcome"],
};

function isEntry(value: Partial<Entry> | null): value is Entry {
    if (value === null || typeof value !== "object") {
        return false;
    }
    // A newer version of this tool may know more kinds.
    const fields = FIELDS[String(value.kind)] ?? ["kind", "at"];
    const record = value as Record<string, unknown>;
    return (
        fields.every((field) => typeof record[field] === "string") &&
        // A report counts with it.
        !Number.isNaN(Date.parse(String(record["at"]))) &&
        (value.kind !== "opened" || isObject(record["params"])) &&
        (!["opened", "resumed"].includes(String(value.kind)) || isObject(record["operator"]))
    );
}

function isObject(value: unknown): boolean {
    return typeof value === "object" && value !== null;
}
