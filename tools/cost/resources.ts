import { type ResourceCost, type StackCost } from "../../policies/residency-and-cost/shared/cost/types";

/** The resources of a stack that cost something, component by component. */
export function resourcesOf({ components }: StackCost): readonly ResourceCost[] {
    return components.flatMap(({ tiers }) => tiers.flatMap(({ resources }) => resources));
}
