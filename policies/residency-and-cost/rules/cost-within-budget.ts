import { stackRule } from "../../framework";
import { counted, listed, matches, stackNameOf } from "../../framework/patterns";
import { type Member } from "../../framework/stackView";
import { undecidable } from "../../framework/undecidable";
import { leastCost, type LeastCost, mayCost } from "../shared/cost/least";

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
    checkStack: (stack, report, { monthlyUsd, monthlyUsdByStack }) => {
        const costs = new Map<Member, LeastCost>();
        stack.each(
            stack.resources.filter(({ type }) => mayCost(type)),
            (member) => {
                costs.set(member, leastCost(member, stack));
            },
        );
        const name = stackNameOf(stack.urn);
        const [, budget = monthlyUsd] =
            Object.entries(monthlyUsdByStack).find(([pattern]) => matches(pattern, name)) ?? [];
        const sum = [...costs.values()].reduce((total, { usd }) => total + usd, 0);
        if (sum > budget) {
            report(
                `costs about ${Math.round(sum)} USD by the month, and ${budget} is the most; ${dearest(costs)}${elsewhere(costs)}.`,
            );
            return;
        }
        // What has no price is not free: whether the budget holds is open.
        stack.each([...costs.keys()], (member) => {
            const [gap, ...others] = costs.get(member)?.unpriced ?? [];
            if (gap !== undefined) {
                const more = others.length === 0 ? "" : ` (and ${counted(others.length, "thing")} more)`;
                throw undecidable(`what it costs is not known: ${gap.replace(/\.$/, "")}${more}`);
            }
        });
    },
});

function dearest(costs: ReadonlyMap<Member, LeastCost>): string {
    const first = [...costs]
        .sort(([, a], [, b]) => b.usd - a.usd)
        .slice(0, DEAREST)
        .map(([{ name }, { usd }]) => `"${name}" (${Math.round(usd)})`);
    return `the dearest ${first.length === 1 ? "is" : "are"} ${listed(first)}`;
}

/** Says for which regions other ones' prices were taken. */
function elsewhere(costs: ReadonlyMap<Member, LeastCost>): string {
    const regions = [...new Set([...costs.values()].flatMap((cost) => cost.elsewhere))].sort();
    return regions.length === 0
        ? ""
        : `; of ${listed(regions)} some prices are not known, and the least of other regions was taken`;
}
