/** The tests of a pack's mutants. Each pack has a file of its own, so that they can run side by side. */
import { expect } from "chai";
import { judge, judgeAccepted, loadSpecs } from "../../support/policies/harness";
import { PackUnderTest } from "../../support/policies/packs";
import { loadStacks } from "../../support/policies/ownStacks";

/** Describes the mutants of a pack. */
export function describeMutants(name: string): void {
    describe("Policy packs", () => {
        before(async () => {
            await loadStacks();
        });

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
    });
}
