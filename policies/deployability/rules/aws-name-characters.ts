import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { isMade, limitOf, NAME_LIMITS } from "../shared/names";

export const rule = resourceRule({
    id: "aws-name-characters",
    severity: "high",
    description: "Names of resources have the characters that AWS takes.",
    fix: "Keep to the characters that are allowed; where Pulumi's hyphen is not, give the name explicitly.",
    frameworks: { controls: ["C9"] },
    types: Object.keys(NAME_LIMITS),
    check: ({ type, name, props }, report) => {
        const limit = limitOf(type, props);
        if (limit === undefined || isGiven(props, `${limit.property}Prefix`)) {
            return;
        }
        const { property, pattern, characters, isAutomatic = true } = limit;
        const given = text(props[property]) ?? "";
        if (given !== "") {
            if (!pattern.test(given)) {
                const origin = isMade(given, name) ? `, made from the logical name "${name}"` : "";
                report(`has ${property} "${given}"${origin}; allowed: ${characters}.`);
            }
            return;
        }
        // Pulumi puts a hyphen before its digits. What it puts before the logical name, as for aliases, it knows.
        const made = `${name}-0000000`;
        if (
            isAutomatic &&
            !pattern.test(made) &&
            !pattern.test(`alias/${made}`) &&
            !pattern.test(made.toLowerCase())
        ) {
            report(
                `has no ${property}, and one that is made from "${name}" has other characters than ${characters}.`,
            );
        }
    },
});
