/** What becomes of Ctrl-C, a request to end, and a terminal that goes. */
import { EventEmitter } from "node:events";
import { expect } from "chai";
import { interruptions } from "../../../tools/drill/interrupts";
import { FakeClock } from "../../support/drill/fakeClock";

describe("an interruption", () => {
    let source: EventEmitter;
    let clock: FakeClock;
    let said: string[];
    let left: number;
    let stop: AbortSignal;
    beforeEach(() => {
        source = new EventEmitter();
        clock = new FakeClock();
        said = [];
        left = 0;
        stop = interruptions({
            source,
            clock,
            say: (text) => void said.push(text),
            leave: () => (left += 1),
        });
    });

    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
        it(`by ${signal} says stop, once, and what it was`, async () => {
            expect(stop.aborted).to.equal(false);
            source.emit(signal, signal);
            expect((stop.reason as Error).message).to.equal(`interrupted by ${signal}`);
            expect(said).to.deep.equal([
                `${signal}: stopping at the next safe point; once more to stop at once.\n`,
            ]);
            await clock.sleep(2000);
            expect(left).to.equal(0);
        });
    }

    it("that comes again ends the process, and not when it is the same one passed on", async () => {
        source.emit("SIGINT", "SIGINT");
        await clock.sleep(300);
        // npm sends its child what the terminal has sent to both.
        source.emit("SIGINT", "SIGINT");
        expect(left).to.equal(0);
        await clock.sleep(1500);
        source.emit("SIGINT", "SIGINT");
        expect(left).to.equal(1);
    });

    it("by a terminal that goes, however often it says so, lets the run clean up", async () => {
        for (let count = 0; count < 3; count += 1) {
            source.emit("SIGHUP", "SIGHUP");
            await clock.sleep(5000);
        }
        expect(left).to.equal(0);
        source.emit("SIGTERM", "SIGTERM");
        expect(left).to.equal(1);
    });
});
