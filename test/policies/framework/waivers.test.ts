import { expect } from "chai";
import {
    readWaivers,
    resourceRule,
    stackRule,
    today,
    WaiverBook,
    type Waiver,
} from "../../../policies/framework";
import { waivedRule } from "../../../policies/framework/messages";
import { serve } from "./servedRules";
import { resource, urnOf } from "../../support/policies/packProcesses";

const THING = "test:index:Thing";

const small = resourceRule({
    id: "thing-small",
    severity: "low",
    description: "Things are small.",
    fix: "Shrink it.",
    frameworks: { controls: ["1"] },
    types: [THING],
    check: ({ props }, report) => {
        if (props.size !== 1) {
            report("is large.");
        }
    },
});

const few = stackRule({
    id: "things-few",
    severity: "low",
    description: "Things are few.",
    fix: "Remove some.",
    frameworks: { controls: ["2"] },
    checkStack: (stack, report) => {
        if (stack.ofType(THING).length > 1) {
            report("There are many.");
        }
    },
});

/** A last day that is far off, and within a year. */
const FAR = today(new Date(Date.now() + 300 * 24 * 3_600_000));
const waiver = (change: Partial<Waiver> = {}): Waiver => ({
    rule: "thing-small",
    urn: urnOf(THING, "*"),
    owner: "ops",
    reason: "moving",
    expires: FAR,
    ...change,
});
const large = (name = "large", stack = "dev") =>
    resource(THING, name, { size: 9 }, { urn: urnOf(THING, name, stack) });
const pack = (...waivers: readonly unknown[]) => serve([small, few], { settings: { waivers } });

