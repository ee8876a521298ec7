/** The append-only record of a run, by which an interrupted one is resumed or rolled back. */
import { type Clock, isoTime } from "../../shared/clock";
import { DrillError } from "../errors";
import { type JournalStore } from "./journalStore";

/** Who runs the drill. */
export interface Operator {
    readonly name: string;
    readonly host: string;
    readonly pid: number;
}

/** What became of a step. */
export type StepState = "started" | "done" | "skipped" | "failed" | "undone";

/**
 * How a run ended. `halfway` is not among them: such a journal stays open, and the next run takes it up.
 *
 * - `done`: every step is done.
 * - `refused`: nothing was changed.
 * - `failed`: something failed, and nothing that the run made is left.
 * - `rolled-back`: what was changed is as it was.
 * - `given-up`: the operator started afresh, or failed over, instead of resuming.
 */
export type Outcome = "done" | "refused" | "failed" | "rolled-back" | "given-up";

/** The first line. */
export interface Opened {
    readonly kind: "opened";
    readonly at: string;
    readonly id: string;
    readonly verb: string;
    readonly environment: string;
    /** What the run is about, in the form that its runbook gave; a resumed run keeps it. */
    readonly params: Readonly<Record<string, unknown>>;
    readonly operator: Operator;
}

/** A line of a journal. */
export type Entry =
    | Opened
    | { readonly kind: "resumed"; readonly at: string; readonly operator: Operator }
    | { readonly kind: "fact"; readonly at: string; readonly key: string; readonly value: unknown }
    | {
          readonly kind: "step";
          readonly at: string;
          readonly step: string;
          readonly state: StepState;
          readonly detail?: string;
      }
    | { readonly kind: "note"; readonly at: string; readonly text: string }
    | { readonly kind: "closed"; readonly at: string; readonly outcome: Outcome };

/** What a run has learnt, kept in its journal. */
export interface Facts {
    get(key: string): unknown;
    set(key: string, value: unknown): void;
    /** The fact, or what `learn` finds, which from then on is the fact. */
    remember<T>(key: string, learn: () => Promise<T>): Promise<T>;
}

/** A journal, open for writing. */
export class Journal implements Facts {
    private readonly entries: Entry[] = [];

    private constructor(
        private readonly store: JournalStore,
        private readonly clock: Clock,
        readonly opened: Opened,
    ) {}

    /** Begins a journal. Its id is the verb and the time. */
    static begin(
        store: JournalStore,
        clock: Clock,
        header: Pick<Opened, "environment" | "operator" | "params" | "verb">,
    ): Journal {
        const at = isoTime(clock.now());
        const stem = `${header.verb}-${at.replaceAll(/[-:.]/g, "").toLowerCase()}`;
        const taken = new Set(store.list());
        let id = stem;
        for (let count = 2; taken.has(id); count += 1) {
            id = `${stem}-${count}`;
        }
        const journal = new Journal(store, clock, { kind: "opened", at, id, ...header });
        journal.append(journal.opened);
        return journal;
    }

    /** Takes up a journal where it stopped. */
    static resume(store: JournalStore, clock: Clock, id: string, operator: Operator): Journal {
        const journal = Journal.load(store, clock, id);
        journal.append({ kind: "resumed", at: isoTime(clock.now()), operator });
        return journal;
    }

    /** Reads a journal. A line that an interruption tore is no line. */
    static load(store: JournalStore, clock: Clock, id: string): Journal {
        const entries = parseEntries(id, store.read(id));
        const [opened] = entries;
        if (opened?.kind !== "opened") {
            throw new DrillError(
                `journal ${id} has no first line`,
                `Move it away from ${store.place}; the run that it was for changed nothing.`,
            );
        }
        const journal = new Journal(store, clock, opened);
        journal.entries.push(...entries);
        return journal;
    }

    get id(): string {
        return this.opened.id;
    }

