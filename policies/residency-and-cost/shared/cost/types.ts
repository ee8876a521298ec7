/** What an estimate says, as plain data: safe to write as JSON. All amounts are USD a month of 730 hours, unrounded. */

/** `fixed` is paid because it exists; `usage` is paid by use, which a usage profile tells. */
export type Basis = "fixed" | "usage";

export interface Money {
    readonly fixed: number;
    readonly usage: number;
    /** The two together. */
    readonly total: number;
}

/** One line of a resource's bill. */
export interface CostLine {
    /** Such as `NAT gateway` or `t4g.small on demand`. */
    readonly name: string;
    readonly basis: Basis;
    /** Of a month, in `unit`: two instances by the hour are 1460. */
    readonly quantity: number;
    /** As the price table has it, such as `hour` or `1M requests`. */
    readonly unit: string;
    /** USD for one unit; over several tiers, what one costs on average. */
    readonly unitPrice: number;
    /** `quantity` times `unitPrice`. */
    readonly monthly: number;
    /** The region that the price is of, or `global`. */
    readonly region: string;
    /** AWS's code of the service, and what of it: together with the region the key of the rows in the price table. */
    readonly service: string;
    readonly item: string;
    /** Where the price is from, and that source's own date; `undated` where it has none. */
    readonly source: string;
    readonly date: string;
    /** Whether the price is older than the bound, or has no date. */
    readonly stale: boolean;
}

/** What costs something and is in no total. */
export interface Unpriced {
    readonly name: string;
    readonly basis: Basis;
    /** Why there is no number, as a sentence. */
    readonly reason: string;
}

export interface ResourceCost {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly lines: readonly CostLine[];
    readonly unpriced: readonly Unpriced[];
    readonly totals: Money;
}

export interface TierCost {
    /** One of `TIERS`. */
    readonly tier: string;
    /** Those that cost something, dearest first; what is free is left out. */
    readonly resources: readonly ResourceCost[];
    readonly totals: Money;
}

export interface ComponentCost {
    /** URN of the outermost component, or of the resource itself where it is in none. */
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly tiers: readonly TierCost[];
    readonly totals: Money;
}

export interface StackCost {
    /** Dearest first. */
    readonly components: readonly ComponentCost[];
    readonly totals: Money;
    /** How many things there are without a price. */
    readonly unpriced: number;
}

/** What stacks cost. */
export interface CostEstimate {
    readonly currency: "USD";
    /** Name of the usage profile; `none` where the fixed part alone is estimated. */
    readonly usage: string;
    readonly stacks: Readonly<Record<string, StackCost>>;
    readonly totals: Money;
    readonly unpriced: number;
    /** How many lines have a stale price. */
    readonly stale: number;
    /** Prices of before this day are stale. */
    readonly staleBefore: string;
}
