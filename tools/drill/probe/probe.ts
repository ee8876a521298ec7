/** Writes a marker through the application's path every second, and notes what came of it. */
import { type Clock } from "../../shared/clock";
import { type Outside } from "../outside";
import { type ProbeTopology } from "../topology/types";
import { type Attempt, type ProbeRecord, type ProbeWatch } from "./types";

/** What a probe needs. */
export interface ProbeOptions {
    readonly target: ProbeTopology;
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
    private lastMarker = 0;

    constructor(private readonly options: ProbeOptions) {
        this.attempts = [...options.earlier];
        this.lastMarker = Math.max(0, ...this.attempts.map(({ marker }) => marker));
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

    private streak(): Attempt[] {
        const ended = [...this.attempts].sort((a, b) => a.sentAt - b.sentAt);
        return ended.slice(ended.findLastIndex(({ acknowledged }) => !acknowledged) + 1);
    }

    lastError(): string | undefined {
        return this.attempts.at(-1)?.error;
    }

    async record(since: number): Promise<ProbeRecord> {
        const attempts = this.attempts.filter(({ sentAt }) => sentAt >= since);
        const kept = await this.readBack(attempts);
        return {
            attempts,
            intervalMilliseconds: this.options.target.intervalMilliseconds,
            ...(kept === undefined ? {} : { kept }),
        };
    }

    private async run(): Promise<void> {
        const { clock, target } = this.options;
        let next = clock.now();
        while (!this.stopped.signal.aborted) {
            // A write that hangs must not hold up the next: every attempt runs by itself.
            const attempt: Promise<void> = this.attempt().finally(() => this.running.delete(attempt));
            this.running.add(attempt);
            next = Math.max(next + target.intervalMilliseconds, clock.now());
            await clock.sleep(next - clock.now(), this.stopped.signal);
        }
    }

    private async attempt(): Promise<void> {
        const { clock, keep, outside, target } = this.options;
        const sentAt = clock.now();
        // Grows from run to run too, so that reading back from the first marker on finds this run's alone.
        const marker = Math.max(this.lastMarker + 1, sentAt);
        this.lastMarker = marker;
        const body = JSON.stringify({ marker });
        const answer = await outside.post(target.url, body, target.timeoutMilliseconds);
        const acknowledged = answer.status === 200;
        const error = answer.error ?? `HTTP ${answer.status ?? 0}`;
        const attempt = {
            marker,
            sentAt,
            endedAt: clock.now(),
            acknowledged,
            ...(acknowledged ? {} : { error }),
        };
        this.attempts.push(attempt);
        keep(attempt);
    }

    /** The markers that the application has, as soon as it has all that it acknowledged, or else after a while. */
    private async readBack(attempts: readonly Attempt[]): Promise<readonly number[] | undefined> {
        const { clock, outside, target } = this.options;
        const first = Math.min(...attempts.map(({ marker }) => marker));
        const wanted = attempts.filter(({ acknowledged }) => acknowledged).map(({ marker }) => marker);
        const until = clock.now() + target.readBackMilliseconds;
        let kept: readonly number[] | undefined;
        while (attempts.length > 0) {
            const answer = await outside.get(`${target.url}?after=${first - 1}`, target.timeoutMilliseconds);
            kept = answer.status === 200 ? (parseMarkers(answer.body) ?? kept) : kept;
            const there = new Set(kept);
            if (wanted.every((marker) => there.has(marker)) || clock.now() >= until) {
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
