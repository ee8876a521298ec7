import { stackRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { groupedRecords, routingOf } from "../shared/records";
import { RECORD } from "../shared/types";

export const rule = stackRule({
    id: "route53-set-identifier",
    severity: "high",
    description:
        "Records with a routing policy have a set identifier of their own, and simple records have none.",
    fix: "Give setIdentifier a value that no other record of the name and type has, or take it from a simple record.",
    frameworks: { controls: ["C7"] },
    types: [RECORD],
    checkStack: (stack, report) => {
        for (const records of groupedRecords(stack)) {
            const owners = new Map<string, string>();
            stack.each(records, (record) => {
                const policy = routingOf(record.props);
                if (!isGiven(record.props, "setIdentifier")) {
                    if (policy !== "simple") {
                        report(`is a ${policy} record without setIdentifier.`, record);
                    }
                    return;
                }
                if (policy === "simple") {
                    report("has a setIdentifier and no routing policy.", record);
                }
                const identifier = text(record.props.setIdentifier) ?? "";
                const owner = owners.get(identifier);
                if (owner !== undefined) {
                    report(`has the setIdentifier "${identifier}", and so has ${owner}.`, record);
                }
                owners.set(identifier, owner ?? record.name);
            });
        }
    },
});
