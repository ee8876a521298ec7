import {
    flag,
    type Member,
    object,
    type ReportStack,
    stackRule,
    type StackView,
    text,
} from "../../framework";
import { GROUP } from "../shared/types";
import { judge, judgeRanges } from "../shared/values";

const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";

export const rule = stackRule({
    id: "ecs-capacity-provider",
    severity: "high",
    description: "Capacity providers have the scaling and the group that their termination protection needs.",
    fix: 'Set managedScaling.status to "ENABLED" and protectFromScaleIn of the group to true, and choose a name that does not begin with aws, ecs or fargate.',
    frameworks: { controls: ["F32.4"] },
    types: [PROVIDER],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(PROVIDER), (provider) => {
            judge(
                () => {
                    judgeProtection(stack, provider, report);
                },
                () => {
                    judgeRanges(
                        provider.props,
                        {
                            "autoScalingGroupProvider.managedScaling.targetCapacity": { min: 1, max: 100 },
                            "autoScalingGroupProvider.managedScaling.minimumScalingStepSize": {
                                min: 1,
                                max: 10_000,
                            },
                            "autoScalingGroupProvider.managedScaling.maximumScalingStepSize": {
                                min: 1,
                                max: 10_000,
                            },
                        },
                        (reason) => {
                            report(reason, provider);
                        },
                    );
                },
                () => {
                    const name = text(provider.props.name) ?? "";
                    if (/^(?:aws|ecs|fargate)/i.test(name)) {
                        report(`has the name "${name}", and aws, ecs and fargate are AWS's own.`, provider);
                    }
                },
            );
        });
    },
});

function judgeProtection(stack: StackView, provider: Member, report: ReportStack): void {
    const settings = object(provider.props.autoScalingGroupProvider);
    if (text(settings.managedTerminationProtection) !== "ENABLED") {
        return;
    }
    judge(
        () => {
            const status = text(object(settings.managedScaling).status) ?? "DISABLED";
            if (status !== "ENABLED") {
                report(
                    `has managedTerminationProtection with managedScaling.status "${status}"; allowed: ENABLED.`,
                    provider,
                );
            }
        },
        () => {
            for (const group of stack.referencesOf(provider, "autoScalingGroupProvider", GROUP)) {
                if (flag(group.props.protectFromScaleIn) !== true) {
                    report(
                        `has managedTerminationProtection, and ${group.name} has no protectFromScaleIn.`,
                        provider,
                    );
                }
            }
        },
    );
}
