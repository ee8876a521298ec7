import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { GROUP } from "../shared/types";

const SOURCES = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"];
const PLACES = ["vpcZoneIdentifiers", "availabilityZones"];

export const rule = resourceRule({
    id: "asg-launch-source",
    severity: "high",
    description: "An Auto Scaling group launches from one source, in subnets or in zones.",
    fix: "Keep launchTemplate or mixedInstancesPolicy, and vpcZoneIdentifiers.",
    frameworks: { controls: ["C19", "F7.1"] },
    types: [GROUP],
    check: ({ props }, report) => {
        const given = (properties: readonly string[]): readonly string[] =>
            properties.filter((property) => isGiven(props, property));
        const sources = given(SOURCES);
        if (sources.length !== 1) {
            report(
                `has ${sources.length === 0 ? "none" : "all"} of ${(sources.length === 0 ? SOURCES : sources).join(", ")}; allowed: one.`,
            );
        }
        // AWS closed launch configurations to new accounts.
        if (sources.includes("launchConfiguration")) {
            report("has a launchConfiguration, which new accounts cannot make.");
        }
        if (given(PLACES).length !== 1) {
            report(
                `has ${given(PLACES).length === 0 ? "neither" : "both"} of ${PLACES.join(" and ")}; allowed: one.`,
            );
        }
        if (given(["name", "namePrefix"]).length > 1) {
            report("has both name and namePrefix.");
        }
    },
});
