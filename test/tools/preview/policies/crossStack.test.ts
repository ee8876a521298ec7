import { expect } from "chai";
import { stacksRule, text, type StacksRule } from "../../../../policies/framework";
import { CrossStackRules } from "../../../../tools/preview/policies/crossStack";
import { PolicyConfigError } from "../../../../tools/preview/policies/errors";
import { type PolicyFinding } from "../../../../tools/preview/policies/findings";
import { UNKNOWN } from "../../../../tools/preview/values";
import { resource, urnOf } from "../../../support/policies/packProcesses";

const THING = "test:index:Thing";

const unique = stacksRule<{ readonly property: string }>({
    id: "things-unique",
    severity: "high",
    description: "Things have names of their own.",
    fix: "Rename it.",
    frameworks: { controls: ["C10"] },
    config: { property: { type: "string", default: "label", description: "The name." } },
    checkStacks: (stacks, report, { property }) => {
        const seen = new Set<string>();
        stacks.each([THING], (member, stack) => {
            const name = text(member.props[property]) ?? "";
            if (seen.has(name)) {
                report(`has the name ${name}.`, { stack, resource: member });
            }
            seen.add(name);
        });
        if (seen.size > 2) {
            report("There are many names.");
        }
    },
});

const rules = new CrossStackRules([unique as unknown as StacksRule]);
const stack = (name: string, ...labels: readonly string[]) => ({
    name,
    resources: labels.map((label, index) =>
        resource(THING, `thing-${index}`, { label }, { urn: urnOf(THING, `thing-${index}`, name) }),
    ),
});
const judge = (
    stacks: readonly ReturnType<typeof stack>[],
    policies: Readonly<Record<string, unknown>> = {},
    today?: string,
): string[] => rules.judge(stacks, { file: "c.json", policies }, today).map(told);

function told({ status, level, rule, stack: where, urn, message }: PolicyFinding): string {
    return [status, level, rule, where ?? "all", urn?.split("::").at(-1) ?? "", message].join(" | ");
}

const COLLIDING = [stack("a", "x"), stack("b", "x")];
const WAIVER = {
    rule: "things-unique",
    urn: urnOf(THING, "*", "b"),
    owner: "ops",
    reason: "moving",
    expires: "2026-06-30",
};

describe("rules about several stacks", () => {
    it("find what collides, and nothing where nothing does", () => {
        expect(judge([stack("a", "x"), stack("b", "y")])).to.deep.equal([]);
        expect(judge(COLLIDING)).to.deep.equal([
            "violation | mandatory | things-unique | b | thing-0 | has the name x.",
        ]);
        const [finding] = rules.judge(COLLIDING, undefined);
        expect(finding).to.deep.include({
            pack: "meridian-cross-stack",
            severity: "high",
            description: "Things have names of their own.",
            fix: "Rename it.",
            frameworks: ["control:C10"],
        });
    });

    it("speak of all stacks where it is about none in particular", () => {
        expect(judge([stack("a", "x", "y"), stack("b", "z")])).to.deep.equal([
            "violation | mandatory | things-unique | all |  | There are many names.",
        ]);
    });

    it("have levels and settings as the packs have", () => {
        expect(judge(COLLIDING, { "things-unique": "advisory" })[0]).to.contain("violation | advisory");
        expect(judge(COLLIDING, { all: "disabled" })).to.deep.equal([]);
        expect(judge(COLLIDING, { "things-unique": "remediate" })[0]).to.contain("violation | mandatory");
        expect(judge(COLLIDING, { "things-unique": { property: "other" } })[0]).to.contain("has the name .");
        expect(() => {
            rules.check({ file: "c.json", policies: { "things-uniq": {} } });
        }).to.throw(PolicyConfigError, "c.json: things-uniq is not known (did you mean things-unique?)");
    });

    it("are undecided about unknown values, or take them for violations", () => {
        const stacks = [stack("a", "x"), stack("b", UNKNOWN)];
        const reason = "string value at .label can't be known during preview";
        expect(judge(stacks)).to.deep.equal([
            `undecided | mandatory | things-unique | b | thing-0 | ${reason}`,
        ]);
        for (const policies of [
            { "things-unique": { unknowns: "fail-closed" } },
            { settings: { unknowns: "fail-closed" } },
        ]) {
            expect(judge(stacks, policies)).to.deep.equal([
                `violation | mandatory | things-unique | b | thing-0 | cannot be judged, because ${reason}.`,
            ]);
        }
    });

    it("have waivers as the packs have", () => {
        const settings = { waivers: [WAIVER] };
        expect(judge(COLLIDING, { settings }, "2026-06-30")).to.deep.equal([
            "waived | mandatory | things-unique | b | thing-0 | things-unique is waived until 2026-06-30 by ops (moving): has the name x.",
        ]);
        expect(judge(COLLIDING, { settings }, "2026-07-01")).to.deep.equal([
            "violation | mandatory | things-unique | b | thing-0 | has the name x.",
            `violation | mandatory | waivers-in-order | all |  | The waiver of things-unique for ${WAIVER.urn}, owned by ops, ended on 2026-06-30.`,
        ]);
        const unused = { waivers: [{ ...WAIVER, urn: "*::thing-0" }] };
        expect(judge([stack("a", "x"), stack("b", "y")], { settings: unused }, "2026-01-01")[0]).to.contain(
            "covers nothing.",
        );
    });

    it("do not hide a mistake in a rule", () => {
        const broken = { ...unique, checkStacks: () => expect.fail("a mistake") } as unknown as StacksRule;
        expect(() => new CrossStackRules([broken]).judge(COLLIDING, undefined)).to.throw("a mistake");
    });

    it("are those in the project's folder", () => {
        const own = new CrossStackRules();
        expect(own.rules.map(({ id }) => id)).to.deep.equal([
            "stacks-backup-copies-in-jurisdiction",
            "stacks-copies-in-jurisdiction",
            "stacks-global-members-in-jurisdiction",
            "stacks-physical-names",
            "stacks-references-acyclic",
            "stacks-regional-symmetry",
            "stacks-s3-replication-in-jurisdiction",
            "stacks-singletons",
            "stacks-table-replicas-in-jurisdiction",
        ]);
        expect(own.summary()).to.deep.equal({ name: "meridian-cross-stack", version: "0.1.0", rules: 9 });
    });
});
