import { stackRule } from "../../framework";
import { placeOf } from "../../framework/places";
import { membersOf } from "../shared/aurora";
import { RDS_GLOBAL } from "../shared/types";

export const rule = stackRule({
    id: "aurora-member-regions",
    severity: "high",
    description: "Each cluster of a global database is in a region of its own.",
    fix: "Put the cluster in another region, or add instances to the one that is there.",
    frameworks: { controls: ["F1.3.9"] },
    types: [RDS_GLOBAL],
    checkStack: (stack, report) => {
        for (const global of stack.ofType(RDS_GLOBAL)) {
            const owners = new Map<string, string>();
            stack.each(membersOf(stack, global), (cluster) => {
                const place = placeOf(cluster);
                if (place === undefined) {
                    return;
                }
                const owner = owners.get(place);
                if (owner !== undefined) {
                    report(`is in ${place}, and so is ${owner} of the same global database.`, cluster);
                }
                owners.set(place, owner ?? cluster.name);
            });
        }
    },
});
