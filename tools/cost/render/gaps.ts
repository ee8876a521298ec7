import { type CostEstimate } from "../../../policies/residency-and-cost/shared/cost/types";
import { resourcesOf } from "../resources";

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
