import { resourceRule } from "../../framework";
import { DEPRECATED_TYPES } from "../shared/deprecated";

export const rule = resourceRule({
    id: "aws-deprecated-types",
    severity: "medium",
    // The provider still takes them.
    level: "advisory",
    description: "Resources are of types that the provider will keep.",
    fix: "Use the type that takes its place, with an alias to the old one.",
    frameworks: { controls: ["C14"] },
    types: Object.keys(DEPRECATED_TYPES),
    check: ({ type }, report) => {
        const instead = DEPRECATED_TYPES[type];
        if (instead !== undefined) {
            report(`is of the type ${type}, which is deprecated in favour of ${instead}.`);
        }
    },
});
