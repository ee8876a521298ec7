import { stackRule } from "../../framework";
import { globalOf, instancesOf, primaryOf, secondariesOf } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";
import { waitsFor } from "../shared/waiting";

export const rule = stackRule({
    id: "aurora-secondary-after-writer",
    severity: "high",
    description:
        "A secondary cluster is made after an instance of the primary, because it replicates from a writer.",
    fix: "Add the primary's first instance to the secondary cluster's dependsOn.",
    frameworks: { controls: ["F1.3.6"] },
    types: [RDS_CLUSTER],
    checkStack: (stack, report) => {
        for (const cluster of secondariesOf(stack)) {
            const global = globalOf(stack, cluster);
            const primary = global === undefined ? undefined : primaryOf(stack, global);
            const writers = primary === undefined ? [] : instancesOf(stack, primary);
            if (primary !== undefined && !waitsFor(cluster, writers)) {
                report(`does not wait for an instance of the primary ${primary.name}.`, cluster);
            }
        }
    },
});
