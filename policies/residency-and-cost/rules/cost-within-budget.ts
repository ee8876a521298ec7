import { stackRule } from "../../framework";
import { listed, matches, stackNameOf } from "../../framework/patterns";
import { monthlyPrice, PRICED_TYPES } from "../shared/estimate";

interface Config {
    readonly monthlyUsd: number;
    readonly monthlyUsdByStack: Readonly<Record<string, number>>;
}

const DEAREST = 3;

export const rule = stackRule<Config>({
    id: "cost-within-budget",
    severity: "medium",
    description:
        "What a stack costs at its least, by list prices and without traffic and other use, is within its budget.",
    fix: "Make the dearest resources smaller, or have the budget raised in the configuration.",
    frameworks: { controls: ["P30"] },
    level: "advisory",
    config: {
        monthlyUsd: {
            type: "number",
            minimum: 0,
            default: 2500,
            description: "USD by the month that a stack may cost at its least.",
        },
        monthlyUsdByStack: {
            type: "object",
            additionalProperties: { type: "number", minimum: 0 },
            default: {},
            description:
                "The same for single stacks, by patterns of their names; the first that matches holds.",
        },
    },
    types: PRICED_TYPES,
    checkStack: (stack, report, { monthlyUsd, monthlyUsdByStack }) => {
        const prices: { readonly name: string; readonly usd: number }[] = [];
        stack.each(stack.ofType(...PRICED_TYPES), (member) => {
            prices.push({ name: member.name, usd: monthlyPrice(stack, member) ?? 0 });
        });
        const name = stackNameOf(stack.urn);
        const [, budget = monthlyUsd] =
            Object.entries(monthlyUsdByStack).find(([pattern]) => matches(pattern, name)) ?? [];
        const sum = prices.reduce((total, { usd }) => total + usd, 0);
        if (sum > budget) {
            const dearest = [...prices]
                .sort((a, b) => b.usd - a.usd)
                .slice(0, DEAREST)
                .map((each) => `"${each.name}" (${Math.round(each.usd)})`);
            report(
                `costs about ${Math.round(sum)} USD by the month, and ${budget} is the most; the dearest ${dearest.length === 1 ? "is" : "are"} ${listed(dearest)}.`,
            );
        }
    },
});
