import { resourceRule } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import {
    eachAllowing,
    isEveryAction,
    isEveryResource,
    isServiceWildcard,
    PERMISSION_TYPES,
} from "../shared/permissions";

interface Config {
    readonly allowedActions: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "iam-service-wildcards",
    severity: "high",
    description: "Policies allow actions by name, and not all actions of a service.",
    fix: "Name the actions; a prefix such as `ec2:Describe*` will do.",
    frameworks: {
        controls: ["84"],
        securityHub: ["IAM.21"],
        checkov: ["CKV_AWS_63"],
    },
    types: PERMISSION_TYPES,
    config: {
        allowedActions: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Wildcards that are accepted, such as `cloudshell:*`.",
        },
    },
    check: (resource, report, { allowedActions }) => {
        eachAllowing(resource, (statement, label) => {
            const { actions, notActions } = statement;
            if (notActions.length > 0) {
                report(
                    `allows all actions of most services: ${label} has NotAction ${JSON.stringify(notActions)}.`,
                );
            }
            for (const action of actions) {
                // Everything on everything is another rule's.
                const isEvery = isEveryAction(action) && !isEveryResource(statement);
                if ((isEvery || isServiceWildcard(action)) && !matchesAny(allowedActions, action)) {
                    report(`allows all actions of a service: ${label} has Action "${action}".`);
                }
            }
        });
    },
});
