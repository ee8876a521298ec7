import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { policyCatalogue, rulesOf } from "../../tools/docs/policyCatalogue";

const POLICIES = path.join(__dirname, "..", "..", "policies");
const PACKS = ["security-baseline", "resilience", "residency-and-cost", "deployability", "cross-stack"];

/** Rows of the control list that every team must meet, as the list marks them. */
const CORE = [
    1, 2, 3, 4, 7, 8, 9, 10, 13, 14, 15, 17, 18, 20, 21, 23, 25, 26, 27, 28, 33, 34, 35, 36, 37, 39, 40, 41,
    42, 43, 44, 46, 53, 56, 57, 58, 59, 60, 62, 63, 65, 68, 69, 70, 71, 73, 74, 75, 77, 79, 81, 83, 84, 86,
    88, 89, 93, 94, 96, 97, 98, 103, 108, 110, 111, 112, 114, 117, 118, 120, 122, 123, 124, 128, 129, 131,
    133, 134, 137, 138, 139, 141, 142, 143, 146, 147, 148, 151, 152, 153, 154, 156, 157, 158, 159, 160, 161,
    163, 164, 166, 167, 168, 170,
];

describe("the policy catalogue", () => {
    it("is what the rules and profiles say now (npm run docs)", () => {
        const lines = fs.readFileSync(path.join(POLICIES, "CATALOGUE.md"), "utf8").split("\n");
        const now = policyCatalogue().split("\n");
        expect(lines.filter((line) => !now.includes(line))).to.deep.equal([]);
        expect(now.filter((line) => !lines.includes(line))).to.deep.equal([]);
    });

    it("covers every core control in the baseline", () => {
        const covered = new Set(
            rulesOf("security-baseline").flatMap(({ frameworks }) => frameworks.controls),
        );
        expect(CORE).to.have.length(103);
        expect(CORE.filter((control) => !covered.has(String(control)))).to.deep.equal([]);
    });

    it("covers the platform's own controls in the other packs", () => {
        const covered = new Set(
            ["resilience", "residency-and-cost", "cross-stack"].flatMap((pack) =>
                rulesOf(pack).flatMap(({ frameworks }) => frameworks.controls),
            ),
        );
        // P35 is the waivers' own, which every pack has.
        const own = Array.from({ length: 36 }, (_, index) => `P${String(index + 1).padStart(2, "0")}`);
        expect(own.filter((control) => control !== "P35" && !covered.has(control))).to.deep.equal([]);
    });

    it("covers what AWS rejects, item by item", () => {
        const covered = new Set(
            ["deployability", "cross-stack"].flatMap((pack) =>
                rulesOf(pack).flatMap(({ frameworks }) => frameworks.controls),
            ),
        );
        const items = Array.from({ length: 20 }, (_, index) => `C${index + 1}`);
        expect(items.filter((item) => !covered.has(item))).to.deep.equal([]);
    });

    it("has each rule once in a pack, with a description and a fix that are sentences", () => {
        for (const pack of PACKS) {
            const rules = rulesOf(pack);
            expect(new Set(rules.map(({ id }) => id)).size, pack).to.equal(rules.length);
            for (const { description, fix, id } of rules) {
                expect(description, id).to.match(/^\S[^]*\.$/);
                expect(fix, id).to.match(/^\S[^]*\.$/);
            }
        }
    });

    it("is named rightly in every profile", () => {
        for (const pack of PACKS) {
            const known = new Set([
                ...rulesOf(pack).map(({ id }) => id),
                "all",
                "waivers",
                "waived-violations",
                "waivers-in-order",
            ]);
            for (const profile of ["dev", "staging", "prod"]) {
                const file = path.join(POLICIES, pack, "profiles", `${profile}.json`);
                const named = Object.keys(JSON.parse(fs.readFileSync(file, "utf8")) as object);
                expect(
                    named.filter((name) => !known.has(name)),
                    file,
                ).to.deep.equal([]);
            }
        }
    });
});
