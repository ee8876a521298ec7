import { stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { GROUP } from "../shared/types";

const POLICY = "aws:autoscaling/policy:Policy";

export const rule = stackRule({
    id: "asg-desired-capacity",
    severity: "medium",
    level: "advisory",
    description: "The capacity that scaling has set is not set back by each update.",
    fix: 'Leave desiredCapacity out, or add "desiredCapacity" to ignoreChanges.',
    frameworks: { controls: ["F7.13"] },
    types: [GROUP],
    checkStack: (stack, report) => {
        for (const group of stack.ofType(GROUP)) {
            const scales = stack.referrersOf(group, POLICY, "autoscalingGroupName").length > 0;
            if (
                scales &&
                isInput(group, "desiredCapacity") &&
                !group.opts.ignoreChanges.includes("desiredCapacity")
            ) {
                report("has desiredCapacity and scaling policies, and does not ignore its changes.", group);
            }
        }
    },
});
