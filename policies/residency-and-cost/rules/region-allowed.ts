import { resourceRule } from "../../framework";
import { isGlobal, isResourceType, placeOf } from "../../framework/places";
import {
    openRegions,
    type ResidencyConfig,
    residencyConfig,
    strangePlace,
    territoryOf,
} from "../shared/residency";

export const rule = resourceRule<ResidencyConfig>({
    id: "region-allowed",
    severity: "high",
    description:
        "Resources are in a region that is allowed for what they hold, and restricted data in one of its own jurisdiction.",
    fix: "Set region, on the resource or its provider, to one that is allowed, or correct the resource's tags.",
    frameworks: { controls: ["P01"] },
    config: residencyConfig,
    check: (resource, report, config) => {
        if (!isResourceType(resource.type) || isGlobal(resource.type)) {
            return;
        }
        const region = placeOf(resource);
        if (region === undefined) {
            report("has no region that the program tells: neither one of its own nor one of its provider.");
            return;
        }
        if (!isSomewhere(region, config)) {
            report(`is in ${region}, where nothing may be.`);
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
        openRegions(config.unclassifiedRegions, config).includes(region) ||
        [config.allowedRegions, config.jurisdictions].some((lists) =>
            Object.values(lists).some((regions) => regions.includes(region)),
        )
    );
}
