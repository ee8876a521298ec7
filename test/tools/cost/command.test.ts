import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type PreviewRequest } from "../../../tools/preview/cli/main";
import { type PreviewDocument } from "../../../tools/preview/types";
import { estimate } from "../../../tools/cost/estimate";
import { main } from "../../../tools/cost/main";
import { renderSummary } from "../../../tools/preview/render/summary";
import { type OutputStream } from "../../../tools/shared/streams";
import { documentOf, type Row, stackPreview } from "../../support/preview/documents";

const region = "us-east-1";
const TAGS = JSON.stringify({ tags: { environment: "prod" } });

/** A stack with two gateways, and perhaps a budget. */
const stack = (name: string, ...more: readonly Row[]) =>
    stackPreview(name, [
        { type: "pulumi:providers:aws", name: "aws", inputs: { region, defaultTags: TAGS } },
        { type: "aws:ec2/natGateway:NatGateway", name: "nat-1", inputs: { region } },
        { type: "aws:ec2/natGateway:NatGateway", name: "nat-2", inputs: { region } },
        ...more,
    ]);

const budget = (limitAmount: string, environment = "prod", more: object = {}): Row => ({
    type: "aws:budgets/budget:Budget",
    name: "budget",
    inputs: {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitUnit: "USD",
        limitAmount,
        costFilters: [{ name: "TagKeyValue", values: [`user:environment$${environment}`] }],
        ...more,
    },
});

interface Ran {
    readonly status: number;
    readonly out: string;
    readonly err: string;
    readonly requests: readonly PreviewRequest[];
}

async function run(
    argv: readonly string[],
    document: PreviewDocument = documentOf(stack("prod-us"), stack("prod-eu")),
): Promise<Ran> {
    let [out, err] = ["", ""];
    const stream = (take: (text: string) => void): OutputStream => ({
        write: (text, done) => {
            take(text);
            done?.();
        },
    });
    const requests: PreviewRequest[] = [];
    const status = await main(argv, {
        stdout: stream((text) => (out += text)),
        stderr: stream((text) => (err += text)),
        env: {},
        now: () => new Date("2026-11-30T00:00:00Z"),
        project: () => ({ name: "meridian", directory: "/shop", stacks: Object.keys(document.stacks) }),
        preview: async (request) => {
            requests.push(request);
            const wanted = Object.entries(document.stacks).filter(([name]) => request.stacks.includes(name));
            return Promise.resolve({ ...document, stacks: Object.fromEntries(wanted) });
        },
    });
    return { status, out, err, requests };
}

