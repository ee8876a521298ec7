import { flag, stackRule } from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { membersOf } from "../shared/aurora";
import { RDS_GLOBAL } from "../shared/types";

export const rule = stackRule({
    id: "aurora-global-encryption",
    severity: "high",
    description: "A global database and its members are all encrypted, or none is.",
    fix: "Give storageEncrypted the same value on the global database and on all its clusters.",
    frameworks: { controls: ["F1.1.6"] },
    types: [RDS_GLOBAL],
    checkStack: (stack, report) => {
        for (const global of stack.ofType(RDS_GLOBAL)) {
            if (isInput(global, "sourceDbClusterIdentifier")) {
                continue;
            }
            stack.each(membersOf(stack, global), (cluster) => {
                // Left out, both are false.
                const expected = flag(inputOf(global, "storageEncrypted")) ?? false;
                const given = flag(inputOf(cluster, "storageEncrypted")) ?? false;
                if (given !== expected) {
                    report(
                        `has storageEncrypted ${given}, and its global database ${global.name} has ${expected}.`,
                        cluster,
                    );
                }
            });
        }
    },
});
