import { list, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { DISTRIBUTION } from "../shared/types";

const TYPES = ["none", "whitelist", "blacklist"];

export const rule = resourceRule({
    id: "cloudfront-restrictions",
    severity: "high",
    description: "A distribution says whom it serves, with countries exactly where it restricts them.",
    fix: 'Set restrictions.geoRestriction.restrictionType to "none", or to another type with locations.',
    frameworks: { controls: ["C8"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        if (!isGiven(props, "restrictions")) {
            report("has no restrictions, which the provider requires.");
            return;
        }
        const restriction = object(object(props.restrictions).geoRestriction);
        const type = text(restriction.restrictionType) ?? "";
        const countries = list(restriction.locations).length;
        if (!TYPES.includes(type)) {
            report(`has restrictionType "${type}"; allowed: ${TYPES.join(", ")}.`);
        } else if ((type === "none") !== (countries === 0)) {
            report(`has restrictionType "${type}" with ${counted(countries, "location")}.`);
        }
    },
});
