import { list, resourceRule } from "../../framework";
import { DISTRIBUTION, eachBehavior } from "../shared/distributions";

export const rule = resourceRule({
    id: "cloudfront-trusted-signers",
    severity: "high",
    description:
        "Signed URLs are checked with keys of key groups, and never with those of an account's root user.",
    fix: "Replace trustedSigners by trustedKeyGroups.",
    frameworks: { controls: [] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        eachBehavior(props, (behavior, path) => {
            if (list(behavior.trustedSigners).length > 0) {
                report(`trusts keys of root users: ${path}.trustedSigners is given.`);
            }
        });
    },
});
