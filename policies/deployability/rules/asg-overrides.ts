import { object, resourceRule } from "../../framework";
import { eachKnown, isGiven } from "../../framework/items";
import { overridesOf } from "../shared/groups";
import { GROUP } from "../shared/types";

const MOST_TYPES = 40;
const MOST_REQUIREMENTS = 4;
const PRICES = ["maxSpotPriceAsPercentageOfOptimalOnDemandPrice", "spotMaxPricePercentageOverLowestPrice"];

export const rule = resourceRule({
    id: "asg-overrides",
    severity: "high",
    description: "Overrides name a type or requirements, and not more of them than EC2 Auto Scaling takes.",
    fix: "Give each override an instanceType or instanceRequirements, in 40 overrides at most.",
    frameworks: { controls: ["C19", "F7.4"] },
    types: [GROUP],
    check: ({ props }, report) => {
        if (!isGiven(props, "mixedInstancesPolicy")) {
            return;
        }
        const overrides = overridesOf(props);
        let requirements = 0;
        eachKnown(overrides, (item, index) => {
            const override = object(item);
            if (!isGiven(override, "instanceRequirements")) {
                if (!isGiven(override, "instanceType")) {
                    report(`has overrides[${index}] with neither instanceType nor instanceRequirements.`);
                }
                return;
            }
            requirements += 1;
            if (isGiven(override, "instanceType")) {
                report(`has overrides[${index}] with both instanceType and instanceRequirements.`);
            }
            const given = PRICES.filter((price) => isGiven(object(override.instanceRequirements), price));
            if (given.length > 1) {
                report(`has overrides[${index}] with both ${given.join(" and ")}.`);
            }
        });
        if (overrides.length > MOST_TYPES || requirements > MOST_REQUIREMENTS) {
            report(
                `has ${overrides.length} overrides, ${requirements} of them with requirements; allowed: ${MOST_TYPES}, and ${MOST_REQUIREMENTS} with requirements.`,
            );
        }
    },
});
