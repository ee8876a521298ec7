import { expect } from "chai";
import * as path from "node:path";
import {
    defaultsOf,
    isUnknownError,
    loadRules,
    loadStacksRules,
    StacksView,
    StackView,
    type StackRule,
} from "../../policies/framework";
import { CountingMembers, material, stackOf } from "./largeStack";
import { packNames, POLICIES } from "../support/policies/packs";

/** How many resources the larger stack has at least: more where the mutants together bring more than half of it. */
const SIZE = 4000;

/** What doubling the stack may multiply the work by: twice, and a little for what is sorted. */
const MOST = 2.2;

/** What rules do once, however large the stack is. */
const ONCE = 2000;

/** How often a check looks at something, whether it comes to an end or meets something unknown. */
function work(members: CountingMembers, check: (view: StackView) => void): number {
    const before = members.count;
    try {
        check(new StackView(members.members));
    } catch (error) {
        if (!isUnknownError(error)) {
            throw error;
        }
    }
    return members.count - before;
}

describe("the work of a rule about a whole stack", function () {
    this.timeout(600_000);

    let half: CountingMembers;
    let whole: CountingMembers;

    before(async () => {
        const parts = await material();
        const resources = stackOf(parts, Math.max(SIZE / 2, parts.length));
        half = new CountingMembers(resources);
        whole = new CountingMembers(stackOf(resources, 2 * resources.length));
        expect(whole.members).to.have.lengthOf.at.least(SIZE);
        expect(whole.members).to.have.length(2 * half.members.length);
    });

    for (const pack of packNames()) {
        const rules = loadRules(path.join(POLICIES, pack, "rules"));
        for (const rule of rules.filter((each): each is StackRule => "checkStack" in each)) {
            it(`grows with the stack and no faster: ${rule.id}`, () => {
                const check = (view: StackView): void => {
                    expect(rule.types === undefined || view.has(rule.types), "nothing to judge").to.equal(
                        true,
                    );
                    rule.checkStack(view, () => undefined, defaultsOf(rule));
                };
                const [small, large] = [work(half, check), work(whole, check)];
                expect(small).to.be.above(0);
                expect(large).to.be.below(MOST * small + ONCE, `${small} became ${large}`);
            });
        }
    }

    for (const rule of loadStacksRules(path.join(POLICIES, "cross-stack", "rules"))) {
        it(`grows with the stacks and no faster: ${rule.id}`, () => {
            const check = (view: StackView): void => {
                const other = view.again();
                const stacks = [view, other].map((each, index) => ({
                    name: `prod-${index}`,
                    view: each,
                    state: each,
                }));
                rule.checkStacks(new StacksView(stacks), () => undefined, defaultsOf(rule));
            };
            const [small, large] = [work(half, check), work(whole, check)];
            expect(small).to.be.above(0);
            expect(large).to.be.below(MOST * small + ONCE, `${small} became ${large}`);
        });
    }

    it("is counted so that work on pairs shows", () => {
        const eachOnce = (view: StackView): void => {
            view.resources.forEach(({ urn }) => {
                expect(urn).not.to.equal("");
            });
        };
        const eachWithEach = (view: StackView): void => {
            view.resources.slice(0, view.resources.length / 8).forEach((one) => {
                view.resources.some(({ urn }) => urn === one.name);
            });
        };
        expect(work(whole, eachOnce) / work(half, eachOnce)).to.equal(2);
        expect(work(whole, eachWithEach) / work(half, eachWithEach)).to.be.above(3.5);
    });
});
