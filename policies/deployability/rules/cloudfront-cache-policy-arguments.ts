import { ifKnown, number, type Props, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { eachBehavior } from "../shared/distribution";
import { DISTRIBUTION } from "../shared/types";

const LEGACY = ["forwardedValues", "minTtl", "defaultTtl", "maxTtl"];

export const rule = resourceRule({
    id: "cloudfront-cache-policy-arguments",
    severity: "high",
    description: "A cache behaviour has a cache policy, or values to forward, and not both.",
    fix: "Keep cachePolicyId, put TTLs in the policy, and leave forwardedValues, minTtl, defaultTtl and maxTtl out.",
    frameworks: { controls: ["F5.5"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        eachBehavior(props, (behavior, at) => {
            if (isGiven(behavior, "cachePolicyId")) {
                for (const property of LEGACY) {
                    if (isGiven(behavior, property) && !isDefault(behavior, property)) {
                        report(`has ${at} with cachePolicyId and ${property}.`);
                    }
                }
                return;
            }
            if (!isGiven(behavior, "forwardedValues")) {
                report(`has ${at} with neither cachePolicyId nor forwardedValues.`);
            }
            if (isGiven(behavior, "originRequestPolicyId")) {
                report(`has ${at} with originRequestPolicyId and no cachePolicyId.`);
            }
        });
    },
});

/** Whether the value is the one that the provider gives `minTtl` by itself. */
function isDefault(behavior: Props, property: string): boolean {
    return property === "minTtl" && number(ifKnown(() => behavior[property])) === 0;
}
