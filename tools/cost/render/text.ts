/** An estimate as a terminal shows it. */
import {
    type CostEstimate,
    type Money,
    type ResourceCost,
    type StackCost,
} from "../../../policies/residency-and-cost/shared/cost/types";
import { className } from "../../preview/render/plan";
import { pad, plural, printable, shorten, width, wrap } from "../../preview/render/text";
import { resourcesOf } from "../resources";
import { gapsOf, moneyTexts } from "./gaps";
import { quantity, unitPrice, usd } from "./money";

/** How to print an estimate. */
export interface CostTextOptions {
    /** Columns that no line is wider than. Left out: nothing is shortened. */
    readonly columns?: number;
    /** Whether to print each line of each resource. */
    readonly lines: boolean;
}

const AMOUNT = 11;
const TIER = 10;

/** The estimate with a table for each stack, what is in no total, and the totals. */
export function renderCost(estimate: CostEstimate, options: CostTextOptions): string {
    const { usage, stacks } = estimate;
    const by = usage === "none" ? "the fixed part alone" : `usage by the profile ${usage}`;
    const blocks = [
        [`Monthly cost in USD at list prices, ${by}`],
        ...Object.entries(stacks).map(([name, stack]) => stackLines(name, stack, options)),
        ...(Object.keys(stacks).length > 1 ? [totalLines(estimate, options)] : []),
        gapLines(estimate, options),
        staleLines(estimate),
    ].filter((lines) => lines.length > 0);
    return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function row(
    name: string,
    tier: string,
    money: Money,
    resources: readonly ResourceCost[],
    options: CostTextOptions,
): string {
    return cells(name, tier, moneyTexts(money, resources), options);
}

function head(title: string, options: CostTextOptions): string {
    return cells(title, "Tier", ["Fixed", "By use", "Total"], options);
}

function cells(name: string, tier: string, amounts: readonly string[], { columns }: CostTextOptions): string {
    const names = (columns ?? 80) - TIER - 2 - 3 * AMOUNT;
    return `${pad(shorten(name, names), names)}  ${pad(tier, TIER)}${amounts.map(right).join("")}`;
}

function right(text: string): string {
    return " ".repeat(Math.max(0, AMOUNT - width(text))) + text;
}

function stackLines(name: string, stack: StackCost, options: CostTextOptions): string[] {
    const { components, totals } = stack;
    const lines = [head(printable(name), options)];
    for (const component of components) {
        const label = `${className(component.type)} ${component.name}`;
        component.tiers.forEach(({ tier, totals: money, resources }, index) => {
            lines.push(row(`  ${index === 0 ? printable(label) : ""}`, tier, money, resources, options));
            if (options.lines) {
                lines.push(...resources.flatMap(resourceLines));
            }
        });
    }
    lines.push(row("  together", "", totals, resourcesOf(stack), options));
    return lines;
}

function resourceLines({ name, lines, unpriced }: ResourceCost): string[] {
    return [
        `      ${printable(name)}`,
        ...lines.map(
            (line) =>
                `        ${printable(line.name)}: ${quantity(line.quantity)} ${line.unit} × ${unitPrice(line.unitPrice)} = ${usd(line.monthly)}` +
                ` (${line.basis === "fixed" ? "fixed" : "by use"}, ${line.region}, ${line.date}${line.stale ? ", stale" : ""})`,
        ),
        ...unpriced.map((gap) => `        ${printable(gap.name)}: unpriced. ${printable(gap.reason)}`),
    ];
}

function totalLines({ stacks, totals }: CostEstimate, options: CostTextOptions): string[] {
    return [
        head("All stacks", options),
        ...Object.entries(stacks).map(([name, stack]) =>
            row(`  ${printable(name)}`, "", stack.totals, resourcesOf(stack), options),
        ),
        row("  together", "", totals, Object.values(stacks).flatMap(resourcesOf), options),
    ];
}

function gapLines(estimate: CostEstimate, { columns }: CostTextOptions): string[] {
    const gaps = gapsOf(estimate);
    return gaps.length === 0
        ? []
        : [
              `Unpriced, in no total: ${plural(estimate.unpriced, "thing")}`,
              ...gaps.flatMap(({ stack, name, reason, count }) =>
                  wrap(
                      printable(`  ${stack}: ${count > 1 ? `${count} × ` : ""}${name}. ${reason}`),
                      columns,
                      2,
                  ),
              ),
          ];
}

function staleLines({ stale, staleBefore }: CostEstimate): string[] {
    return stale === 0
        ? []
        : [
              `${plural(stale, "line")} with prices of before ${staleBefore} or without a date; npm run prices.`,
          ];
}
