import { expect } from "chai";
import { estimate } from "../../../tools/cost/estimate";
import { renderInfracost } from "../../../tools/cost/render/infracost";
import { renderCostMarkdown } from "../../../tools/cost/render/markdown";
import { renderCost } from "../../../tools/cost/render/text";
import { compareDocuments } from "../../../tools/preview/against/compare";
import { renderChanges } from "../../../tools/preview/render/changesText";
import { renderChangesMarkdown } from "../../../tools/preview/render/changesMarkdown";
import { renderJson } from "../../../tools/preview/render/json";
import { renderSummary } from "../../../tools/preview/render/summary";
import { besideOf } from "../../../tools/preview/picture/beside";
import { costTable } from "../../../tools/preview/picture/page";
import { type PreviewDocument } from "../../../tools/preview/types";
import { documentOf, type Row, stackPreview } from "../../support/preview/documents";

const gateway = (name: string, region: string): Row => ({
    type: "aws:ec2/natGateway:NatGateway",
    name,
    inputs: { region },
});

/** A document with what it costs. */
function priced(...rows: readonly Row[]): PreviewDocument {
    const document = documentOf(stackPreview("prod", rows));
    return { ...document, cost: estimate(document) };
}

/** Gateways in a region that the price table has nothing of. */
const none = priced(gateway("one", "sa-east-1"), gateway("two", "sa-east-1"));
const some = priced(gateway("one", "sa-east-1"), gateway("near", "us-east-1"));

const cost = estimate(none);
const SUMMARY = { color: false, columns: 120 };

describe("what has no price", () => {
    it("costs no $0.00 in an estimate", () => {
        const text = renderCost(cost, { lines: true });
        const markdown = renderCostMarkdown(cost);
        expect(text).to.match(/^ {2}together .*no price {6}\$0\.00 {3}no price$/m);
        expect(text).to.contain("Unpriced, in no total: 2 things");
        expect(markdown).to.contain("### Monthly cost: no price, 2 things without one\n");
        expect(markdown).to.contain("| **together** | no price | $0.00 | no price |");
    });

    it("is shown beside what has one", () => {
        const text = renderCost(estimate(some), { lines: false });
        expect(text).to.match(/NatGateway one .*no price +\$0\.00 +no price$/m);
        expect(text).to.match(/ {2}together .*\$32\.85 +\$0\.00 +\$32\.85$/m);
        expect(renderCostMarkdown(estimate(some))).to.contain("### Monthly cost: $32.85\n");
    });

    it("has no amount in infracost's form", () => {
        const { totalMonthlyCost, diffTotalMonthlyCost, projects } = JSON.parse(
            renderInfracost(cost, { path: ".", now: new Date(0) }),
        ) as {
            readonly totalMonthlyCost: null;
            readonly diffTotalMonthlyCost: null;
            readonly projects: readonly { readonly breakdown: { readonly totalMonthlyCost: null } }[];
        };
        expect([
            totalMonthlyCost,
            diffTotalMonthlyCost,
            projects[0]?.breakdown.totalMonthlyCost,
        ]).to.deep.equal([null, null, null]);
    });

    it("costs no $0.00 in a preview, nor beside a drawing", () => {
        expect(renderSummary(none, SUMMARY)).to.match(/^Cost: no price; 2 things unpriced$/m);
        const table = costTable(none);
        expect(table).not.to.contain("$0.00");
        expect(table).to.contain("Without use, since no usage is given: no price, 2 things without one.");
        expect(table).to.contain("<td>no price</td>");
        expect([...(besideOf(none, undefined, "").costs?.values() ?? [])]).to.deep.equal([]);
        expect(besideOf(some, undefined, "").costs?.size).to.equal(1);
    });

    it("costs no $0.00 in a comparison, whether it was there or not", () => {
        const empty = priced();
        const told = (before: PreviewDocument): [string, string, unknown] => {
            const changes = compareDocuments(before, none);
            const json = JSON.parse(renderJson(none, changes)) as {
                readonly changes: { readonly cost: { readonly gaps: unknown } };
            };
            return [
                /Cost:\n +(.*)/.exec(renderChanges(none, changes, SUMMARY, false))?.[1] ?? "",
                /### Cost\n\n(.*)/.exec(renderChangesMarkdown(none, changes))?.[1] ?? "",
                json.changes.cost.gaps,
            ];
        };
        const sentence =
            "No price a month before use, where it was $0.00; what has no price is left out (2 things)";
        expect(told(empty)).to.deep.equal([sentence, `${sentence}.`, { before: 0, after: 2 }]);
        const one = priced(gateway("one", "sa-east-1"));
        const [text, markdown, gaps] = told(one);
        expect([text, markdown].join()).not.to.contain("$0.00");
        expect(text).to.contain("(2 things)");
        expect(gaps).to.deep.equal({ before: 1, after: 2 });
    });

    it("has no price before and after what changes beside it", () => {
        const labelled = {
            ...gateway("one", "sa-east-1"),
            inputs: { region: "sa-east-1", tags: { a: "b" } },
        };
        const before = priced(gateway("one", "sa-east-1"));
        const after = priced(labelled);
        const changes = compareDocuments(before, after);
        expect(renderChanges(after, changes, SUMMARY, false)).to.contain(
            "    No price a month before use, as before; what has no price is left out (1 thing)",
        );
    });
});
