import {
    type CostEstimate,
    type Money,
    type ResourceCost,
} from "../../../policies/residency-and-cost/shared/cost/types";
import { plural } from "../../preview/render/text";
import { resourcesOf } from "../resources";
import { priced } from "./money";

/** The same gap of several resources. */
export interface Gap {
    readonly stack: string;
    readonly name: string;
    readonly reason: string;
    readonly count: number;
}

/** What has no price, the same of several resources as one. */
export function gapsOf({ stacks }: CostEstimate): readonly Gap[] {
    return Object.entries(stacks).flatMap(([stack, cost]) => {
        const found = new Map<string, Gap>();
        for (const { name, reason } of resourcesOf(cost).flatMap(({ unpriced }) => unpriced)) {
            const key = `${name}: ${reason}`;
            found.set(key, { stack, name, reason, count: (found.get(key)?.count ?? 0) + 1 });
        }
        return [...found.values()];
    });
}

/** What resources cost together: fixed, by use, and in total. */
export function moneyTexts(
    { fixed, usage, total }: Money,
    resources: readonly ResourceCost[],
): [fixed: string, usage: string, total: string] {
    const gaps = resources.flatMap(({ unpriced }) => unpriced);
    const byUse = gaps.filter(({ basis }) => basis === "usage").length;
    return [priced(fixed, gaps.length - byUse), priced(usage, byUse), priced(total, gaps.length)];
}

/** What all costs, and where nothing has a price, how much has none. */
export function totalText({ totals, unpriced }: Pick<CostEstimate, "totals" | "unpriced">): string {
    const total = priced(totals.total, unpriced);
    return totals.total === 0 && unpriced > 0 ? `${total}, ${plural(unpriced, "thing")} without one` : total;
}
