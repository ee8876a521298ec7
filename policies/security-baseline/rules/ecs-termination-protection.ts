import { object, resourceRule, text } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "ecs-termination-protection",
    severity: "medium",
    description: "Capacity providers end no instance that has tasks when their group becomes smaller.",
    fix: 'Set autoScalingGroupProvider.managedTerminationProtection to "ENABLED", and protectFromScaleIn of the group to true.',
    frameworks: { controls: ["F32.4"], securityHub: ["ECS.19"] },
    types: ["aws:ecs/capacityProvider:CapacityProvider"],
    check: ({ props }, report) => {
        const group = object(props.autoScalingGroupProvider);
        // Instances that ECS itself manages have no such switch.
        if (props.autoScalingGroupProvider === undefined) {
            return;
        }
        // AWS's default is DISABLED.
        const protection = text(group.managedTerminationProtection) ?? "DISABLED";
        if (protection !== "ENABLED") {
            report(
                `ends instances that have tasks: managedTerminationProtection is ${shown(group.managedTerminationProtection)}.`,
            );
        }
    },
});
