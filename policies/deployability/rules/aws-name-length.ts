import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { isMade, limitOf, NAME_LIMITS, SUFFIX_LENGTH } from "../shared/names";

export const rule = resourceRule({
    id: "aws-name-length",
    severity: "high",
    description: "Names of resources are as long as AWS takes them, with what Pulumi adds to logical names.",
    fix: "Shorten the name; a logical name without a name of its own needs eight characters less.",
    frameworks: { controls: ["C9"] },
    types: Object.keys(NAME_LIMITS),
    check: ({ type, name, props }, report) => {
        const limit = limitOf(type, props);
        if (limit === undefined || isGiven(props, `${limit.property}Prefix`)) {
            return;
        }
        const { property, min = 1, max, isAutomatic = true } = limit;
        const given = text(props[property]) ?? "";
        if (given === "") {
            const made = name.length + SUFFIX_LENGTH;
            if (isAutomatic && made > max) {
                report(
                    `has no ${property}, and the one that is made from "${name}" has ${made} characters; allowed: ${max}.`,
                );
            }
            return;
        }
        if (given.length > max || given.length < min) {
            const origin = isMade(given, name) ? `, made from the logical name "${name}",` : "";
            report(
                `has ${property} "${given}"${origin} of ${given.length} characters; allowed: ${min} to ${max}.`,
            );
        }
    },
});
