import { stackRule } from "../../framework";
import { LISTENER_RULES } from "../shared/types";

const SERVICE = "aws:ecs/service:Service";

export const rule = stackRule({
    id: "ecs-shifted-rule",
    severity: "high",
    description: "The weights of rules by which ECS shifts traffic are not set back by each update.",
    fix: 'Add "actions" to ignoreChanges of the listener rule.',
    frameworks: { controls: ["F31.5"] },
    types: [SERVICE],
    checkStack: (stack, report) => {
        for (const service of stack.ofType(SERVICE)) {
            for (const rule of stack.referencesOf(service, "loadBalancers", ...LISTENER_RULES)) {
                if (!rule.opts.ignoreChanges.includes("actions")) {
                    report(
                        `has actions that ${service.name} shifts the weights of, and does not ignore their changes.`,
                        rule,
                    );
                }
            }
        }
    },
});
