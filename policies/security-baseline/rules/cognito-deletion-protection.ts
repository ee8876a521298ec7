import { resourceRule, text } from "../../framework";
import { USER_POOLS } from "../../framework/userPools";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "cognito-deletion-protection",
    severity: "medium",
    description: "User pools cannot be deleted by mistake.",
    fix: 'Set deletionProtection to "ACTIVE".',
    frameworks: { controls: ["118"], securityHub: ["Cognito.6"] },
    types: USER_POOLS,
    check: ({ props }, report) => {
        // AWS's default is INACTIVE.
        if (text(props.deletionProtection) !== "ACTIVE") {
            report(`can be deleted by mistake: deletionProtection is ${shown(props.deletionProtection)}.`);
        }
    },
});
