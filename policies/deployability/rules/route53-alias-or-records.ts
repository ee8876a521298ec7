import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { hasAliases, routingOf } from "../shared/records";
import { RECORD } from "../shared/types";

export const rule = resourceRule({
    id: "route53-alias-or-records",
    severity: "high",
    description: "A record is an alias, or has values with a TTL.",
    fix: "Give either aliases, or records and ttl; multivalue answers have no aliases.",
    frameworks: { controls: ["F3.5", "F3.10"] },
    types: [RECORD],
    check: ({ props }, report) => {
        const hasRecords = isGiven(props, "records");
        if (hasAliases(props)) {
            if (hasRecords) {
                report("has both aliases and records.");
            }
            if (isGiven(props, "ttl")) {
                report("is an alias and has a ttl; it takes its target's.");
            }
            if (routingOf(props) === "multivalue answer") {
                report("is a multivalue answer record and an alias.");
            }
        } else if (!hasRecords) {
            report("has neither aliases nor records.");
        } else if (!isGiven(props, "ttl")) {
            report("has records without a ttl.");
        }
    },
});
