import { stackRule, text } from "../../framework";
import { groupedRecords, routingOf } from "../shared/records";
import { first } from "../shared/values";
import { RECORD } from "../shared/types";

export const rule = stackRule({
    id: "route53-latency-regions",
    severity: "high",
    description:
        "Of the latency records of a name and type, each is for a region of its own, named by its code.",
    fix: "Set latencyRoutingPolicies region to the code of a region that no other record of the name has.",
    frameworks: { controls: ["C7"] },
    types: [RECORD],
    checkStack: (stack, report) => {
        for (const records of groupedRecords(stack)) {
            const owners = new Map<string, string>();
            stack.each(
                records.filter(({ props }) => routingOf(props) === "latency"),
                (record) => {
                    const region = text(first(record.props.latencyRoutingPolicies).region) ?? "";
                    const owner = owners.get(region);
                    if (!/^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(region)) {
                        report(`has the latency region "${region}".`, record);
                    } else if (owner !== undefined) {
                        report(`is the latency record of ${region}, and so is ${owner}.`, record);
                    }
                    owners.set(region, owner ?? record.name);
                },
            );
        }
    },
});
