import { expect } from "chai";
import fc from "fast-check";
import { type Expectation, judge } from "../../../tools/drill/probe/judge";
import { measure } from "../../../tools/drill/probe/measure";
import { type Attempt, type Measurement, type ProbeRecord } from "../../../tools/drill/probe/types";

const START = Date.parse("2026-03-01T12:00:00.000Z");

/** A record of one marker a second, in which some seconds failed. */
function record(
    seconds: number,
    failed: (second: number) => boolean,
    lost: readonly number[] = [],
): ProbeRecord {
    const attempts = Array.from({ length: seconds }, (_, second): Attempt => {
        const sentAt = START + second * 1000;
        const acknowledged = !failed(second);
        return {
            marker: second,
            sentAt,
            endedAt: sentAt + 50,
            acknowledged,
            ...(acknowledged ? { takenBy: "eu" } : { error: "503" }),
        };
    });
    const kept = attempts.filter(({ acknowledged, marker }) => acknowledged && !lost.includes(marker));
    return { attempts, intervalMilliseconds: 1000, kept: kept.map(({ marker }) => marker) };
}

const expected: Expectation = {
    rtoSeconds: 60,
    rpoSeconds: 1,
    roleChanged: true,
    intervalMilliseconds: 1000,
    from: "us",
    to: "eu",
    names: ["us", "us-east-1", "eu", "eu-central-1"],
};

const CHANGE = { from: ["us", "us-east-1"], to: ["eu", "eu-central-1"] };

