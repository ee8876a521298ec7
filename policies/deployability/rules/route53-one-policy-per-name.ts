import { stackRule } from "../../framework";
import { groupedRecords, routingOf } from "../shared/records";
import { RECORD } from "../shared/types";

export const rule = stackRule({
    id: "route53-one-policy-per-name",
    severity: "high",
    description: "All records of one name and type have the same routing policy, and simple ones are alone.",
    fix: "Give each policy a name of its own, and let records of one name be aliases of the other's.",
    frameworks: { controls: ["C7"] },
    types: [RECORD],
    checkStack: (stack, report) => {
        for (const [first, ...others] of groupedRecords(stack)) {
            if (first === undefined) {
                continue;
            }
            const policy = routingOf(first.props);
            for (const record of others) {
                const own = routingOf(record.props);
                if (own !== policy) {
                    report(
                        `is a ${own} record of the name and type of ${first.name}, which is a ${policy} one.`,
                        record,
                    );
                } else if (own === "simple") {
                    report(`is a second simple record of the name and type of ${first.name}.`, record);
                }
            }
        }
    },
});
