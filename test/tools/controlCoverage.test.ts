import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import {
    controlCoverage,
    coverageProblems,
    coveringRules,
    type Covering,
    type Framework,
    FRAMEWORKS,
} from "../../tools/docs/controlCoverage";

const PAGE = path.join(__dirname, "..", "..", "policies", "COVERAGE.md");

function framework(controls: Framework["controls"]): Framework {
    return { title: "Test", controls, key: "cisV3" };
}

function rule(id: string, ...cisV3: readonly string[]): Covering {
    return { pack: "test", id, frameworks: { controls: [], cisV3 } };
}

describe("the coverage of controls", () => {
    it("is what the lists and the rules say now (npm run docs)", () => {
        const lines = fs.readFileSync(PAGE, "utf8").split("\n");
        const now = controlCoverage().split("\n");
        expect(lines.filter((line) => !now.includes(line))).to.deep.equal([]);
        expect(now.filter((line) => !lines.includes(line))).to.deep.equal([]);
    });

    it("has a rule or a reason for every control, and a control in a list for every claim", () => {
        expect(coverageProblems()).to.deep.equal([]);
    });

    it("lists every recommendation of the benchmarks and every control of FSBP once", () => {
        const counts = FRAMEWORKS.map(({ title, controls }) => [title, Object.keys(controls).length]);
        expect(counts).to.deep.equal([
            ["AWS Foundational Security Best Practices v1.0.0", 368],
            ["Security Hub beyond that standard", 22],
            ["CIS AWS Foundations Benchmark v3.0.0", 62],
            ["CIS AWS Foundations Benchmark v5.0.0", 63],
        ]);
        const [standard, beyond] = FRAMEWORKS;
        const ids = new Set(Object.keys(standard?.controls ?? {}));
        expect(Object.keys(beyond?.controls ?? {}).filter((id) => ids.has(id))).to.deep.equal([]);
    });

    it("says what it is as sentences", () => {
        for (const { controls } of FRAMEWORKS) {
            for (const [id, { asks, left, because }] of Object.entries(controls)) {
                expect(asks, id).to.match(/^\S[^.|]*[^.|]$/);
                for (const sentence of [left, because]) {
                    expect(sentence ?? "Nothing.", id).to.match(/^[A-Za-z][^|]*\.$/);
                }
            }
        }
    });

    it("names rules in its reasons that exist", () => {
        const ids = new Set(coveringRules().map(({ id }) => id));
        const named = FRAMEWORKS.flatMap(({ controls }) =>
            Object.values(controls).flatMap(({ left = "", because = "" }) =>
                [...`${left} ${because}`.matchAll(/\b[a-z0-9]+(?:-[a-z0-9]+)+\b/g)].map(([word]) => word),
            ),
        );
        expect(named).to.include("guardduty-features");
        const words = ["far-reaching", "multi-region", "object-level", "point-in-time"];
        expect(named.filter((word) => !ids.has(word) && !words.includes(word))).to.deep.equal([]);
    });

    describe("finds", () => {
        const cases: readonly (readonly [string, Framework["controls"], readonly Covering[], string])[] = [
            ["a control with neither rule nor reason", { 1.1: { asks: "a" } }, [], "cisV3 1.1 has neither"],
            [
                "a control with both",
                { 1.1: { asks: "a", none: "account" } },
                [rule("r", "1.1")],
                "cisV3 1.1 has a reason for no rule, and the rule r",
            ],
            [
                "a rule whose control is in no list",
                { 1.1: { asks: "a" } },
                [rule("r", "1.1", "9.9")],
                "r says that it has cisV3 9.9",
            ],
            [
                "something left of no rule",
                { 1.1: { asks: "a", none: "open", left: "B." } },
                [],
                "cisV3 1.1 has something left",
            ],
            [
                "more about no reason",
                { 1.1: { asks: "a", because: "B." } },
                [rule("r", "1.1")],
                "cisV3 1.1 says because",
            ],
        ];
        for (const [title, controls, rules, problem] of cases) {
            it(title, () => {
                const problems = coverageProblems([framework(controls)], rules);
                expect(problems).to.have.length(1);
                expect(problems[0]).to.include(problem);
            });
        }

        it("nothing where all is well", () => {
            const controls = { 1.1: { asks: "a" }, 1.2: { asks: "b", none: "account" as const } };
            expect(coverageProblems([framework(controls)], [rule("r", "1.1")])).to.deep.equal([]);
        });
    });
});
