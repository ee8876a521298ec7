/** The append-only record of a run, by which an interrupted one is resumed or rolled back. */
import { type Clock, isoTime } from "../../shared/clock";
import { DrillError, messageOf } from "../errors";
import { type Entry, type Opened, type Operator, type Outcome, type StepState } from "./entries";
import { type JournalStore } from "./journalStore";
import { damageOf, outcomeIn, type ReadJournal, readJournal } from "./journalText";

export type { Operator, Outcome };

/** What a run has learnt, kept in its journal. */
export interface Facts {
    get(key: string): unknown;
    set(key: string, value: unknown): void;
    /** The fact, or what `learn` finds, which from then on is the fact. */
    remember<T>(key: string, learn: () => Promise<T>): Promise<T>;
}

/** What becomes of a run whose journal cannot be written. */
export interface Keeping {
    /** Whether the run goes on: a disk must not stop it. */
    readonly goesOn: boolean;
    readonly warn: (text: string) => void;
}

/** What another machine told of a run that began there. */
export interface Told extends Omit<Opened, "kind"> {
    readonly facts: Readonly<Record<string, unknown>>;
    readonly steps: Readonly<Record<string, StepState>>;
}

const STRICT: Keeping = { goesOn: false, warn: () => undefined };

/** A journal, open for writing. */
export class Journal implements Facts {
    private readonly entries: Entry[] = [];
    /** What is not on the disk yet, because it could not be written. */
    private readonly unwritten: string[] = [];
    private isOnDisk = true;
    private mayGoOn: boolean;

    private constructor(
        private readonly store: JournalStore,
        private readonly clock: Clock,
        readonly opened: Opened,
        private readonly keeping: Keeping,
    ) {
        this.mayGoOn = keeping.goesOn;
    }

    /**
     * Begins a journal. Its id is the verb and the time.
     *
     * @throws DrillError when it cannot be written and the run may not go on without it.
     */
    static begin(
        store: JournalStore,
        clock: Clock,
        header: Pick<Opened, "environment" | "operator" | "params" | "verb">,
        keeping: Keeping = STRICT,
    ): Journal {
        const at = isoTime(clock.now());
        const stem = `${header.verb}-${at.replaceAll(/[-:.]/g, "").toLowerCase()}`;
        for (let count = 1; ; count += 1) {
            const id = count === 1 ? stem : `${stem}-${count}`;
            const journal = new Journal(store, clock, { kind: "opened", at, id, ...header }, keeping);
            if (journal.open()) {
                return journal;
            }
        }
    }

    /** Takes up a journal where it stopped. */
    static resume(
        store: JournalStore,
        clock: Clock,
        id: string,
        operator: Operator,
        keeping: Keeping = STRICT,
    ): Journal {
        const journal = Journal.load(store, clock, id, keeping);
        journal.append({ kind: "resumed", at: isoTime(clock.now()), operator });
        return journal;
    }

    /** Takes up a run that began on another machine, by what that one told of it. */
    static adopt(
        store: JournalStore,
        clock: Clock,
        told: Told,
        operator: Operator,
        keeping: Keeping = STRICT,
    ): Journal {
        const { facts, steps, ...header } = told;
        const journal = new Journal(store, clock, { kind: "opened", ...header }, keeping);
        if (!journal.open()) {
            throw new DrillError(`journal ${told.id} is in ${store.place} already`);
        }
        for (const [key, value] of Object.entries(facts)) {
            journal.set(key, value);
        }
        for (const [step, state] of Object.entries(steps)) {
            journal.step(step, state, "told by the machine that the run began on");
        }
        journal.append({ kind: "resumed", at: isoTime(clock.now()), operator });
        return journal;
    }

    /** Reads a journal. A line that an interruption tore is no line. */
    static load(store: JournalStore, clock: Clock, id: string, keeping: Keeping = STRICT): Journal {
        const read = readJournal(store.read(id));
        const { entries } = read;
        const [opened] = entries;
        const damage = damageOf(read);
        if (opened?.kind !== "opened" || damage !== undefined) {
            throw new DrillError(
                `journal ${id} cannot be used: ${damage ?? "it is empty"}`,
                "A journal is only ever appended to, so something else wrote there. Look at the state with " +
                    "`npm run drill -- status`, then move the journal away.",
            );
        }
        const journal = new Journal(store, clock, opened, keeping);
        journal.entries.push(...entries);
        return journal;
    }

    get id(): string {
        return this.opened.id;
    }

