import { object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";

const CONFIGURATIONS: Readonly<Record<string, string>> = {
    PredictiveScaling: "predictiveScalingConfiguration",
    TargetTrackingScaling: "targetTrackingConfiguration",
};

export const rule = resourceRule({
    id: "asg-scaling-policy",
    severity: "high",
    description: "A scaling policy has the configuration of its type, and the metric what it is measured on.",
    fix: 'Set policyType "TargetTrackingScaling" with targetTrackingConfiguration, and resourceLabel for requests of a target group.',
    frameworks: { controls: ["C19", "F7.14"] },
    types: ["aws:autoscaling/policy:Policy"],
    check: ({ props }, report) => {
        // The provider's default is the oldest kind.
        const type = text(props.policyType) ?? "SimpleScaling";
        for (const [kind, property] of Object.entries(CONFIGURATIONS)) {
            if ((kind === type) !== isGiven(props, property)) {
                report(`has policyType "${type}" ${kind === type ? "without" : "and"} ${property}.`);
            }
        }
        const metric = object(object(props.targetTrackingConfiguration).predefinedMetricSpecification);
        const name = text(metric.predefinedMetricType);
        if (name === "ALBRequestCountPerTarget" && !isGiven(metric, "resourceLabel")) {
            report(`tracks ${name} without a resourceLabel.`);
        }
    },
});
