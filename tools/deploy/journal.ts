/** The append-only record of deployments, by which one that was interrupted or failed goes on where it stopped. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Verb } from "./graph";

/** A line of the journal. */
export type Entry =
    | {
          readonly event: "run";
          readonly at: string;
          readonly verb: Verb;
          readonly environment: string;
          /** What the run is to do, by id. */
          readonly steps: readonly string[];
          /** Tells whether the program and its configuration are still the same. */
          readonly fingerprint: string;
      }
    | { readonly event: "resumed"; readonly at: string; readonly steps: readonly string[] }
    | { readonly event: "started" | "done"; readonly at: string; readonly step: string }
    | { readonly event: "failed"; readonly at: string; readonly step: string; readonly error: string }
    | { readonly event: "stopped"; readonly at: string; readonly running: readonly string[] }
    | { readonly event: "finished"; readonly at: string; readonly outcome: "done" | "failed" | "stopped" }
    /** What was done no longer counts. */
    | { readonly event: "void"; readonly at: string; readonly because: string };

/** An unfinished run. */
export interface Unfinished {
    readonly begunAt: string;
    readonly fingerprint: string;
    readonly steps: readonly string[];
    readonly done: ReadonlySet<string>;
    /** Steps that were begun and neither ended nor failed: nobody knows how far they came. */
    readonly interrupted: readonly string[];
    readonly failed: ReadonlyMap<string, string>;
}

/** A journal's file. */
export class Journal {
    constructor(
        readonly file: string,
        private readonly now: () => number,
    ) {}

    /** The journal of a verb and an environment. */
    static of(directory: string, verb: Verb, environment: string, now: () => number): Journal {
        return new Journal(path.join(directory, `deploy-${verb}-${environment}.jsonl`), now);
    }

    /** Appends a line and has the disk keep it before it returns. */
    append(entry: WithoutTime<Entry>): void {
        fs.mkdirSync(path.dirname(this.file), { recursive: true });
        const line = JSON.stringify({ at: new Date(this.now()).toISOString(), ...entry });
        const handle = fs.openSync(this.file, "a+");
        try {
            // A line that an interruption tore must not take the next one with it.
            fs.writeSync(handle, `${endsWithNewline(handle) ? "" : "\n"}${line}\n`);
            fs.fsyncSync(handle);
        } finally {
            fs.closeSync(handle);
        }
    }

    /** All lines that can be read. */
    entries(): readonly Entry[] {
        if (!fs.existsSync(this.file)) {
            return [];
        }
        return fs.readFileSync(this.file, "utf8").split("\n").flatMap(parseLine);
    }

    /** The last run, when it has not come to its end. */
    unfinished(): Unfinished | undefined {
        return lastUnfinished(this.entries());
    }

    /** Says that an unfinished run is not to be taken up. Nothing where there is none. */
    void(because: string): void {
        if (this.unfinished() !== undefined) {
            this.append({ event: "void", because });
        }
    }
}

type WithoutTime<T> = T extends unknown ? Omit<T, "at"> : never;

function endsWithNewline(handle: number): boolean {
    const { size } = fs.fstatSync(handle);
    if (size === 0) {
        return true;
    }
    const last = Buffer.alloc(1);
    fs.readSync(handle, last, 0, 1, size - 1);
    return last.toString() === "\n";
}

function parseLine(line: string): Entry[] {
    if (line.trim() === "") {
        return [];
    }
    try {
        const value = JSON.parse(line) as Partial<Entry> | null;
        return typeof value === "object" && typeof value?.event === "string" ? [value as Entry] : [];
    } catch {
        // Torn by an interruption: what it would have said did not happen.
        return [];
    }
}

/** The last run of the lines, when it has not come to its end. */
export function lastUnfinished(entries: readonly Entry[]): Unfinished | undefined {
    const begin = entries.findLastIndex(({ event }) => event === "run");
    const run = entries[begin];
    if (run?.event !== "run") {
        return undefined;
    }
    const done = new Set<string>();
    const open = new Set<string>();
    const failed = new Map<string, string>();
    let steps = run.steps;
    for (const entry of entries.slice(begin + 1)) {
        switch (entry.event) {
            case "resumed":
                steps = [...new Set([...steps, ...entry.steps])];
                break;
            case "started":
                open.add(entry.step);
                failed.delete(entry.step);
                break;
            case "done":
                open.delete(entry.step);
                done.add(entry.step);
                break;
            case "failed":
                open.delete(entry.step);
                failed.set(entry.step, entry.error);
                break;
            case "finished":
                if (entry.outcome === "done") {
                    return undefined;
                }
                break;
            case "void":
                return undefined;
            case "run":
            case "stopped":
                break;
        }
    }
    return {
        begunAt: run.at,
        fingerprint: run.fingerprint,
        steps,
        done,
        interrupted: [...open],
        failed,
    };
}
