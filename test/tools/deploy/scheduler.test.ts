import { expect } from "chai";
import fc from "fast-check";
import { type Outcome, runTasks, type Schedule, type Task } from "../../../tools/deploy/scheduler";

function schedule(more: Partial<Schedule> = {}): Schedule {
    let time = 0;
    return { parallel: 4, signal: new AbortController().signal, now: () => (time += 1000), ...more };
}

/** Tasks that note when they begin and end. */
function noted(plan: Readonly<Record<string, readonly string[]>>, bad: readonly string[] = []) {
    const notes: string[] = [];
    const state = { running: 0, most: 0 };
    const tasks = Object.entries(plan).map(([id, after]): Task => ({
        id,
        after,
        run: async () => {
            notes.push(`+${id}`);
            state.running += 1;
            state.most = Math.max(state.most, state.running);
            await new Promise((resolve) => setImmediate(resolve));
            state.running -= 1;
            notes.push(`-${id}`);
            if (bad.includes(id)) {
                throw new Error(`${id} broke`);
            }
        },
    }));
    return { tasks, notes, state };
}

const statuses = (outcomes: ReadonlyMap<string, Outcome>): Record<string, string> =>
    Object.fromEntries([...outcomes].map(([id, { status }]) => [id, status]));

describe("the scheduler", () => {
    it("runs side by side what does not wait, and the rest after it", async () => {
        const { notes, tasks } = noted({ us: [], eu: [], global: ["us", "eu"] });
        const outcomes = await runTasks(tasks, schedule());
        expect(notes).to.deep.equal(["+us", "+eu", "-us", "-eu", "+global", "-global"]);
        expect(statuses(outcomes)).to.deep.equal({ us: "done", eu: "done", global: "done" });
    });

    it("runs no more at a time than allowed", async () => {
        const { state, tasks } = noted({ a: [], b: [], c: [], d: [], e: [] });
        await runTasks(tasks, schedule({ parallel: 2 }));
        expect(state.most).to.equal(2);
    });

    it("stops what waits for a failure, directly or not, and nothing else", async () => {
        const { notes, tasks } = noted({ a: [], b: [], c: ["a"], d: ["c"], e: ["b"] }, ["a"]);
        const outcomes = await runTasks(tasks, schedule());
        expect(statuses(outcomes)).to.deep.equal({
            a: "failed",
            b: "done",
            c: "blocked",
            d: "blocked",
            e: "done",
        });
        expect(outcomes.get("c")).to.deep.equal({ status: "blocked", by: ["a"] });
        expect(outcomes.get("d")).to.deep.equal({ status: "blocked", by: ["c"] });
        expect(notes).to.not.include("+c");
        const failed = outcomes.get("a");
        expect(failed?.status === "failed" ? failed.error : undefined).to.have.property("message", "a broke");
    });

    it("does not run again what was done before", async () => {
        const { notes, tasks } = noted({ us: [], eu: [], global: ["us", "eu"] });
        const outcomes = await runTasks(tasks, schedule({ done: new Set(["us"]) }));
        expect(notes).to.deep.equal(["+eu", "-eu", "+global", "-global"]);
        expect(statuses(outcomes)).to.deep.equal({ us: "before", eu: "done", global: "done" });
    });

    it("begins nothing new once it is stopped, and waits for what runs", async () => {
        const stop = new AbortController();
        const { notes, tasks } = noted({ us: [], eu: [], global: ["us", "eu"] });
        const outcomes = await runTasks(
            tasks,
            schedule({
                parallel: 1,
                signal: stop.signal,
                onStart: () => {
                    stop.abort();
                },
            }),
        );
        expect(notes).to.deep.equal(["+us", "-us"]);
        expect(statuses(outcomes)).to.deep.equal({ us: "done", eu: "stopped", global: "blocked" });
    });

    it("refuses tasks that wait for each other, or for nobody", async () => {
        const circle = runTasks(noted({ a: ["b"], b: ["a"] }).tasks, schedule());
        expect(await circle.then(() => "", String)).to.equal("Error: these wait for each other: a, b");
        const nobody = runTasks(noted({ a: ["z"] }).tasks, schedule());
        expect(await nobody.then(() => "", String)).to.equal("Error: these wait for each other: a");
    });

    it("keeps the order, and loses no task, for any graph and any failures", async () => {
        const ids = ["a", "b", "c", "d", "e", "f"];
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 10 }),
                fc.subarray(ids),
                fc.integer({ min: 1, max: 6 }),
                async (edges, bad, parallel) => {
                    // Only edges to earlier ids, so that there is no circle.
                    const plan = Object.fromEntries(
                        ids.map((id, index) => [
                            id,
                            edges
                                .filter(([from, to]) => from === index && to < index)
                                .map(([, to]) => ids[to] ?? ""),
                        ]),
                    );
                    const { notes, state, tasks } = noted(plan, bad);
                    const outcomes = await runTasks(tasks, schedule({ parallel }));
                    expect(state.most).to.be.at.most(parallel);
                    for (const [id, after] of Object.entries(plan)) {
                        const ran = notes.includes(`+${id}`);
                        const free = after.every((other) => outcomes.get(other)?.status === "done");
                        expect(ran, id).to.equal(free);
                        for (const other of ran ? after : []) {
                            expect(notes.indexOf(`-${other}`)).to.be.below(notes.indexOf(`+${id}`));
                        }
                    }
                },
            ),
            { numRuns: 60 },
        );
    });
});
