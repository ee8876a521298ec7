import { resourceRule } from "../../framework";
import { CURRENT, DOCUMENT_TYPES, olderPolicy } from "../shared/policyVersion";

export const rule = resourceRule({
    id: "iam-policy-variables",
    severity: "high",
    description:
        "Policies with variables are in the version of the language that knows them: in an older one they are plain text, and a Deny with one denies nothing.",
    fix: `Set Version to "${CURRENT}".`,
    frameworks: { controls: ["84"] },
    types: DOCUMENT_TYPES,
    check: (resource, report) => {
        const older = olderPolicy(resource);
        if (older?.variable !== undefined) {
            report(
                `has ${older.property} with ${older.variable} and ${older.version === undefined ? "no Version" : `Version "${older.version}"`}, in which it is plain text.`,
            );
        }
    },
});
