/** What tests ask of estimates. */
import { mayCost, PRICED_TYPES } from "../../policies/residency-and-cost/shared/cost/least";
import { type PreviewDocument } from "../../tools/preview/types";

/** Types of resources that are neither known to be free nor have a way to be priced, or to be said to be unpriced. */
export function typesOfUnknownCost({ stacks }: Pick<PreviewDocument, "stacks">): string[] {
    const types = Object.values(stacks).flatMap(({ steps }) =>
        steps.filter(({ newState }) => newState.custom).map(({ newState }) => newState.type),
    );
    return [...new Set(types)].filter((type) => mayCost(type) && !PRICED_TYPES.includes(type)).sort();
}
