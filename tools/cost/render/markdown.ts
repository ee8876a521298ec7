/** An estimate as Markdown, for a page or a pull request. */
import {
    type CostEstimate,
    type Money,
    type ResourceCost,
} from "../../../policies/residency-and-cost/shared/cost/types";
import { inline } from "../../preview/render/markdownText";
import { className } from "../../preview/render/plan";
import { plural } from "../../preview/render/text";
import { resourcesOf } from "../resources";
import { gapsOf, moneyTexts, totalText } from "./gaps";

function cells(money: Money, resources: readonly ResourceCost[]): string {
    return moneyTexts(money, resources).join(" | ");
}

const COLUMNS = "fixed | by use | total |";
const RULE = "---: | ---: | ---: |";

/** The stacks' totals, a folded table for each stack, and what is in no total. */
export function renderCostMarkdown(estimate: CostEstimate): string {
    const { stacks, totals, usage, unpriced, stale, staleBefore } = estimate;
    const by = usage === "none" ? "fixed part alone" : `usage by ${inline(usage)}`;
    const lines = [
        `### Monthly cost: ${totalText(estimate)}`,
        "",
        `USD at list prices, ${by}.`,
        "",
        `| stack | ${COLUMNS}`,
        `| --- | ${RULE}`,
        ...Object.entries(stacks).map(
            ([name, stack]) => `| ${inline(name)} | ${cells(stack.totals, resourcesOf(stack))} |`,
        ),
        `| **together** | ${cells(totals, Object.values(stacks).flatMap(resourcesOf))} |`,
    ];
    for (const [name, { components }] of Object.entries(stacks)) {
        lines.push(
            "",
            `<details><summary>${inline(name)}</summary>`,
            "",
            `| component | tier | ${COLUMNS}`,
            `| --- | --- | ${RULE}`,
            ...components.flatMap(({ type, name: component, tiers }) =>
                tiers.map(
                    ({ tier, totals: money, resources }) =>
                        `| ${inline(`${className(type)} ${component}`)} | ${tier} | ${cells(money, resources)} |`,
                ),
            ),
            "",
            "</details>",
        );
    }
    const gaps = gapsOf(estimate);
    if (gaps.length > 0) {
        lines.push(
            "",
            `<details><summary>Unpriced, in no total: ${plural(unpriced, "thing")}</summary>`,
            "",
            ...gaps.map(
                ({ stack, name, reason, count }) =>
                    `- ${inline(stack)}: ${count > 1 ? `${count} × ` : ""}${inline(name)}. ${inline(reason)}`,
            ),
            "",
            "</details>",
        );
    }
    if (stale > 0) {
        lines.push("", `${plural(stale, "line")} with prices of before ${staleBefore} or without a date.`);
    }
    return `${lines.join("\n")}\n`;
}
