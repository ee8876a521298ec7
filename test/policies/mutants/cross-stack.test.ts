import { expect } from "chai";
import * as fs from "node:fs";
import { CROSS_STACK, CrossStackUnderTest } from "../crossStack";
import { accepted, mutants } from "../cross-stack.mutations";
import { packNames } from "../../support/policies/packs";
import { loadStacks } from "../../support/policies/ownStacks";

describe("Policy packs", () => {
    before(async () => {
        await loadStacks();
    });

    it("have a file each that runs their mutants", () => {
        const files = fs.readdirSync(__dirname).filter((file) => file.endsWith(".test.ts"));
        expect(files.map((file) => file.replace(".test.ts", "")).sort()).to.deep.equal(
            [...packNames(), CROSS_STACK].sort(),
        );
    });

    describe(CROSS_STACK, () => {
        const pack = new CrossStackUnderTest();

        it("has a mutant for every rule, and of its own rules alone", () => {
            expect(mutants.map(({ rule }) => rule)).to.include.members(pack.rules.map(({ id }) => id));
            expect(pack.rules.map(({ id }) => id)).to.include.members(
                [...mutants, ...accepted].map(({ rule }) => rule),
            );
        });

        for (const mutant of mutants) {
            it(`${mutant.rule} finds ${mutant.title}`, async () => {
                expect(await pack.judge(mutant)).to.deep.equal([]);
            });
        }

        for (const each of accepted) {
            it(`${each.rule} accepts ${each.title}`, async () => {
                expect(await pack.judgeAccepted(each)).to.deep.equal([]);
            });
        }
    });
});
