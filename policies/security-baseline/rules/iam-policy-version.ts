import { resourceRule } from "../../framework";
import { CURRENT, DOCUMENT_TYPES, olderPolicy } from "../shared/policyVersion";

export const rule = resourceRule({
    id: "iam-policy-version",
    severity: "low",
    level: "advisory",
    description: "Policies are written in the current version of the policy language.",
    fix: `Set Version to "${CURRENT}".`,
    frameworks: { controls: ["84"] },
    types: DOCUMENT_TYPES,
    check: (resource, report) => {
        const older = olderPolicy(resource);
        // One with a variable is iam-policy-variables' matter.
        if (older !== undefined && older.variable === undefined) {
            report(
                `has ${older.property} with ${older.version === undefined ? "no Version" : `Version "${older.version}"`}.`,
            );
        }
    },
});
