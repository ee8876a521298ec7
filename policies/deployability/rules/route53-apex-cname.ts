import { stackRule, text } from "../../framework";
import { nameOf } from "../../framework/records";
import { provesDomain, recordNameOf } from "../shared/records";
import { RECORD, ZONE } from "../shared/types";

export const rule = stackRule({
    id: "route53-apex-cname",
    severity: "high",
    description: "The name of a zone itself has no CNAME record.",
    fix: "Use an alias record of type A and AAAA instead.",
    frameworks: { controls: ["F3.11"] },
    types: [RECORD],
    checkStack: (stack, report) => {
        // Records of zones elsewhere do not tell the zone's name, and those that prove a domain are never its own.
        const records = stack
            .ofType(RECORD)
            .filter(
                (record) => stack.referencesOf(record, "zoneId", ZONE).length > 0 && !provesDomain(record),
            );
        stack.each(records, (record) => {
            if (text(record.props.type) !== "CNAME") {
                return;
            }
            const [zone] = stack.referencesOf(record, "zoneId", ZONE);
            if (zone !== undefined && recordNameOf(stack, record) === nameOf(zone)) {
                report(`is a CNAME record of the name of its zone, "${nameOf(zone)}".`, record);
            }
        });
    },
});
