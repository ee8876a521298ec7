import { flag, stackRule } from "../../framework";
import { inputOf } from "../../framework/items";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CANARY = "aws:synthetics/canary:Canary";

/** Source: Amazon CloudWatch User Guide, "Canary metrics and alarms", and the provider's documentation of startCanary. */
export const rule = stackRule({
    id: "canary-watched",
    severity: "medium",
    description: "A canary runs, and an alarm rings when it fails.",
    fix: "Set startCanary to true, and make an aws.cloudwatch.MetricAlarm of SuccessPercent in CloudWatchSynthetics with the canary's name as the dimension CanaryName.",
    frameworks: { controls: [] },
    types: [CANARY],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(CANARY), (canary) => {
            const alarms = ["dimensions", "metricQueries"].flatMap((property) =>
                stack.referrersOf(canary, ALARM, property),
            );
            if (alarms.length === 0) {
                report("fails without anybody being told: no alarm is about it.", canary);
            }
            if (flag(inputOf(canary, "startCanary")) !== true) {
                report("does not run: startCanary is not true.", canary);
            }
        });
    },
});
