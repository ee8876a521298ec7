import { stackRule, text } from "../../framework";
import { groupedRecords, routingOf } from "../shared/records";
import { first } from "../shared/values";
import { RECORD } from "../shared/types";

const ROLES = ["PRIMARY", "SECONDARY"];

export const rule = stackRule({
    id: "route53-failover-roles",
    severity: "high",
    description: "Of the failover records of a name and type, one is primary and one is secondary.",
    fix: 'Set failoverRoutingPolicies type "PRIMARY" on one record and "SECONDARY" on one other.',
    frameworks: { controls: ["C7"] },
    types: [RECORD],
    checkStack: (stack, report) => {
        for (const records of groupedRecords(stack)) {
            const owners = new Map<string, string>();
            stack.each(
                records.filter(({ props }) => routingOf(props) === "failover"),
                (record) => {
                    const role = text(first(record.props.failoverRoutingPolicies).type) ?? "";
                    const owner = owners.get(role);
                    if (!ROLES.includes(role)) {
                        report(`has the failover type "${role}"; allowed: ${ROLES.join(", ")}.`, record);
                    } else if (owner !== undefined) {
                        report(`is the ${role} record of its name, and so is ${owner}.`, record);
                    }
                    owners.set(role, owner ?? record.name);
                },
            );
        }
    },
});