describe("npm run cost", () => {
    it("prints a table for each stack, the sums, and what has no price", async () => {
        const { status, out } = await run(["--usage", "none"]);
        expect(status).to.equal(0);
        expect(out).to.equal(`Monthly cost in USD at list prices, the fixed part alone

prod-us                              Tier            Fixed     By use      Total
  NatGateway nat-1                   network        $32.85      $0.00     $32.85
  NatGateway nat-2                   network        $32.85      $0.00     $32.85
  together                                          $65.70      $0.00     $65.70

prod-eu                              Tier            Fixed     By use      Total
  NatGateway nat-1                   network        $32.85      $0.00     $32.85
  NatGateway nat-2                   network        $32.85      $0.00     $32.85
  together                                          $65.70      $0.00     $65.70

All stacks                           Tier            Fixed     By use      Total
  prod-us                                           $65.70      $0.00     $65.70
  prod-eu                                           $65.70      $0.00     $65.70
  together                                         $131.40      $0.00    $131.40
`);
    });

    it("prints each line of each resource where it is asked to, with the source's date", async () => {
        const { out } = await run(["prod-us", "--lines"]);
        expect(out).to.contain(
            "        NAT gateway: 730 hour × $0.045 = $32.85 (fixed, us-east-1, 2026-10)\n" +
                "        NAT gateway data processed: 150 GB × $0.045 = $6.75 (by use, us-east-1, 2026-10)\n",
        );
    });

    it("previews stacks of one configuration together, without policies", async () => {
        const { requests } = await run(["--usage", "pilot-light"]);
        expect(
            requests.map(({ stacks, config, policies }) => ({
                stacks,
                keys: Object.keys(config).length,
                policies,
            })),
        ).to.deep.equal([
            { stacks: ["prod-us"], keys: 0, policies: undefined },
            { stacks: ["prod-eu"], keys: 4, policies: undefined },
        ]);
    });

    it("prints Markdown that shows names as they are", async () => {
        const { out } = await run(["--markdown", "--usage", "none"], documentOf(stack("prod-us")));
        expect(out).to.contain("### Monthly cost: $65.70\n");
        expect(out).to.contain("| prod-us | $65.70 | $0.00 | $65.70 |\n");
        expect(out).to.contain("| NatGateway nat-1 | network | $32.85 | $0.00 | $32.85 |\n");
    });

    it("ends with status 1 above a budget of the stacks that it counts, and 0 within", async () => {
        const document = (limit: string): PreviewDocument =>
            documentOf(stack("prod-us"), stack("prod-eu", budget(limit)));
        const above = await run(["--usage", "none"], document("131"));
        expect([above.status, above.err]).to.deep.equal([
            1,
            "error: above the budget budget of prod-eu ($131.00): prod-us, prod-eu at $131.40\n",
        ]);
        const within = await run(["--usage", "none"], document("132"));
        expect([within.status, within.err]).to.deep.equal([
            0,
            "within the budget budget of prod-eu ($132.00): prod-us, prod-eu at $131.40\n",
        ]);
    });

    it("counts no stack of another environment, and leaves a budget of something else to AWS", async () => {
        const judge = async (given: Row): Promise<string> =>
            (await run(["--usage", "none"], documentOf(stack("prod-us", given)))).err;
        expect(await judge(budget("1", "qa"))).to.match(/^within .*:  at \$0\.00\n$/);
        expect(await judge(budget("1", "prod", { budgetType: "USAGE" }))).to.equal("");
        expect(await judge(budget("1", "prod", { timeUnit: "DAILY" }))).to.equal("");
        expect(
            await judge(budget("1", "prod", { costFilters: [{ name: "Service", values: ["x"] }] })),
        ).to.equal("");
        expect(await judge(budget("600", "prod", { timeUnit: "ANNUALLY" }))).to.match(
            /^error: above .*\$50\.00/,
        );
        expect(await judge(budget("60", "prod", { costFilters: [] }))).to.match(/^error: above /);
    });

    it("ends with status 1 where a program failed, and says which", async () => {
        const { status, err } = await run(
            ["--usage", "none"],
            documentOf(stackPreview("prod-us", [], { error: { message: "boom" } })),
        );
        expect([status, err]).to.deep.equal([1, "error: prod-us is not estimated as a whole: boom\n"]);
    });

    it("ends with status 2 for a wrong call and a wrong profile, with what is right", async () => {
        const wrong = await run(["--usage", "pilot-lite"]);
        expect([wrong.status, wrong.out]).to.deep.equal([2, ""]);
        expect(wrong.err).to.match(/There is no usage profile pilot-lite: .*Did you mean pilot-light\?\n$/);
        const both = await run(["--json", "--markdown", "--line"]);
        expect(both.status).to.equal(2);
        expect(both.err).to.match(
            /^There is no flag --line\. Did you mean --lines\?\n--json and --markdown exclude each other\.\n\nUsage:/,
        );
        expect((await run(["--help"])).status).to.equal(0);
    });
});

describe("README's table of costs", () => {
    it("has a row for each profile", () => {
        const readme = readFileSync(join(__dirname, "../../../README.md"), "utf8");
        const [, table = ""] = /<!-- computed: cost -->\n\n((?:\|.*\n)+)/.exec(readme) ?? [];
        expect(table.match(/(?<=^\| `)[\w-]+(?=`: )/gm)).to.deep.equal([
            "pilot-light",
            "warm-standby",
            "active-active",
            "seed",
        ]);
    });
});

describe("the preview's summary", () => {
    const costLine = (document: PreviewDocument): string | undefined =>
        /^Cost: .*$/m.exec(renderSummary(document, { color: false, columns: 80 }))?.[0];

    it("has what the stacks cost before use, and how much has no price", () => {
        const priced = documentOf(stack("prod-us"));
        expect(costLine({ ...priced, cost: estimate(priced) })).to.equal("Cost: $65.70 a month before use");
        const gap: Row = {
            type: "aws:ec2/natGateway:NatGateway",
            name: "far",
            inputs: { region: "sa-east-1" },
        };
        const unpriced = documentOf(stack("prod-us", gap));
        expect(costLine({ ...unpriced, cost: estimate(unpriced) })).to.equal(
            "Cost: $65.70 a month before use; 1 thing unpriced",
        );
    });

    it("names no amount for a stack that failed", () => {
        const failed = { ...stack("prod-eu"), steps: [], error: { name: "Error", message: "it fails" } };
        const half = documentOf(stack("prod-us"), failed);
        expect(costLine({ ...half, cost: estimate(half) })).to.equal(
            "Cost: $65.70 a month before use; without what failed",
        );
        const none = documentOf(failed);
        expect(costLine({ ...none, cost: estimate(none) })).to.equal(undefined);
    });

    it("says nothing where nobody has estimated it", () => {
        expect(costLine(documentOf(stack("prod-us")))).to.equal(undefined);
    });
});