describe("measuring", () => {
    it("takes the RTO from the first failed write to the acknowledgement of the first good one after it", () => {
        const measured = measure(record(60, (second) => second >= 10 && second < 40));
        expect(measured.rtoSeconds).to.equal(30.05);
        expect(measured).to.deep.include({
            attempts: 60,
            acknowledged: 30,
            failed: 30,
            lost: [],
            rpoSeconds: 0,
        });
        expect(measured.outages).to.deep.equal([{ from: START + 10_000, to: START + 40_050, failed: 30 }]);
    });

    it("has an RTO of 0 when no write failed, and none when writes did not recover", () => {
        expect(measure(record(20, () => false)).rtoSeconds).to.equal(0);
        const measured = measure(record(20, (second) => second >= 15));
        expect(measured).not.to.have.property("rtoSeconds");
        expect(measured.outages).to.deep.equal([{ from: START + 15_000, failed: 5 }]);
    });

    it("calls answering now and then no recovery: three good writes in a row are one", () => {
        const flapping = measure(record(60, (second) => second >= 10 && second < 40 && second % 3 === 1));
        expect(flapping.outages).to.have.length(1);
        expect(flapping.rtoSeconds).to.equal(28.05);
    });

    it("takes the whole time from the first failure to the last recovery, however well it was in between", () => {
        const twice = measure(record(60, (second) => second === 10 || second === 14));
        expect(twice.outages).to.have.length(2);
        expect(twice).to.include({ rtoSeconds: 5.05, failedSeconds: 2.1, errorRate: 2 / 60 });
        // Ten outages of 59 s in ten minutes.
        const flapping = measure(record(620, (second) => second < 600 && second % 60 !== 0));
        expect(flapping.rtoSeconds).to.equal(599.05);
        expect(flapping).to.include({ failed: 590, failedSeconds: 590.5 });
        expect(judge(flapping, expected)).to.deep.equal({
            verdict: "FAIL",
            reasons: [
                "RTO 9 min 59 s, and it must be under 1 min: writes failed for 9 min 51 s in 1 outage; 590 of 620 writes failed (95.2 %)",
            ],
        });
    });

    it("has not recovered before three good writes in a row", () => {
        const measured = measure(record(20, (second) => second === 10 || second === 17));
        expect(measured).not.to.have.property("rtoSeconds");
        expect(measured.outages.at(-1)).to.deep.equal({ from: START + 17_000, failed: 1 });
        expect(measure(record(21, (second) => second === 17)).rtoSeconds).to.equal(1.05);
    });

    it("takes the RPO from the last kept marker before the losses to the newest that is lost", () => {
        const measured = measure(record(60, (second) => second >= 20 && second < 50, [17, 18, 19]));
        expect(measured.lost).to.deep.equal([17, 18, 19]);
        expect(measured.rpoSeconds).to.equal(3);
    });

    it("counts a gap between markers that were lost as lost as well", () => {
        expect(measure(record(60, (second) => second >= 20 && second < 50, [15, 19])).rpoSeconds).to.equal(5);
    });

    it("finds losses that reach further back than the part, by what was confirmed before it", () => {
        const whole = record(100, (second) => second >= 60 && second < 90, range(10, 60));
        const part = whole.attempts.filter(({ marker }) => marker >= 55);
        const confirmed = whole.attempts.filter(({ marker }) => marker < 55);
        const narrow = measure({ ...whole, attempts: part });
        expect(narrow).to.include({ rpoSeconds: 4, rpoIsAtLeast: true });
        const measured = measure({ ...whole, attempts: part, confirmed });
        expect(measured).to.include({ rpoSeconds: 50, rpoIsAtLeast: false });
        expect(measured.lost).to.deep.equal(range(10, 60));
    });

    it("says the least where no marker that is kept was written before the losses", () => {
        const all = measure(record(60, (second) => second >= 20 && second < 50, range(0, 20)));
        expect(all).to.include({ rpoSeconds: 19, rpoIsAtLeast: true });
        const one = measure(record(60, (second) => second >= 1 && second < 50, [0]));
        expect(one).to.include({ rpoSeconds: 0, rpoIsAtLeast: true });
    });

    it("knows an RTO no better than the probe looked", () => {
        const whole = record(200, (second) => second >= 10 && second < 100);
        const blind = (from: number, to: number): Measurement =>
            measure({
                ...whole,
                attempts: whole.attempts.filter(({ marker }) => marker < from || marker >= to),
            });
        // It was interrupted while writes failed, and looked again when they had been well for long.
        expect(blind(30, 150)).to.deep.include({ rtoSeconds: 140.05, rtoAtLeastSeconds: 19 });
        // What failed before and after a hole failed in it, or came back and failed again.
        expect(blind(30, 90)).to.deep.include({ rtoSeconds: 90.05, rtoAtLeastSeconds: 90.05 });
        expect(blind(120, 150)).to.deep.include({ rtoSeconds: 90.05, rtoAtLeastSeconds: 90.05 });
    });

    it("counts what regions' own hosts took apart: viewers do not use them", () => {
        const whole = record(60, () => false);
        const own = (key: string, isGood: (second: number) => boolean): Attempt[] =>
            whole.attempts.map(({ error: _error, takenBy: _by, ...attempt }, second) => ({
                ...attempt,
                marker: (key === "us" ? 1000 : 2000) + second,
                through: key,
                acknowledged: isGood(second),
                ...(isGood(second) ? { takenBy: "us" } : { error: "503" }),
            }));
        const attempts = [...whole.attempts, ...own("us", (second) => second < 20), ...own("eu", () => true)];
        const kept = [...(whole.kept ?? []), ...own("eu", () => true).map(({ marker }) => marker)];
        const measured = measure({ ...whole, attempts, kept });
        expect(measured).to.deep.include({ attempts: 60, failed: 0, rtoSeconds: 0, longestGapSeconds: 1 });
        expect(measured.hosts).to.deep.equal([
            { through: "eu", attempts: 60, acknowledged: 60, lost: 0 },
            { through: "us", attempts: 60, acknowledged: 20, lost: 20 },
        ]);
        expect(measured.lost).to.have.length(20);
        expect(measured.takenBy).to.deep.equal({ eu: 60, us: 80 });
    });

    it("finds what the old writer took after the new one had taken over, and nothing before that", () => {
        const by = (takers: readonly (string | undefined)[], settledAt?: number): readonly number[] => {
            const { attempts, ...rest } = record(takers.length, (second) => takers[second] === undefined);
            const named = attempts.map((attempt, second) => ({ ...attempt, takenBy: takers[second] ?? "" }));
            const change = {
                ...CHANGE,
                ...(settledAt === undefined ? {} : { settledAt: START + settledAt }),
            };
            return measure({ ...rest, attempts: named, change }).strays;
        };
        expect(by(["us", "us", undefined, "eu", "eu", "eu"])).to.deep.equal([]);
        expect(by(["us", "us-east-1", undefined, "eu-central-1", "us-east-1", "eu", "us"])).to.deep.equal([
            4, 6,
        ]);
        // Nobody was ever told of the new one.
        expect(by(["us", undefined, "us", "us", "us"])).to.deep.equal([]);
        expect(by(["us", undefined, "us", "us", "us"], 2500)).to.deep.equal([3, 4]);
    });

    it("agrees with whoever counts every millisecond", () => {
        fc.assert(
            fc.property(fc.array(ATTEMPT, { minLength: 1, maxLength: 40 }), fc.nat(10), (steps, before) => {
                const made = attemptsOf(steps);
                const attempts = made.slice(Math.min(before, made.length - 1));
                const confirmed = made
                    .slice(0, Math.min(before, made.length - 1))
                    .filter((one) => one.acknowledged);
                const kept = made
                    .filter((_, index) => !(steps[index]?.isLost ?? false))
                    .map(({ marker }) => marker);
                const measured = measure({
                    attempts,
                    confirmed,
                    kept,
                    intervalMilliseconds: 10,
                    change: CHANGE,
                });
                expect(measured).to.deep.include(countSlowly(attempts, confirmed, new Set(kept)));
            }),
            { numRuns: 300 },
        );
    });

    it("knows no RPO when the markers could not be read back", () => {
        const { attempts, intervalMilliseconds } = record(10, () => false);
        expect(measure({ attempts, intervalMilliseconds })).not.to.have.property("rpoSeconds");
    });

    it("does not depend on the order of the attempts", () => {
        fc.assert(
            fc.property(
                fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
                fc.array(fc.nat(59), { maxLength: 5 }),
                (failed, lost) => {
                    const whole = record(failed.length, (second) => failed[second] ?? false, lost);
                    const shuffled = { ...whole, attempts: [...whole.attempts].reverse() };
                    expect(measure(shuffled)).to.deep.equal(measure(whole));
                },
            ),
        );
    });

    it("never measures less than the failed writes between two good ones", () => {
        fc.assert(
            fc.property(fc.nat(40), fc.integer({ min: 1, max: 40 }), (begin, length) => {
                const measured = measure(record(100, (second) => second >= begin && second < begin + length));
                expect(measured.rtoSeconds).to.be.closeTo(length + 0.05, 0.001);
            }),
        );
    });
});

