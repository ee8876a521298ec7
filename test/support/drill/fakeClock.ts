/** Time that passes only when everybody waits, so that hours are tested in milliseconds. */
import { type Clock } from "../../../tools/shared/clock";

interface Timer {
    readonly due: number;
    readonly wake: () => void;
}

/** A clock whose time jumps to the next moment that somebody waits for. */
export class FakeClock implements Clock {
    private timers: Timer[] = [];
    private pumping = false;

    constructor(private time = Date.parse("2026-03-01T12:00:00.000Z")) {}

    now(): number {
        return this.time;
    }

    sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
        return new Promise((resolve) => {
            if (signal?.aborted === true) {
                resolve();
                return;
            }
            const timer: Timer = {
                due: this.time + Math.max(0, milliseconds),
                wake: () => {
                    this.timers = this.timers.filter((other) => other !== timer);
                    signal?.removeEventListener("abort", timer.wake);
                    resolve();
                },
            };
            signal?.addEventListener("abort", timer.wake, { once: true });
            this.timers.push(timer);
            this.pump();
        });
    }

    /** One timer per turn of the event loop: whoever it wakes goes as far as they can before the next. */
    private pump(): void {
        if (this.pumping) {
            return;
        }
        this.pumping = true;
        setImmediate(() => {
            this.pumping = false;
            const next = this.timers.reduce<Timer | undefined>(
                (first, timer) => (first === undefined || timer.due < first.due ? timer : first),
                undefined,
            );
            if (next === undefined) {
                return;
            }
            this.time = Math.max(this.time, next.due);
            next.wake();
            this.pump();
        });
    }
}
