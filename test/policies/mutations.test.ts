import { expect } from "chai";
import { CROSS_STACK, CrossStackUnderTest } from "./crossStack";
import { mutants as stacksMutants, accepted as acceptedStacks } from "./cross-stack.mutations";
import { judge, judgeAccepted, loadSpecs } from "./harness";
import { loadStacks } from "./stacks";
import { packNames, PackUnderTest } from "./packs";

describe("Policy packs", () => {
    before(async () => {
        await loadStacks();
    });

    for (const name of packNames()) {
        describe(name, () => {
            const pack = PackUnderTest.load(name);
            const { mutants, accepted } = loadSpecs(name);
            const tested = new Set(mutants.map(({ rule }) => rule));

            it("has a mutant for every rule", () => {
                expect(pack.rules.map(({ id }) => id).filter((id) => !tested.has(id))).to.be.empty;
            });

            it("has mutants of its own rules alone", () => {
                const ids = new Set(pack.rules.map(({ id }) => id));
                expect([...mutants, ...accepted].map(({ rule }) => rule).filter((rule) => !ids.has(rule))).to
                    .be.empty;
            });

            for (const mutant of mutants) {
                it(`${mutant.rule} finds ${mutant.title}`, async () => {
                    expect(await judge(pack, mutant)).to.deep.equal([]);
                });
            }

            for (const each of accepted) {
                it(`${each.rule} accepts ${each.title}`, async () => {
                    expect(await judgeAccepted(pack, each)).to.deep.equal([]);
                });
            }
        });
    }

    describe(CROSS_STACK, () => {
        const pack = new CrossStackUnderTest();

        it("has a mutant for every rule, and of its own rules alone", () => {
            expect(stacksMutants.map(({ rule }) => rule)).to.include.members(pack.rules.map(({ id }) => id));
            expect(pack.rules.map(({ id }) => id)).to.include.members(
                [...stacksMutants, ...acceptedStacks].map(({ rule }) => rule),
            );
        });

        for (const mutant of stacksMutants) {
            it(`${mutant.rule} finds ${mutant.title}`, async () => {
                expect(await pack.judge(mutant)).to.deep.equal([]);
            });
        }

        for (const each of acceptedStacks) {
            it(`${each.rule} accepts ${each.title}`, async () => {
                expect(await pack.judgeAccepted(each)).to.deep.equal([]);
            });
        }
    });
});
