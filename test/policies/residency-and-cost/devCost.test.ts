import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { estimate } from "../../../tools/cost/estimate";
import { assumedResource } from "../../../tools/preview/policies/resources";
import { previewStacks } from "../../../tools/preview/stacks";
import { PackUnderTest } from "../../support/policies/packs";
import { StackCopy } from "../../support/policies/mutableStack";
import { type StackName } from "../../support/policies/mutation";

const ROOT = path.join(__dirname, "..", "..", "..");

describe("the price of the environment dev", () => {
    it("is what the pages say, by the rule as by the estimate, and well below 300 USD a month", async () => {
        const { runs, document } = await previewStacks({ projectDir: ROOT, stacks: ["dev-us"] });
        const states = runs.flatMap((run) => run.states.map(assumedResource));
        const stack = new StackCopy("dev-us" as StackName, states);
        const pack = PackUnderTest.load("residency-and-cost");
        const findings = pack.ruleRunner("cost-within-budget", { monthlyUsd: 0 }).stack(stack);
        const [, usd = ""] = /^costs about (\d+) USD by the month/m.exec(findings[0]?.message ?? "") ?? [];
        expect(Number(usd)).to.be.within(80, 150);
        expect(String(Math.round(estimate(document).totals.fixed))).to.equal(usd);
        for (const page of ["README.md", "docs/dev-environment.md"]) {
            const text = fs.readFileSync(path.join(ROOT, page), "utf8");
            expect(text.toLowerCase(), page).to.contain(`about ${usd} usd a month`);
        }
    });
});
