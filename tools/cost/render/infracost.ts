/** An estimate in the shape of `infracost breakdown --format json`, version 0.2, for tools that read that. */
import { HOURS } from "../../../policies/residency-and-cost/shared/cost/priceTable";
import {
    type CostEstimate,
    type CostLine,
    type Money,
    type ResourceCost,
    type Unpriced,
} from "../../../policies/residency-and-cost/shared/cost/types";
import { resourcesOf } from "../resources";

/** What is said of where the estimate is from. */
export interface InfracostOptions {
    /** The folder of the project. */
    readonly path: string;
    readonly now: Date;
}

/** A number as infracost writes one: in decimals, never with an exponent. */
function decimal(value: number): string {
    return value.toFixed(12).replace(/\.?0+$/, "");
}

const NOTHING = { totalHourlyCost: "0", totalMonthlyCost: "0", totalMonthlyUsageCost: "0" } as const;

/** The amounts of resources; none where nothing of them has a price and something costs something. */
function totalsOf(
    { total, usage }: Money,
    resources: readonly ResourceCost[],
): Readonly<Record<keyof typeof NOTHING, string | null>> {
    if (resources.length > 0 && resources.every(({ lines }) => lines.length === 0)) {
        return { totalHourlyCost: null, totalMonthlyCost: null, totalMonthlyUsageCost: null };
    }
    return {
        totalHourlyCost: decimal(total / HOURS),
        totalMonthlyCost: decimal(total),
        totalMonthlyUsageCost: decimal(usage),
    };
}

function component(line: CostLine): object {
    return {
        name: line.name,
        unit: line.unit,
        hourlyQuantity: decimal(line.quantity / HOURS),
        monthlyQuantity: decimal(line.quantity),
        price: decimal(line.unitPrice),
        hourlyCost: decimal(line.monthly / HOURS),
        monthlyCost: decimal(line.monthly),
        usageBased: line.basis === "usage",
        priceNotFound: false,
    };
}

function unpricedComponent({ name, basis }: Unpriced): object {
    return {
        name,
        unit: "",
        hourlyQuantity: null,
        monthlyQuantity: null,
        price: null,
        hourlyCost: null,
        monthlyCost: null,
        usageBased: basis === "usage",
        priceNotFound: true,
    };
}

function resource({ urn, name, type, lines, unpriced, totals }: ResourceCost): object {
    // Of what has no price at all there is no amount, not one of 0.
    const isPriced = lines.length > 0;
    return {
        name,
        resourceType: type,
        metadata: { urn },
        hourlyCost: isPriced ? decimal(totals.total / HOURS) : null,
        monthlyCost: isPriced ? decimal(totals.total) : null,
        monthlyUsageCost: isPriced ? decimal(totals.usage) : null,
        costComponents: [...lines.map(component), ...unpriced.map(unpricedComponent)],
    };
}

function summaryOf(resources: readonly ResourceCost[]): object {
    return {
        totalDetectedResources: resources.length,
        totalSupportedResources: resources.filter(({ lines }) => lines.length > 0).length,
        totalUnsupportedResources: resources.filter(({ lines }) => lines.length === 0).length,
        totalUsageBasedResources: resources.filter(({ lines }) =>
            lines.some(({ basis }) => basis === "usage"),
        ).length,
        totalNoPriceResources: 0,
        unsupportedResourceCounts: countsOf(resources.filter(({ lines }) => lines.length === 0)),
        noPriceResourceCounts: {},
    };
}

function countsOf(resources: readonly ResourceCost[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { type } of resources) {
        counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
}

/** The estimate as one JSON document, a project for each stack. */
export function renderInfracost(estimate: CostEstimate, { path, now }: InfracostOptions): string {
    const { stacks, totals, currency } = estimate;
    const all = Object.values(stacks).flatMap(resourcesOf);
    const { totalHourlyCost, totalMonthlyCost, totalMonthlyUsageCost } = totalsOf(totals, all);
    const projects = Object.entries(stacks).map(([name, stack]) => {
        const own = resourcesOf(stack);
        const breakdown = { resources: own.map(resource), ...totalsOf(stack.totals, own) };
        return {
            name,
            displayName: name,
            metadata: { path, type: "pulumi_preview" },
            pastBreakdown: { resources: [], ...NOTHING },
            breakdown,
            // Compared with nothing, all of it is new.
            diff: breakdown,
            summary: summaryOf(own),
        };
    });
    const document = {
        version: "0.2",
        metadata: {
            infracostCommand: "breakdown",
            vcsBranch: "",
            vcsCommitSha: "",
            vcsCommitAuthorName: "",
            vcsCommitAuthorEmail: "",
            vcsCommitTimestamp: now.toISOString(),
            vcsCommitMessage: "",
        },
        currency,
        projects,
        totalHourlyCost,
        totalMonthlyCost,
        totalMonthlyUsageCost,
        pastTotalHourlyCost: "0",
        pastTotalMonthlyCost: "0",
        pastTotalMonthlyUsageCost: "0",
        diffTotalHourlyCost: totalHourlyCost,
        diffTotalMonthlyCost: totalMonthlyCost,
        diffTotalMonthlyUsageCost: totalMonthlyUsageCost,
        timeGenerated: now.toISOString(),
        summary: summaryOf(all),
    };
    return `${JSON.stringify(document, null, 2)}\n`;
}