const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, index) => from + index);

const ATTEMPT = fc.record({
    pause: fc.integer({ min: 1, max: 80 }),
    takes: fc.integer({ min: 0, max: 30 }),
    isGood: fc.boolean(),
    isLost: fc.boolean(),
    through: fc.constantFrom(undefined, undefined, undefined, "us", "eu"),
    takenBy: fc.constantFrom(undefined, "us", "eu-central-1"),
});

type Step = typeof ATTEMPT extends fc.Arbitrary<infer T> ? T : never;

function attemptsOf(steps: readonly Step[]): Attempt[] {
    let time = START;
    return steps.map(({ isGood, pause, takes, takenBy, through }, index) => {
        time += pause;
        return {
            marker: index + 1,
            sentAt: time,
            endedAt: time + takes,
            acknowledged: isGood,
            ...(through === undefined ? {} : { through }),
            ...(takenBy === undefined || !isGood ? {} : { takenBy }),
        };
    });
}

/** The figures by their definitions, with no regard for time: every question is asked of every attempt anew. */
function countSlowly(
    attempts: readonly Attempt[],
    confirmed: readonly Attempt[],
    kept: ReadonlySet<number>,
): Partial<Measurement> {
    const world = attempts.filter(({ through }) => through === undefined);
    const bad = world.filter(({ acknowledged }) => !acknowledged);
    const goodAfter = (one: Attempt): Attempt[] =>
        world.filter(({ acknowledged, marker }) => acknowledged && marker > one.marker);
    const lastBad = bad.at(-1);
    const recovery = lastBad === undefined ? [] : goodAfter(lastBad);
    // A millisecond in which somebody's write had failed and nobody's had gone through since.
    const failing = new Set<number>();
    for (const one of bad) {
        const next = goodAfter(one)[0];
        const end =
            next?.endedAt ??
            Math.max(...bad.filter((other) => goodAfter(other).length === 0).map(({ endedAt }) => endedAt));
        for (let time = one.sentAt; time < end; time += 1) {
            failing.add(time);
        }
    }
    const promised = [...confirmed, ...attempts.filter(({ acknowledged }) => acknowledged)];
    const gone = promised.filter(({ marker }) => !kept.has(marker));
    const safe = promised.filter(({ marker }) => gone.every((one) => one.marker > marker));
    const newest = gone.map(({ endedAt }) => endedAt).sort((a, b) => b - a)[0] ?? 0;
    const oldest = safe.at(-1)?.endedAt ?? gone[0]?.endedAt ?? 0;
    const euTook = promised.filter(({ takenBy }) => takenBy === "eu-central-1").map(({ endedAt }) => endedAt);
    const own = attempts.filter(({ acknowledged }) => acknowledged);
    const tookHere = own.filter(({ takenBy }) => takenBy === "eu-central-1");
    const strays = own.filter(
        (one) => one.takenBy === "us" && tookHere.some(({ endedAt }) => endedAt < one.sentAt),
    );
    expect(euTook.length).to.be.at.least(tookHere.length);
    return {
        attempts: world.length,
        failed: bad.length,
        ...(lastBad === undefined
            ? { rtoSeconds: 0 }
            : recovery.length < 3
              ? {}
              : { rtoSeconds: (recovery[0]!.endedAt - bad[0]!.sentAt) / 1000 }),
        failedSeconds: failing.size / 1000,
        lost: gone.map(({ marker }) => marker),
        rpoSeconds: gone.length === 0 ? 0 : Math.max(0, newest - oldest) / 1000,
        rpoIsAtLeast: gone.length > 0 && safe.length === 0,
        strays: strays.map(({ marker }) => marker),
    };
}

