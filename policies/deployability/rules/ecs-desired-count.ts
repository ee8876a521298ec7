import { stackRule } from "../../framework";
import { isInput } from "../../framework/items";

const SERVICE = "aws:ecs/service:Service";
const TARGET = "aws:appautoscaling/target:Target";

export const rule = stackRule({
    id: "ecs-desired-count",
    severity: "medium",
    description: "The number of tasks that scaling has set is not set back by each update.",
    fix: 'Add "desiredCount" to ignoreChanges of the service.',
    frameworks: { controls: ["F14.6"] },
    types: [SERVICE],
    checkStack: (stack, report) => {
        for (const service of stack.ofType(SERVICE)) {
            const scales = stack.referrersOf(service, TARGET, "resourceId").length > 0;
            if (
                scales &&
                isInput(service, "desiredCount") &&
                !service.opts.ignoreChanges.includes("desiredCount")
            ) {
                report("has desiredCount and a scaling target, and does not ignore its changes.", service);
            }
        }
    },
});
