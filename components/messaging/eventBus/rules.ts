import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm, sumOf } from "../../operations";
import { type RulePlace } from "./place";
import { createTarget, type TargetQueue } from "./targets";

/** Makes a rule of a bus with its targets and alarms. Returns the queues for what cannot be delivered. */
export function createRule(
    name: string,
    key: string,
    place: RulePlace,
    parent: pulumi.Resource,
): TargetQueue[] {
    const { region, bus, rule, tags } = place;
    const eventRule = new aws.cloudwatch.EventRule(
        `${name}-${key}`,
        {
            region,
            eventBusName: bus.name,
            description: rule.description,
            eventPattern: rule.eventPattern,
            state: (rule.enabled ?? true) ? "ENABLED" : "DISABLED",
            ...(tags === undefined ? {} : { tags }),
        },
        { parent },
    );
    watchRule(`${name}-${key}`, place, eventRule, parent);
    return Object.entries(rule.targets).map(([target, args]) =>
        createTarget(`${name}-${key}-${target}`, `${key}-${target}`, place, eventRule, args, parent),
    );
}

function watchRule(
    prefix: string,
    { region, bus, alarmTopicArns: topicArns, tags = {} }: RulePlace,
    rule: aws.cloudwatch.EventRule,
    parent: pulumi.Resource,
): void {
    if (topicArns === undefined) {
        return;
    }
    // Both of a bus that is not the default one (Amazon EventBridge User Guide, "Monitoring Amazon EventBridge").
    const dimensions = { EventBusName: bus.name, RuleName: rule.name };
    const counts = [
        [
            "failed",
            ["FailedInvocations", "InvocationsSentToDlq"],
            pulumi.interpolate`Events of the rule ${rule.name} could not be delivered. They lie among its target's dead letters, with the cause in their attributes; look at the target and at who may call it.`,
        ],
        [
            "lost",
            ["InvocationsFailedToBeSentToDlq"],
            pulumi.interpolate`Events of the rule ${rule.name} were lost: they could not even be put among the dead letters. Look at the policies of these queues.`,
        ],
    ] as const;
    for (const [role, metricNames, description] of counts) {
        alarm(
            `${prefix}-${role}`,
            {
                ...{ region, topicArns, tags, description },
                queries: sumOf(
                    "all",
                    "Events that were not delivered",
                    metricNames.map((metricName) => ({
                        namespace: "AWS/Events",
                        ...{ metricName, dimensions, statistic: "Sum" },
                    })),
                ),
                comparison: "GreaterThanThreshold",
                threshold: 0,
                period: 300,
                missingData: "notBreaching",
            },
            { parent },
        );
    }
}