describe("waivers", () => {
    it("cover violations, which are listed", async () => {
        expect(await pack(waiver()).judge([large()])).to.deep.equal([
            `advisory waived-violations large: thing-small is waived until ${FAR} by ops (moving): is large.`,
        ]);
        expect(waivedRule("thing-small is waived until 2999-12-31 by ops (moving): is large.")).to.equal(
            "thing-small",
        );
        expect(waivedRule("is large.")).to.equal(undefined);
    });

    it("cover the rule and the resources that they name, and no others", async () => {
        const said = await pack(waiver({ urn: "urn:pulumi:dev::*::large" })).judge([
            large(),
            large("larger"),
        ]);
        expect(said).to.deep.equal([
            "mandatory thing-small larger: is large.\nFix: Shrink it.",
            "mandatory things-few : There are many.\nFix: Remove some.",
            `advisory waived-violations large: thing-small is waived until ${FAR} by ops (moving): is large.`,
        ]);
    });

    it("cover violations of a stack as a whole by the URN of the stack", async () => {
        const whole = waiver({ rule: "things-few", urn: urnOf("pulumi:pulumi:Stack", "dev") });
        const said = await pack(whole, waiver()).judge([large("a"), large("b")]);
        expect(said.filter((line) => line.startsWith("mandatory"))).to.deep.equal([]);
        expect(said).to.have.length(3);
    });

    it("end with their last day, and are then violations themselves", async () => {
        expect(await pack(waiver({ expires: "2020-02-29" })).judge([large()])).to.deep.equal([
            "mandatory thing-small large: is large.\nFix: Shrink it.",
            `mandatory waivers-in-order : The waiver of thing-small for ${urnOf(THING, "*")}, owned by ops, ended on 2020-02-29.\nFix: Mend the violation and delete the waiver, or have its owner extend it.`,
        ]);
    });

    it("hold on their last day", () => {
        const book = new WaiverBook();
        book.load([waiver({ expires: "2026-03-31" })]);
        expect(book.covers("thing-small", urnOf(THING, "x"), "is large.", "2026-03-31")).to.equal(true);
        expect(book.covers("thing-small", urnOf(THING, "x"), "is large.", "2026-04-01")).to.equal(false);
        expect(book.problems([], "2026-03-31")).to.deep.equal([]);
        expect(book.problems([], "2026-04-01")).to.have.length(1);
    });

    it("are violations when they cover nothing", async () => {
        const said = await pack(waiver()).judge([resource(THING, "fine", { size: 1 })]);
        expect(said).to.deep.equal([
            `mandatory waivers-in-order : The waiver of thing-small for ${urnOf(THING, "*")}, owned by ops, covers nothing.\nFix: Mend the violation and delete the waiver, or have its owner extend it.`,
        ]);
    });

    it("are judged where they belong: in the stack that they name, or where there is something to match", async () => {
        const fine = resource(THING, "fine", { size: 1 });
        for (const urn of [urnOf(THING, "*", "prod"), "urn:pulumi:prod*::shop::*::fine", "*::elsewhere"]) {
            expect(await pack(waiver({ urn })).judge([fine]), urn).to.deep.equal([]);
        }
        for (const urn of [urnOf(THING, "gone"), "*::fine", "urn:pulumi:d*::shop::*::fine"]) {
            expect(await pack(waiver({ urn })).judge([fine]), urn).to.have.length(1);
        }
    });

    it("are counted anew for each stack that a pack serves", async () => {
        const served = pack(waiver({ urn: "*::lar*" }));
        expect(await served.judge([large()])).to.have.length(1);
        const [unused] = await served.judge([resource(THING, "larch", { size: 1 })]);
        expect(unused).to.contain("covers nothing");
        expect(await served.judge([large("large", "prod")], "prod")).to.have.length(1);
    });

    it("take no character of a pattern for anything but itself, except *", () => {
        const book = new WaiverBook();
        book.load([waiver({ urn: "urn:pulumi:a.b::(c)+::*" })]);
        expect(book.covers("thing-small", "urn:pulumi:a.b::(c)+::d", "", today())).to.equal(true);
        expect(book.covers("thing-small", "urn:pulumi:axb::(c)+::d", "", today())).to.equal(false);
        expect(book.covers("thing-small", "urn:pulumi:a.b::cc::d", "", today())).to.equal(false);
    });

    const malformed: [unknown, string][] = [
        [{ ...waiver(), owner: " " }, 'waivers[0].owner is " "; allowed: text'],
        [{ ...waiver(), reason: undefined }, "waivers[0].reason is not given; allowed: text"],
        [
            { ...waiver(), rule: "other" },
            'waivers[0].rule is "other"; allowed: the id of a rule of this pack',
        ],
        [
            { ...waiver(), expires: "2026-02-30" },
            'waivers[0].expires is "2026-02-30"; allowed: a date as YYYY-MM-DD',
        ],
        [
            { ...waiver(), expires: "tomorrow" },
            'waivers[0].expires is "tomorrow"; allowed: a date as YYYY-MM-DD',
        ],
        [
            { ...waiver(), until: FAR },
            "waivers[0].until is not known; allowed: rule, urn, owner, reason, expires",
        ],
        [
            "thing-small",
            'waivers[0] is "thing-small"; allowed: an object with rule, urn, owner, reason, expires',
        ],
    ];
    for (const [given, problem] of malformed) {
        it(`are violations when they are malformed: ${problem}`, async () => {
            const { waivers, problems } = readWaivers([given], ["thing-small"]);
            expect({ waivers, problems }).to.deep.equal({ waivers: [], problems: [problem] });
            const said = await pack(given).judge([large()]);
            expect(said[0]).to.equal("mandatory thing-small large: is large.\nFix: Shrink it.");
            expect(said[1]).to.contain(`mandatory waivers-in-order : ${problem}`);
        });
    }

    it("are a list", () => {
        expect(readWaivers(undefined, [])).to.deep.equal({ waivers: [], problems: [] });
        expect(readWaivers({}, []).problems).to.deep.equal(["waivers is {}; allowed: a list of waivers"]);
    });

    it("know the day in UTC", () => {
        expect(today(new Date("2026-12-31T23:59:59Z"))).to.equal("2026-12-31");
        expect(today(new Date("2026-12-31T23:59:59-01:00"))).to.equal("2027-01-01");
    });
});
