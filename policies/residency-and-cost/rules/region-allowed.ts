import { resourceRule } from "../../framework";
import { isGlobal, placeOf } from "../../framework/places";
import { type ResidencyConfig, residencyConfig, strangePlace, territoryOf } from "../shared/residency";

export const rule = resourceRule<ResidencyConfig>({
    id: "region-allowed",
    severity: "high",
    description:
        "Resources are in a region that is allowed for what they hold, and restricted data in one of its own jurisdiction.",
    fix: "Move the resource to an allowed region, or correct its tags.",
    frameworks: { controls: ["P01"] },
    config: residencyConfig,
    check: (resource, report, config) => {
        if (!resource.type.startsWith("aws:") || isGlobal(resource.type)) {
            return;
        }
        const region = placeOf(resource);
        if (region === undefined || !isSomewhere(region, config)) {
            report(`is in ${region ?? "a region that nothing tells"}, where nothing may be.`);
            return;
        }
        const territory = territoryOf(resource, config);
        if (typeof territory === "string") {
            report(territory);
            return;
        }
        const found = strangePlace(region, territory);
        if (found !== undefined) {
            report(`is in ${found}.`);
        }
    },
});

/** Whether anything at all may be in the region. */
function isSomewhere(region: string, config: ResidencyConfig): boolean {
    return (
        config.unclassifiedRegions.includes(region) ||
        [config.allowedRegions, config.jurisdictions].some((lists) =>
            Object.values(lists).some((regions) => regions.includes(region)),
        )
    );
}