    /** How the run ended; undefined while it has not. */
    get outcome(): Outcome | undefined {
        return outcomeIn(this.entries);
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

    /** Ends the journal. Everything is done by then, so that a disk that takes no more is a warning. */
    close(outcome: Outcome): void {
        this.mayGoOn = true;
        this.append({ kind: "closed", at: isoTime(this.clock.now()), outcome });
    }

    /** From here on the way is forward, and no disk may stop it. */
    goOnWithoutDisk(): void {
        this.mayGoOn = true;
    }

    /** All facts, the newest of each. */
    facts(): Record<string, unknown> {
        return Object.fromEntries(
            this.entries.flatMap((entry) => (entry.kind === "fact" ? [[entry.key, entry.value]] : [])),
        );
    }

    /** The first line, under an id that nobody else has. False where somebody has it. */
    private open(): boolean {
        const line = JSON.stringify(this.opened);
        try {
            if (!this.store.create(this.opened.id, line)) {
                return false;
            }
        } catch (error) {
            this.unwritten.push(line);
            this.lose(error);
        }
        this.entries.push(this.opened);
        return true;
    }

    private append(entry: Entry): void {
        this.entries.push(entry);
        this.unwritten.push(JSON.stringify(entry));
        try {
            this.write();
        } catch (error) {
            this.lose(error);
        }
    }

    /** Everything that is not written yet: a disk may have room again. */
    private write(): void {
        for (;;) {
            const [line] = this.unwritten;
            if (line === undefined) {
                break;
            }
            const isFirst = this.unwritten.length === this.entries.length;
            if (isFirst && !this.store.create(this.opened.id, line)) {
                throw new DrillError(`another run has the journal ${this.opened.id}`);
            }
            if (!isFirst) {
                this.store.append(this.opened.id, line);
            }
            this.unwritten.shift();
        }
        if (!this.isOnDisk) {
            this.isOnDisk = true;
            this.keeping.warn(`The journal ${this.opened.id} is written again, with all that was missing.`);
        }
    }

    /** Said once: what is wrong with the disk is wrong with the next line as well. */
    private lose(error: unknown): void {
        if (!this.isOnDisk) {
            return;
        }
        this.isOnDisk = false;
        const what = `the journal ${this.opened.id} cannot be written to ${this.store.place}: ${messageOf(error)}`;
        if (!this.mayGoOn) {
            throw new DrillError(
                what,
                "Make room there, or give another directory with --state-dir, and run the same command again.",
            );
        }
        this.keeping.warn(
            `WARNING: ${what}. The run goes on, with its journal in memory: when this process ends before it is ` +
                "done, go on from what lies beside the lock (see docs/drill.md).",
        );
    }
}

/** The verb that changes nothing, so that nobody has to finish it. */
export const LOOKING_VERB = "status";

/** A run may be writing its first line just now. */
const NEW_MILLISECONDS = 60_000;

/**
 * The journals of runs that neither ended nor were given up, the oldest first. What cannot be read is set aside, where
 * that can be done, with a word about it: one bad file must not stop a failover.
 */
export function unfinishedJournals(
    store: JournalStore,
    clock: Clock,
    warn: (text: string) => void = () => undefined,
): Journal[] {
    return listed(store, warn)
        .flatMap((id) => {
            const read = usable(store, id, warn);
            // Most have ended, and need not be read once more.
            const isOpen = read !== undefined && read.entries.length > 0 && read.outcome === undefined;
            return isOpen ? [Journal.load(store, clock, id)] : [];
        })
        .filter(({ opened }) => opened.verb !== LOOKING_VERB)
        .sort((a, b) => (a.opened.at < b.opened.at ? -1 : 1));
}

function listed(store: JournalStore, warn: (text: string) => void): readonly string[] {
    try {
        return store.list();
    } catch (error) {
        warn(
            `WARNING: ${store.place} cannot be read, so nothing is known of earlier runs: ${messageOf(error)}`,
        );
        return [];
    }
}

function usable(store: JournalStore, id: string, warn: (text: string) => void): ReadJournal | undefined {
    let damage: string | undefined;
    let read: ReadJournal | undefined;
    try {
        read = readJournal(store.read(id));
        damage = damageOf(read) ?? foreignId(read, id);
        if (read.entries.length === 0 && Date.now() - store.writtenAt(id) < NEW_MILLISECONDS) {
            return undefined;
        }
    } catch (error) {
        damage = messageOf(error);
        if ((error as NodeJS.ErrnoException).code !== "EISDIR") {
            // It may well be good, and of somebody who can read it.
            warn(`WARNING: the journal ${id} is left out: ${damage}`);
            return undefined;
        }
    }
    if (damage === undefined) {
        return read;
    }
    const doubt =
        read === undefined || read.outcome !== undefined
            ? ""
            : " It may be of a run that was interrupted: what that changed, `npm run drill -- status` shows.";
    try {
        warn(`WARNING: the journal ${id} is set aside as ${store.setAside(id)}: ${damage}.${doubt}`);
    } catch (error) {
        warn(
            `WARNING: the journal ${id} is left out: ${damage}; it cannot be set aside: ${messageOf(error)}.${doubt}`,
        );
    }
    return undefined;
}

/** A copy, or a file that was renamed: what its run adds would go to another file. It does no harm once it has ended. */
function foreignId({ entries: [opened], outcome }: ReadJournal, id: string): string | undefined {
    return opened?.kind === "opened" && opened.id !== id && outcome === undefined
        ? `its first line is of the run ${opened.id}`
        : undefined;
}

/** How a run ended, as far as its journal can be read; undefined where it did not, or nothing is known of it. */
export function outcomeOf(store: JournalStore, id: string): Outcome | undefined {
    try {
        return readJournal(store.read(id)).outcome;
    } catch {
        // No such journal, or none that can be read: nothing is known.
        return undefined;
    }
}
