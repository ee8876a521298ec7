import { number, object, resourceRule, text } from "../../framework";
import { eachKnown, isGiven } from "../../framework/items";
import { overridesOf } from "../shared/groups";
import { GROUP } from "../shared/types";
import { choices, judge } from "../shared/values";

const STRATEGIES = [
    "lowest-price",
    "capacity-optimized",
    "capacity-optimized-prioritized",
    "price-capacity-optimized",
];
const ON_DEMAND = ["prioritized", "lowest-price"];

export const rule = resourceRule({
    id: "asg-spot-arguments",
    severity: "high",
    description: "The distribution of Spot and on-demand instances is one that EC2 Auto Scaling takes.",
    fix: 'Use spotAllocationStrategy "price-capacity-optimized" without spotInstancePools.',
    frameworks: { controls: ["C19", "F7.2"] },
    types: [GROUP],
    check: ({ props }, report) => {
        if (!isGiven(props, "mixedInstancesPolicy")) {
            return;
        }
        const distribution = object(object(props.mixedInstancesPolicy).instancesDistribution);
        // The provider's default.
        const strategy = (): string => text(distribution.spotAllocationStrategy) ?? "lowest-price";
        judge(
            () => {
                if (!STRATEGIES.includes(strategy())) {
                    report(`has spotAllocationStrategy "${strategy()}"; allowed: ${choices(STRATEGIES)}.`);
                }
            },
            () => {
                const own = text(distribution.onDemandAllocationStrategy) ?? "prioritized";
                if (!ON_DEMAND.includes(own)) {
                    report(`has onDemandAllocationStrategy "${own}"; allowed: ${choices(ON_DEMAND)}.`);
                }
            },
            () => {
                const pools = number(distribution.spotInstancePools) ?? 0;
                if (pools !== 0 && strategy() !== "lowest-price") {
                    report(`has spotInstancePools ${pools} with spotAllocationStrategy "${strategy()}".`);
                }
            },
            () => {
                const share = number(distribution.onDemandPercentageAboveBaseCapacity) ?? 100;
                if (share < 0 || share > 100) {
                    report(`has onDemandPercentageAboveBaseCapacity ${share}; allowed: 0 to 100.`);
                }
            },
            () => {
                eachKnown(overridesOf(props), (override) => {
                    const needs = isGiven(object(override), "instanceRequirements");
                    if (needs && strategy() === "capacity-optimized-prioritized") {
                        report("has instanceRequirements, which cannot be prioritized.");
                    }
                });
            },
        );
    },
});
