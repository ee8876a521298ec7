import { expect } from "chai";
import { type CheckerReport } from "../../../tools/drill/aws/ports";
import { type Answer } from "../../../tools/drill/outside";
import { judgeView, type Sight } from "../../../tools/drill/steps/outsideView";

const reports = (healthy: number, all: number): CheckerReport[] =>
    Array.from({ length: all }, (_, index) => ({ checker: `c${index}`, healthy: index < healthy, text: "" }));
const well: Answer = { status: 200, body: "" };
const silent: Answer = { body: "", error: "timed out" };
const colour = (sight: Sight): string => judgeView(sight).colour;

describe("how a region looks from outside", () => {
    it("is what Route 53's checkers say: healthy above 18 % of them", () => {
        expect(colour({ reports: reports(18, 100), own: [well] })).to.equal("red");
        expect(colour({ reports: reports(19, 100), own: [silent, silent, silent] })).to.equal("green");
        expect(colour({ reports: reports(0, 16), own: [well] })).to.equal("red");
    });

    it("is what our own requests say where the checkers cannot be asked", () => {
        expect(colour({ reportsMissing: "no answer", own: [silent, silent, silent] })).to.equal("red");
        expect(colour({ reportsMissing: "no answer", own: [silent, well] })).to.equal("green");
        expect(colour({ reports: [], own: [{ status: 503, body: "" }] })).to.equal("red");
        expect(colour({ own: [] })).to.equal("unknown");
    });

    it("is red when every write fails, whatever the health path says", () => {
        const failing = { status: 503, body: "" };
        expect(
            colour({ reports: reports(16, 16), own: [well], writes: [failing, failing, silent] }),
        ).to.equal("red");
        expect(colour({ reports: reports(16, 16), own: [well], writes: [failing, well] })).to.equal("green");
        expect(colour({ reports: reports(16, 16), own: [well], writes: [] })).to.equal("green");
    });

    it("says what was seen", () => {
        expect(
            judgeView({
                reportsMissing: "no answer",
                own: [silent, silent],
                writes: [{ status: 500, body: "" }],
            }).seen,
        ).to.deep.equal([
            "Route 53's checkers are unknown (no answer)",
            "0 of 2 own requests are answered well (timed out)",
            "0 of 1 writes succeed (HTTP 500)",
        ]);
    });
});
