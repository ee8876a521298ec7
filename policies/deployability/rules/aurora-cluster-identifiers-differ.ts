import { stackRule, text } from "../../framework";
import { inputOf } from "../../framework/items";
import { membersOf } from "../shared/aurora";
import { RDS_GLOBAL } from "../shared/types";

export const rule = stackRule({
    id: "aurora-cluster-identifiers-differ",
    severity: "high",
    description:
        "Members of a global database have different cluster identifiers, although they are in different regions.",
    fix: "Make the region part of clusterIdentifier.",
    frameworks: { controls: ["C3"] },
    types: [RDS_GLOBAL],
    checkStack: (stack, report) => {
        for (const global of stack.ofType(RDS_GLOBAL)) {
            const owners = new Map<string, string>();
            stack.each(membersOf(stack, global), (cluster) => {
                const identifier = text(inputOf(cluster, "clusterIdentifier"))?.toLowerCase();
                // One that AWS makes up is unique.
                if (identifier === undefined) {
                    return;
                }
                const owner = owners.get(identifier);
                if (owner !== undefined) {
                    report(
                        `has the clusterIdentifier "${identifier}", and so has ${owner}, which belongs to the same global database.`,
                        cluster,
                    );
                }
                owners.set(identifier, owner ?? cluster.name);
            });
        }
    },
});
