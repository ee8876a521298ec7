import { stackRule } from "../../framework";
import { listenersOf } from "../shared/balancers";
import { GROUP, TARGET_GROUPS } from "../shared/types";
import { waitsFor } from "../shared/waiting";

const USERS = [
    [GROUP, "targetGroupArns"],
    ["aws:autoscaling/attachment:Attachment", "lbTargetGroupArn"],
    ["aws:ecs/service:Service", "loadBalancers"],
] as const;

export const rule = stackRule({
    id: "elb-target-needs-listener",
    severity: "medium",
    // Nothing in the API's model says so; ECS rejects the service, and health checks of other targets stay unused.
    level: "advisory",
    description: "What registers targets waits until a listener sends requests to their target group.",
    fix: "Add the listener to dependsOn.",
    frameworks: { controls: ["C19", "F6.15"] },
    types: USERS.map(([type]) => type),
    checkStack: (stack, report) => {
        for (const [type, property] of USERS) {
            for (const user of stack.ofType(type)) {
                for (const group of stack.referencesOf(user, property, ...TARGET_GROUPS)) {
                    const listeners = listenersOf(stack, group);
                    if (listeners.length > 0 && !waitsFor(user, listeners)) {
                        report(
                            `registers targets in ${group.name} without waiting for ${listeners.map(({ name }) => name).join(" or ")}.`,
                            user,
                        );
                    }
                }
            }
        }
    },
});
