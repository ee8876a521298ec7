import { resourceRule } from "../../framework";
import { ENDED_TYPES } from "../shared/deprecated";

export const rule = resourceRule({
    id: "aws-ended-services",
    severity: "high",
    description: "Resources are of services that AWS still runs.",
    fix: "Use what takes the service's place.",
    frameworks: { controls: ["C14"] },
    types: Object.keys(ENDED_TYPES),
    check: ({ type }, report) => {
        const instead = ENDED_TYPES[type];
        if (instead !== undefined) {
            report(`is of the type ${type}, whose service AWS has ended; instead: ${instead}.`);
        }
    },
});
