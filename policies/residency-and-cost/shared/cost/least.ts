/** What a resource costs at its least, for a rule that sees one stack and knows nothing of its use. */
import { isResourceType } from "../../../framework/places";
import { type Member, type StackView } from "../../../framework/stackView";
import { billOf, noPrice } from "./estimate";
import { whyFree } from "./free";
import { METERS } from "./meters";
import { costBetween, PRICES } from "./priceTable";

/** The types that cost something. */
export const PRICED_TYPES: readonly string[] = Object.keys(METERS);

/** Whether resources of a type cost something by themselves, or may: of one that nobody knows. */
export function mayCost(type: string): boolean {
    return isResourceType(type) && whyFree(type) === undefined;
}

/** What a resource costs by the month because it exists. */
export interface LeastCost {
    readonly usd: number;
    /** Regions that the table has no price of, where the least of the others was taken. */
    readonly elsewhere: readonly string[];
    /** What is in no region's prices, and so not counted: why. */
    readonly unpriced: readonly string[];
}

/**
 * The fixed part of a resource, by list prices.
 *
 * @throws The policy SDK's error about a value that is unknown at preview, where a number hangs on it.
 */
export function leastCost(member: Member, stack: StackView): LeastCost {
    const { charges, unpriced } = billOf(member, stack);
    const elsewhere: string[] = [];
    const gaps = unpriced.map(({ name, reason }) => `${name}: ${reason}`);
    let usd = 0;
    for (const charge of charges) {
        const { service, item, region } = charge;
        const own = PRICES.find(service, item, region);
        const prices =
            own === undefined
                ? PRICES.regionsWith(service, item).flatMap((each) => PRICES.find(service, item, each) ?? [])
                : [own];
        const amounts = prices.map(({ tiers, unitSize }) =>
            costBetween(0, charge.quantity / unitSize, tiers),
        );
        if (amounts.length === 0) {
            gaps.push(`${charge.name}: ${noPrice(PRICES, charge)}`);
            continue;
        }
        if (own === undefined) {
            elsewhere.push(region);
        }
        usd += Math.min(...amounts);
    }
    return { usd, elsewhere: [...new Set(elsewhere)], unpriced: gaps };
}
