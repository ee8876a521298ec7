/** Runs that fail or are interrupted: what is cleaned up all the same, and what is not waited for. */
import { expect } from "chai";
import { InterruptedError } from "../../../tools/drill/errors";
import { Journal } from "../../../tools/drill/engine/journal";
import { memoryJournalStore } from "../../../tools/drill/engine/memoryStore";
import { type RunResult, runSteps } from "../../../tools/drill/engine/runner";
import { type Context, type Step } from "../../../tools/drill/engine/step";
import { FakeClock } from "../../support/drill/fakeClock";

function step(id: string, more: Partial<Step>): Step {
    return {
        id,
        title: id,
        kind: "change",
        why: "",
        timeoutSeconds: 60,
        describe: () => id,
        run: () => Promise.resolve(undefined),
        ...more,
    };
}

describe("a run that fails or is interrupted", () => {
    let interrupt: AbortController;
    beforeEach(() => {
        interrupt = new AbortController();
    });

    function run(steps: readonly Step[]): Promise<RunResult> {
        const clock = new FakeClock();
        const journal = Journal.begin(memoryJournalStore(), clock, {
            verb: "restore-test",
            environment: "prod",
            params: {},
            operator: { name: "kim", host: "laptop", pid: 42 },
        });
        const context = { topology: { timeouts: {} }, log: () => undefined } as unknown as Context;
        return runSteps(steps, { journal, clock, signal: interrupt.signal, context });
    }

    const states = ({ phases }: RunResult): string[] => phases.map(({ id, state }) => `${id}: ${state}`);

    it("takes away what it made, though it is to stop, and does nothing else", async () => {
        const made = step("make", {
            cleanedBy: "clean",
            run: () => {
                interrupt.abort(new InterruptedError("interrupted by SIGTERM"));
                return Promise.resolve(undefined);
            },
        });
        const result = await run([
            made,
            step("use", { kind: "wait" }),
            step("clean", {
                kind: "cleanup",
                run: ({ signal }) => {
                    signal.throwIfAborted();
                    return Promise.resolve(undefined);
                },
            }),
        ]);
        expect(states(result)).to.deep.equal(["make: failed", "use: not reached", "clean: done"]);
        expect(result.outcome).to.equal("failed");
    });

    it("does not clean up after what it never began", async () => {
        const result = await run([
            step("look", { kind: "check", run: () => Promise.reject(new Error("not so")) }),
            step("make", { cleanedBy: "clean" }),
            step("clean", { kind: "cleanup" }),
        ]);
        expect(states(result)).to.deep.equal(["look: failed", "make: not reached", "clean: not reached"]);
    });

    it("does not wait for a step that listens to nobody", async () => {
        const deaf = step("deaf", {
            run: () => {
                queueMicrotask(() => {
                    interrupt.abort(new InterruptedError("interrupted by SIGTERM"));
                });
                return new Promise(() => undefined);
            },
        });
        const result = await run([deaf]);
        expect(String(result.error)).to.contain("interrupted by SIGTERM");
        expect(result.outcome).to.equal("halfway");
    });
});
