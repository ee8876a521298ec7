/**
 * Writes markers through the application's path every second, by the world-wide host as viewers do and by each region's
 * own, and notes what came of them.
 */
import { type Clock } from "../../shared/clock";
import { type Outside, showAnswer } from "../outside";
import { type ProbeTopology } from "../topology/types";
import { isWritten, takerOf, writeMarker } from "./marker";
import { inOrder } from "./measure";
import { type Attempt, type ProbeRecord, type ProbeWatch } from "./types";

/** How far before a part confirmed markers are looked for: what is lost further back misses every target. */
const REACH_MILLISECONDS = 900_000;

/** What a probe needs. */
export interface ProbeOptions {
    readonly target: ProbeTopology;
    /** Where markers are written to through each region's own host, by the region's key. */
    readonly regionUrls: Readonly<Record<string, string>>;
    readonly outside: Outside;
    readonly clock: Clock;
    /** Keeps each attempt, so that an interrupted run's are not lost. */
    readonly keep: (attempt: Attempt) => void;
    /** What an interrupted run kept. */
    readonly earlier: readonly Attempt[];
}

/** A probe. `start` it, let the steps run, and `stop` it. */
export class Probe implements ProbeWatch {
    private readonly attempts: Attempt[];
    private readonly stopped = new AbortController();
    private readonly running = new Set<Promise<void>>();
    private loop: Promise<void> | undefined;
    /** Markers that were waited for in vain once: they are looked for again, and not waited for. */
    private readonly missed = new Set<number>();
    private lastMarker = 0;

    constructor(private readonly options: ProbeOptions) {
        this.attempts = [...options.earlier];
        this.lastMarker = this.attempts.reduce((last, { marker }) => Math.max(last, marker), 0);
    }

    /** Begins to write markers. */
    start(): void {
        this.loop = this.run();
    }

    /** Ends writing, and waits for what is on its way. */
    async stop(): Promise<void> {
        this.stopped.abort();
        await this.loop;
        await Promise.all(this.running);
    }

    goodInARow(): number {
        return this.streak().length;
    }

    goodSince(): number | undefined {
        return this.streak()[0]?.sentAt;
    }

    confirmedSince(): number | undefined {
        return inOrder(this.attempts).find(({ acknowledged }) => acknowledged)?.sentAt;
    }

    private streak(): Attempt[] {
        const ended = inOrder(this.worldWide());
        return ended.slice(ended.findLastIndex(({ acknowledged }) => !acknowledged) + 1);
    }

    private worldWide(): Attempt[] {
        return this.attempts.filter(({ through }) => through === undefined);
    }

    lastError(): string | undefined {
        return this.worldWide().at(-1)?.error;
    }

    async record(from: number, to: number, forgotten: readonly number[]): Promise<ProbeRecord> {
        // What is on its way when the part ends is of the part: a write that hangs has failed.
        await Promise.all(this.running);
        const known = new Set(forgotten);
        const counted = this.attempts.filter(({ marker }) => !known.has(marker));
        const attempts = counted.filter(({ sentAt }) => sentAt >= from && sentAt < to);
        const confirmed = counted.filter(
            ({ acknowledged, sentAt }) =>
                acknowledged && sentAt < from && sentAt >= from - REACH_MILLISECONDS,
        );
        const kept = await this.readBack([...confirmed, ...attempts]);
        return {
            attempts,
            confirmed,
            intervalMilliseconds: this.options.target.intervalMilliseconds,
            ...(kept === undefined ? {} : { kept }),
        };
    }

    private async run(): Promise<void> {
        const { clock, regionUrls, target } = this.options;
        let next = clock.now();
        while (!this.stopped.signal.aborted) {
            this.send(target.url);
            for (const [key, url] of Object.entries(regionUrls)) {
                this.send(url, key);
            }
            next = Math.max(next + target.intervalMilliseconds, clock.now());
            await clock.sleep(next - clock.now(), this.stopped.signal);
        }
    }

    /** A write that hangs must not hold up the next: every attempt runs by itself. */
    private send(url: string, through?: string): void {
        const attempt: Promise<void> = this.attempt(url, through).finally(() => this.running.delete(attempt));
        this.running.add(attempt);
    }

    private async attempt(url: string, through: string | undefined): Promise<void> {
        const { clock, keep, outside, target } = this.options;
        const sentAt = clock.now();
        // Grows from run to run too, so that reading back from the first marker on finds this run's alone.
        const marker = Math.max(this.lastMarker + 1, sentAt);
        this.lastMarker = marker;
        const answer = await writeMarker(outside, url, marker, target.timeoutMilliseconds);
        const acknowledged = isWritten(answer);
        const takenBy = takerOf(answer);
        const attempt = {
            marker,
            sentAt,
            endedAt: clock.now(),
            acknowledged,
            ...(acknowledged ? {} : { error: showAnswer(answer) }),
            ...(through === undefined ? {} : { through }),
            ...(takenBy === undefined ? {} : { takenBy }),
        };
        this.attempts.push(attempt);
        keep(attempt);
    }

    /** The markers that the application has, as soon as it has all that it acknowledged, or else after a while. */
    private async readBack(attempts: readonly Attempt[]): Promise<readonly number[] | undefined> {
        const { clock, outside, target } = this.options;
        const first = inOrder(attempts)[0]?.marker ?? 0;
        const wanted = attempts
            .filter(({ acknowledged, marker }) => acknowledged && !this.missed.has(marker))
            .map(({ marker }) => marker);
        const until = clock.now() + target.readBackMilliseconds;
        let kept: readonly number[] | undefined;
        while (attempts.length > 0) {
            const answer = await outside.get(`${target.url}?after=${first - 1}`, target.timeoutMilliseconds);
            kept = answer.status === 200 ? (parseMarkers(answer.body) ?? kept) : kept;
            const there = new Set(kept);
            const missing = wanted.filter((marker) => !there.has(marker));
            if (missing.length === 0 || clock.now() >= until) {
                missing.forEach((marker) => this.missed.add(marker));
                return kept;
            }
            await clock.sleep(Math.max(target.intervalMilliseconds, 1));
        }
        return [];
    }
}

function parseMarkers(text: string): readonly number[] | undefined {
    try {
        const { markers } = JSON.parse(text) as { markers?: unknown };
        return Array.isArray(markers) && markers.every((item) => typeof item === "number")
            ? markers
            : undefined;
    } catch {
        // Not what the application answers: a maintenance page, for instance.
        return undefined;
    }
}