    /** How the run ended; undefined while it has not. */
    get outcome(): Outcome | undefined {
        const last = this.entries.findLast((entry) => entry.kind === "closed");
        return last?.kind === "closed" ? last.outcome : undefined;
    }

    /** Whether an earlier run was interrupted and this is its continuation. */
    get wasResumed(): boolean {
        return this.entries.some((entry) => entry.kind === "resumed");
    }

    get(key: string): unknown {
        const found = this.entries.findLast((entry) => entry.kind === "fact" && entry.key === key);
        return found?.kind === "fact" ? found.value : undefined;
    }

    set(key: string, value: unknown): void {
        this.append({ kind: "fact", at: isoTime(this.clock.now()), key, value });
    }

    async remember<T>(key: string, learn: () => Promise<T>): Promise<T> {
        const known = this.get(key);
        if (known !== undefined) {
            return known as T;
        }
        const value = await learn();
        this.set(key, value);
        return value;
    }

    /** The last that was noted of a step. */
    stateOf(step: string): StepState | undefined {
        const found = this.entries.findLast((entry) => entry.kind === "step" && entry.step === step);
        return found?.kind === "step" ? found.state : undefined;
    }

    /** Whether a step was ever begun and has not been undone. */
    wasBegun(step: string): boolean {
        const state = this.stateOf(step);
        return state !== undefined && state !== "skipped" && state !== "undone";
    }

    /** When a step first began and last ended, in milliseconds since 1970. */
    timesOf(step: string): { readonly began?: number; readonly ended?: number; readonly detail?: string } {
        const own = this.entries.flatMap((entry) =>
            entry.kind === "step" && entry.step === step ? [entry] : [],
        );
        const began = own.find(({ state }) => state === "started");
        const ended = own.findLast(({ state }) => state !== "started");
        return {
            ...(began === undefined ? {} : { began: Date.parse(began.at) }),
            ...(ended === undefined ? {} : { ended: Date.parse(ended.at) }),
            ...(ended?.detail === undefined ? {} : { detail: ended.detail }),
        };
    }

    step(step: string, state: StepState, detail?: string): void {
        this.append({
            kind: "step",
            at: isoTime(this.clock.now()),
            step,
            state,
            ...(detail === undefined ? {} : { detail }),
        });
    }

    note(text: string): void {
        this.append({ kind: "note", at: isoTime(this.clock.now()), text });
    }

    close(outcome: Outcome): void {
        this.append({ kind: "closed", at: isoTime(this.clock.now()), outcome });
    }

    private append(entry: Entry): void {
        this.store.append(this.opened.id, JSON.stringify(entry));
        this.entries.push(entry);
    }
}

function parseEntries(id: string, text: string): Entry[] {
    const lines = text.split("\n").filter((line) => line !== "");
    const entries: Entry[] = [];
    lines.forEach((line, index) => {
        try {
            entries.push(JSON.parse(line) as Entry);
        } catch {
            // A process that dies while it writes tears its last line, which the next process may have written after.
            const next = lines[index + 1];
            if (next !== undefined && !next.includes('"kind":"resumed"')) {
                throw new DrillError(
                    `line ${index + 1} of journal ${id} cannot be read`,
                    "A journal is only ever appended to, so something else wrote there. Look at the state with " +
                        "`npm run drill -- status`, then move the journal away.",
                );
            }
        }
    });
    return entries;
}

/** The verb that changes nothing, so that nobody has to finish it. */
export const LOOKING_VERB = "status";

/** The journals of runs that neither ended nor were given up, the oldest first. */
export function unfinishedJournals(store: JournalStore, clock: Clock): Journal[] {
    return store
        .list()
        .filter((id) => parseEntries(id, store.read(id)).length > 0)
        .map((id) => Journal.load(store, clock, id))
        .filter(({ opened, outcome }) => outcome === undefined && opened.verb !== LOOKING_VERB)
        .sort((a, b) => (a.opened.at < b.opened.at ? -1 : 1));
}
