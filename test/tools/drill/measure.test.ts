import { expect } from "chai";
import fc from "fast-check";
import { type Expectation, judge, measure } from "../../../tools/drill/probe/measure";
import { type Attempt, type ProbeRecord } from "../../../tools/drill/probe/types";

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
            ...(acknowledged ? {} : { error: "503" }),
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
};

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
        const twice = measure(record(60, (second) => second === 10 || second === 14));
        expect(twice.outages).to.have.length(2);
        expect(twice.rtoSeconds).to.equal(1.05);
    });

    it("takes the RPO from the last kept marker before the losses to the newest that is lost", () => {
        const measured = measure(record(60, (second) => second >= 20 && second < 50, [17, 18, 19]));
        expect(measured.lost).to.deep.equal([17, 18, 19]);
        expect(measured.rpoSeconds).to.equal(3);
    });

    it("counts a gap between markers that were lost as lost as well", () => {
        expect(measure(record(60, (second) => second >= 20 && second < 50, [15, 19])).rpoSeconds).to.equal(5);
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
                reasons: ["RTO 1 min 30 s, and it must be under 1 min"],
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
            "RTO 1.1 s, and there must be none",
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
