import {
    flag,
    ifKnown,
    isUnknown,
    list,
    type Member,
    stackRule,
    type StackView,
    text,
} from "../../framework";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

export const rule = stackRule({
    id: "cloudwatch-alarm-actions",
    severity: "high",
    description: "Alarms tell somebody, or something acts on them.",
    fix: "Set alarmActions to a topic's ARN, and actionsEnabled to true or leave it out.",
    frameworks: {
        controls: ["165"],
        securityHub: ["CloudWatch.15", "CloudWatch.17"],
        checkov: ["CKV_AWS_319"],
    },
    types: [ALARM, COMPOSITE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(ALARM, COMPOSITE), (alarm) => {
            if (!acts(alarm) && !isPartOfOther(stack, alarm)) {
                report("tells nobody: alarmActions is empty.", alarm);
            } else if (flag(alarm.props.actionsEnabled) === false) {
                // AWS's default is true.
                report("tells nobody: actionsEnabled is false.", alarm);
            }
        });
    },
});

/** Whether the alarm has actions; while they are unknown, whether they come from another resource. */
function acts({ props, propertyDependencies }: Member): boolean {
    const fromOther =
        (propertyDependencies.alarmActions ?? []).length > 0 && isUnknown(() => props.alarmActions);
    return fromOther || list(props.alarmActions).length > 0;
}

/** Whether a composite alarm is made of this one, and tells somebody in its place. */
function isPartOfOther(stack: StackView, alarm: Member): boolean {
    const name = ifKnown(() => text(alarm.props.name));
    return stack
        .ofType(COMPOSITE)
        .some(
            ({ propertyDependencies, props }) =>
                (propertyDependencies.alarmRule ?? []).some(({ urn }) => urn === alarm.urn) ||
                (name !== undefined && namedIn(ifKnown(() => text(props.alarmRule)) ?? "").includes(name)),
        );
}

/** The names of the alarms that a rule is made of, which it gives as such or in ARNs. */
function namedIn(rule: string): readonly string[] {
    return [...rule.matchAll(/(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^)"]*?))\s*\)/g)].map(
        ([, quoted, bare]) => (quoted ?? bare ?? "").replace(/^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/, ""),
    );
}
