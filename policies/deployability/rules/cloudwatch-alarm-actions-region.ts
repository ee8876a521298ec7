import { ifKnown, stackRule } from "../../framework";
import { placeOf } from "../../framework/places";
import { isGiven } from "../../framework/items";
import { TOPIC } from "../shared/types";

const TYPES = [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
] as const;
const PROPERTIES = ["alarmActions", "okActions", "insufficientDataActions"];

export const rule = stackRule({
    id: "cloudwatch-alarm-actions-region",
    severity: "high",
    description: "Alarms notify topics of their own region.",
    fix: "Use a topic in the alarm's region; one in us-east-1 for alarms on CloudFront and Route 53.",
    frameworks: { controls: ["C11", "F16.2"] },
    types: TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...TYPES), (alarm) => {
            const place = placeOf(alarm);
            for (const property of PROPERTIES.filter((each) => isGiven(alarm.props, each))) {
                for (const topic of stack.referencesOf(alarm, property, TOPIC)) {
                    const other = ifKnown(() => placeOf(topic));
                    if (place !== undefined && other !== undefined && other !== place) {
                        report(`is in ${place} and has ${topic.name} of ${other} in ${property}.`, alarm);
                    }
                }
            }
        });
    },
});
