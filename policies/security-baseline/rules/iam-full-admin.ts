import { resourceRule } from "../../framework";
import { eachAllowing, isEveryAction, isEveryResource, PERMISSION_TYPES } from "../shared/permissions";

export const rule = resourceRule({
    id: "iam-full-admin",
    severity: "critical",
    description: "No policy of the program's own allows every action on every resource.",
    fix: "Name the actions and the resources that the work takes.",
    frameworks: {
        controls: ["83"],
        securityHub: ["IAM.1"],
        cisV3: ["1.16"],
        cisV5: ["1.15"],
        checkov: ["CKV_AWS_62", "CKV_AWS_63"],
    },
    types: PERMISSION_TYPES,
    check: (resource, report) => {
        eachAllowing(resource, (statement, label) => {
            // Conditions do not excuse it: whoever meets them can do everything, lift them among it.
            if (statement.actions.some(isEveryAction) && isEveryResource(statement)) {
                report(`allows everything: ${label} has Action "*" on Resource "*".`);
            }
        });
    },
});
