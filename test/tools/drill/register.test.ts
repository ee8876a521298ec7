/** The register against every order of calls that several who write at once can come to. */
import { expect } from "chai";
import fc from "fast-check";
import { type ParameterPort } from "../../../tools/drill/aws/ports";
import { exchange, look } from "../../../tools/drill/engine/register";
import { AwsCallError } from "../../../tools/drill/errors";

/** SSM as its reference describes it: versions from 1, each one more than the last, and a create that never overwrites. */
function parameterStore(
    pause: () => Promise<unknown> = () => Promise.resolve(),
): ParameterPort & { versions: string[] } {
    const store = {
        versions: [] as string[],
        create: async (_name: string, value: string) => {
            await pause();
            if (store.versions.length > 0) {
                return false;
            }
            store.versions.push(value);
            return true;
        },
        replace: async (_name: string, value: string) => {
            await pause();
            return store.versions.push(value);
        },
        read: async (_name: string, version?: number) => {
            await pause();
            const number = version ?? store.versions.length;
            const value = store.versions[number - 1];
            return value === undefined ? undefined : { value, version: number };
        },
    };
    return store;
}

describe("the register", () => {
    it("has what was put into it", async () => {
        const store = parameterStore();
        expect(await look(store, "r")).to.deep.equal({ version: 0 });
        expect(await exchange(store, "r", { version: 0 }, { who: "a" })).to.equal(true);
        const seen = await look(store, "r");
        expect(seen).to.deep.equal({ version: 1, value: { who: "a", after: 0 } });
        expect(await exchange(store, "r", seen, { who: "b" })).to.equal(true);
        expect((await look(store, "r")).value).to.include({ who: "b" });
    });

    it("keeps the first of two who saw the same, and the second's value counts for nothing", async () => {
        const store = parameterStore();
        await exchange(store, "r", { version: 0 }, { who: "a" });
        const seen = await look(store, "r");
        expect(await exchange(store, "r", seen, { who: "b" })).to.equal(true);
        expect(await exchange(store, "r", seen, { who: "c" })).to.equal(false);
        expect(await look(store, "r")).to.deep.equal({ version: 3, value: { who: "b", after: 1 } });
        expect(await exchange(store, "r", await look(store, "r"), { who: "d" })).to.equal(true);
        expect((await look(store, "r")).value).to.include({ who: "d" });
    });

    it("takes what is not of this tool for nothing, and puts its own over it", async () => {
        const store = parameterStore();
        for (const text of ["free", "null", "3", '"x"', "{"]) {
            store.versions = [text];
            const seen = await look(store, "r");
            expect(seen, text).to.deep.equal({ version: 1 });
            expect(await exchange(store, "r", seen, { who: "a" })).to.equal(true);
            expect((await look(store, "r")).value).to.include({ who: "a" });
        }
    });

    it("counts a value of an earlier version of this tool, which names no version", async () => {
        const store = parameterStore();
        store.versions = ['{"who":"old"}'];
        expect((await look(store, "r")).value).to.deep.equal({ who: "old" });
    });

    it("is not exchanged when it was deleted meanwhile, and goes on from there", async () => {
        const store = parameterStore();
        await exchange(store, "r", { version: 0 }, { who: "a" });
        await exchange(store, "r", await look(store, "r"), { who: "a" });
        const seen = await look(store, "r");
        store.versions = [];
        expect(await exchange(store, "r", seen, { who: "b" })).to.equal(false);
        expect(await look(store, "r")).to.deep.equal({ version: 1 });
        expect(await exchange(store, "r", await look(store, "r"), { who: "c" })).to.equal(true);
    });

    it("takes SSM's word for too many writers as no", async () => {
        const store = {
            ...parameterStore(),
            replace: () =>
                Promise.reject(
                    new AwsCallError(
                        { service: "SSM", operation: "PutParameter", region: "us-east-1" },
                        "TooManyUpdates",
                        "",
                        false,
                        false,
                    ),
                ),
        };
        expect(await exchange(store, "r", { version: 1 }, { who: "a" })).to.equal(false);
    });

    it("lets one of any number through for each value, in whatever order their calls arrive", async () => {
        await fc.assert(
            fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, writers) => {
                const store = parameterStore(() => scheduler.schedule(Promise.resolve()));
                const won: number[] = [];
                // Each adds one to a number, and tries again until it has.
                const add = async (who: number): Promise<void> => {
                    for (;;) {
                        const seen = await look(store, "r");
                        const next = Number(seen.value?.["number"] ?? 0) + 1;
                        if (await exchange(store, "r", seen, { number: next })) {
                            won.push(who);
                            return;
                        }
                    }
                };
                await scheduler.waitFor(Promise.all(Array.from({ length: writers }, (_, who) => add(who))));
                const last = scheduler.waitFor(look(store, "r"));
                expect((await last).value).to.include({ number: writers });
                expect(won).to.have.length(writers);
            }),
            { numRuns: 60 },
        );
    });
});
