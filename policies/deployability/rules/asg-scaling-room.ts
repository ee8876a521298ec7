import { number, stackRule, text } from "../../framework";
import { GROUP } from "../shared/types";

const POLICY = "aws:autoscaling/policy:Policy";

export const rule = stackRule({
    id: "asg-scaling-room",
    severity: "high",
    description: "An Auto Scaling group that tracks a target has room between its minimum and its maximum.",
    fix: "Raise maxSize above minSize, or drop the scaling policy.",
    frameworks: { controls: ["C19", "F7.14"] },
    types: [POLICY],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(POLICY), (policy) => {
            const [group] = stack.referencesOf(policy, "autoscalingGroupName", GROUP);
            if (group === undefined || text(policy.props.policyType) !== "TargetTrackingScaling") {
                return;
            }
            const min = number(group.props.minSize) ?? 0;
            const max = number(group.props.maxSize) ?? 0;
            if (min === max) {
                report(`scales ${group.name}, whose minSize and maxSize are both ${max}.`, policy);
            }
        });
    },
});
