import { expect } from "chai";
import { describeKeys, line } from "../../support/regions/keyRules";
import { problemsOf } from "../../support/regions/stackConfigs";

const pool = (region: string, id = "Abc123", account = "111122223333"): string =>
    `arn:aws:cognito-idp:${region}:${account}:userpool/${region}_${id}`;
const form = "arn:aws:cognito-idp:<region>:111122223333:userpool/<region>_<id>";
const both = { eventsApi: true, userDirectory: true };

describe("the rules of what clients call directly", () => {
    describeKeys([
        { key: "eventsApi", good: [true, false], bad: [["yes", "true or false"]] },
        { key: "userDirectory", good: [true, false], bad: [["1", "true or false"]] },
        {
            key: "eventsConcurrency",
            good: [1, 1000],
            bad: [
                [0, "1 to 1000"],
                [1001, "1 to 1000"],
            ],
        },
        { key: "eventsUserPoolArns", good: [[]], bad: [] },
    ]);

    const problems = (arns: readonly string[], others: object = both) =>
        problemsOf({ ...others, eventsUserPoolArns: arns });

    it("take other regions' directories, of the same account", () => {
        expect(problems([pool("eu-central-1"), pool("ap-northeast-1")])).to.deep.equal([]);
        for (const wrong of [
            pool("eu-central-1", "Abc123", "999900001111"),
            pool("eu-central-1").replace("/eu-central-1_", "/us-east-1_"),
            "eu-central-1_Abc123",
        ]) {
            expect(problems([wrong])).to.deep.equal([line("eventsUserPoolArns[0]", wrong, form)]);
        }
    });

    it("take nine of them", () => {
        const many = (count: number) =>
            Array.from({ length: count }, (_, n) => pool("eu-central-1", `A${n}`));
        expect(problems(many(9))).to.deep.equal([]);
        expect(problems(many(10))).to.deep.equal([
            line("eventsUserPoolArns", many(10), "9 at most, because API Gateway takes ten user pools"),
        ]);
    });

    it("take them where there is something to let them into, and somebody beside them", () => {
        const needed = "nothing unless meridian:eventsApi and meridian:userDirectory are true";
        for (const others of [{}, { eventsApi: true }, { userDirectory: true }]) {
            expect(problems([pool("eu-central-1")], others)).to.deep.equal([
                line("eventsUserPoolArns", [pool("eu-central-1")], needed),
            ]);
        }
    });
});