describe("judging", () => {
    it("passes what meets the targets", () => {
        expect(judge(measure(record(60, (second) => second >= 10 && second < 40)), expected)).to.deep.equal({
            verdict: "PASS",
            reasons: ["RTO 30.1 s (target: under 1 min), RPO 0 ms (target: under 1 s)"],
        });
    });

    it("fails 90 s without writes", () => {
        expect(judge(measure(record(120, (second) => second >= 10 && second < 100)), expected)).to.deep.equal(
            {
                verdict: "FAIL",
                reasons: [
                    "RTO 1 min 30 s, and it must be under 1 min: writes failed for 1 min 30 s in 1 outage; 90 of 120 writes failed (75 %)",
                ],
            },
        );
    });

    it("fails exactly the target, and passes a hair less: under is under", () => {
        const at = (to: number): Expectation => ({ ...expected, rtoSeconds: to });
        const measured = measure(record(60, (second) => second >= 10 && second < 40));
        expect(judge(measured, at(30.06)).verdict).to.equal("PASS");
        expect(judge(measured, at(30.05)).verdict).to.equal("FAIL");
        // A marker a second: one that is lost is a second, and a planned switchover must lose less than that.
        const one = measure(record(60, (second) => second >= 20 && second < 50, [19]));
        expect(one.rpoSeconds).to.equal(1);
        expect(judge(one, expected).verdict).to.equal("FAIL");
    });

    it("takes a target of 0 for none at all", () => {
        const none = { ...expected, rtoSeconds: 0, rpoSeconds: 0 };
        expect(judge(measure(record(60, () => false)), none)).to.deep.equal({
            verdict: "PASS",
            reasons: ["RTO 0 ms (target: none), RPO 0 ms (target: none)"],
        });
        expect(judge(measure(record(60, (second) => second === 20, [19])), none).reasons).to.deep.equal([
            "RTO 1.1 s, and there must be none: writes failed for 1.1 s in 1 outage; 1 of 60 writes failed (1.7 %)",
            "RPO 1 s, and there must be none: 1 acknowledged marker is lost",
        ]);
    });

    it("fails lost markers, saying how many", () => {
        expect(
            judge(measure(record(60, (second) => second >= 20 && second < 50, [17, 18, 19])), expected),
        ).to.deep.equal({
            verdict: "FAIL",
            reasons: ["RPO 3 s, and it must be under 1 s: 3 acknowledged markers are lost"],
        });
    });

    it("fails writes that did not recover, even when no role changed", () => {
        const measured = measure(record(20, (second) => second >= 15));
        const { reasons, verdict } = judge(measured, { ...expected, roleChanged: false });
        expect(verdict).to.equal("FAIL");
        expect(reasons).to.deep.equal([
            "writes failed from 2026-03-01T12:00:15.000Z on and had not recovered at the end",
        ]);
    });

    it("is inconclusive when no write failed and no role changed", () => {
        expect(judge(measure(record(60, () => false)), { ...expected, roleChanged: false })).to.deep.equal({
            verdict: "INCONCLUSIVE",
            reasons: ["no write failed and the same region writes as before: the fault never took effect"],
        });
    });

    it("is inconclusive when writes failed a little, and no role changed", () => {
        const measured = measure(record(60, (second) => second === 10));
        expect(judge(measured, { ...expected, roleChanged: false })).to.deep.equal({
            verdict: "INCONCLUSIVE",
            reasons: ["the same region writes as before: what was rehearsed did not happen"],
        });
    });

    it("fails a loss that is at least what is allowed, and is inconclusive when it is less that is known", () => {
        const measured = measure(record(60, (second) => second >= 10 && second < 40, range(0, 10)));
        expect(judge(measured, { ...expected, rpoSeconds: 5 })).to.deep.equal({
            verdict: "FAIL",
            reasons: ["RPO at least 9 s, and it must be under 5 s: 10 acknowledged markers are lost"],
        });
        expect(judge(measured, { ...expected, rpoSeconds: 10 })).to.deep.equal({
            verdict: "INCONCLUSIVE",
            reasons: [
                "RPO at least 9 s: 10 acknowledged markers are lost, and none that is kept was written before, so it is " +
                    "not known how much more is",
            ],
        });
        const one = measure(record(60, (second) => second >= 1 && second < 30, [0]));
        expect(judge(one, { ...expected, rpoSeconds: 0 }).reasons).to.deep.equal([
            "RPO at least 0 ms, and there must be none: 1 acknowledged marker is lost",
        ]);
    });

    it("fails two writers, whatever the times are", () => {
        const { attempts, ...rest } = record(60, () => false);
        const named = attempts.map((one, second) => ({ ...one, takenBy: second % 2 === 0 ? "eu" : "us" }));
        expect(judge(measure({ ...rest, attempts: named, change: CHANGE }), expected)).to.deep.equal({
            verdict: "FAIL",
            reasons: [
                "us took 30 markers after eu had taken over: an application goes on writing to the region that was left",
            ],
        });
    });

    it("is inconclusive when the application does not say who took a marker, or names what there is not", () => {
        const by = (takenBy: string | undefined): string[] => {
            const { attempts, ...rest } = record(60, () => false);
            const named = attempts.map(({ takenBy: _by, ...one }) => ({
                ...one,
                ...(takenBy === undefined ? {} : { takenBy }),
            }));
            const { reasons, verdict } = judge(
                measure({ ...rest, attempts: named, change: CHANGE }),
                expected,
            );
            return [verdict, ...reasons];
        };
        expect(by(undefined)).to.deep.equal([
            "INCONCLUSIVE",
            "the application does not name the region that took a marker, so it is not known whether it writes where it should",
        ]);
        expect(by("mars")).to.deep.equal([
            "INCONCLUSIVE",
            "the application names mars as what took a marker, which is no region of the topology; known: us, us-east-1, eu, eu-central-1",
        ]);
        expect(by("eu-central-1")[0]).to.equal("PASS");
    });

    it("does not fail an RTO that it did not see", () => {
        const whole = record(200, (second) => second >= 10 && second < 40);
        const attempts = whole.attempts.filter(({ marker }) => marker < 30 || marker >= 150);
        expect(judge(measure({ ...whole, attempts }), expected)).to.deep.equal({
            verdict: "INCONCLUSIVE",
            reasons: [
                "the probe did not look for 2 min 1 s, while writes came back: the RTO is between 19 s and 2 min 20 s",
            ],
        });
    });

    it("passes a change of roles that no write noticed", () => {
        expect(judge(measure(record(60, () => false)), expected).verdict).to.equal("PASS");
    });

    it("is inconclusive when the probe was not looking, or nothing could be read back", () => {
        const { attempts, intervalMilliseconds, kept } = record(60, () => false);
        const holed = attempts.filter(({ marker }) => marker < 10 || marker > 30);
        expect(
            judge(measure({ attempts: holed, intervalMilliseconds, kept: kept! }), expected),
        ).to.deep.equal({
            verdict: "INCONCLUSIVE",
            reasons: ["the probe did not look for 22 s"],
        });
        expect(judge(measure({ attempts, intervalMilliseconds }), expected)).to.deep.equal({
            verdict: "INCONCLUSIVE",
            reasons: ["the markers could not be read back, so it is not known what is lost"],
        });
        expect(judge(measure({ attempts: [], intervalMilliseconds, kept: [] }), expected).verdict).to.equal(
            "INCONCLUSIVE",
        );
    });
});
