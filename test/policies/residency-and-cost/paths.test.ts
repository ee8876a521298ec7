import { expect } from "chai";
import { covers, overlap, withSlash } from "../../../policies/residency-and-cost/shared/paths";

describe("Path patterns", () => {
    for (const [left, right, expected] of [
        ["/api/*", "/api/*", true],
        ["/api/*", "/api/*.json", true],
        ["*.jpg", "/account*", true],
        ["/static/*", "/account*", false],
        ["/a?c", "/abc", true],
        ["/a?c", "/abbc", false],
        ["*", "/", true],
        ["", "*", true],
        ["", "/", false],
        ["/*/x", "/y/*", true],
    ] as const) {
        it(`"${left}" and "${right}" ${expected ? "overlap" : "are apart"}`, () => {
            expect(overlap(left, right)).to.equal(expected);
            expect(overlap(right, left)).to.equal(expected);
        });
    }

    for (const [outer, inner, expected] of [
        ["*", "/account*", true],
        ["/api/*", "/api/orders/*", true],
        ["/api/*", "/api/*.json", true],
        ["/api/*.json", "/api/*", false],
        ["/api/orders", "/api/*", false],
        ["/a?c", "/abc", true],
        ["/abc", "/a?c", false],
        ["", "/", false],
        ["/a", "", false],
    ] as const) {
        it(`"${outer}" ${expected ? "covers" : "does not cover"} "${inner}"`, () => {
            expect(covers(outer, inner)).to.equal(expected);
        });
    }

    it("begin with the slash that CloudFront takes for granted", () => {
        expect(["api/*", "/api/*", "*.jpg"].map(withSlash)).to.deep.equal(["/api/*", "/api/*", "*.jpg"]);
    });
});
