import { ifKnown, list, type Member, object, stackRule, type StackView, text } from "../../framework";
import { computedOr, shown } from "../shared/judging";

const GROUP = "aws:autoscaling/group:Group";

export const rule = stackRule({
    id: "autoscaling-elb-health-check",
    severity: "low",
    description: "Auto Scaling groups behind a load balancer replace the instances that it finds unhealthy.",
    fix: 'Set healthCheckType to "ELB".',
    frameworks: { controls: ["28"], securityHub: ["AutoScaling.1"], checkov: ["CKV2_AWS_15"] },
    types: [GROUP],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(GROUP), (group) => {
            if (!isBehindBalancer(stack, group)) {
                return;
            }
            // AWS's default is EC2.
            const checks = text(computedOr(group, "healthCheckType", "EC2")) ?? "";
            if (!checks.split(",").includes("ELB")) {
                report(
                    `keeps instances that its load balancer finds unhealthy: healthCheckType is ${shown(checks)}.`,
                    group,
                );
            }
        });
    },
});

function isBehindBalancer(stack: StackView, group: Member): boolean {
    const lists = ["targetGroupArns", "loadBalancers", "trafficSources"];
    return (
        lists.some(
            (property) =>
                (group.propertyDependencies[property] ?? []).length > 0 ||
                list(ifKnown(() => group.props[property])).some(
                    (_, index, sources) =>
                        // VPC Lattice has health checks of its own.
                        ifKnown(() => text(object(sources[index]).type)) !== "vpc-lattice",
                ),
        ) ||
        [
            "aws:autoscaling/attachment:Attachment",
            "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
        ].some((type) => stack.referrersOf(group, type, "autoscalingGroupName").length > 0)
    );
}
