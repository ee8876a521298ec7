import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";

export const rule = resourceRule({
    id: "scheduler-dead-letters",
    severity: "low",
    level: "advisory",
    description: "Calls that a schedule could not make are kept.",
    fix: "Set target.deadLetterConfig.arn to a queue of SQS that the schedule's role may send to.",
    frameworks: { controls: [] },
    types: ["aws:scheduler/schedule:Schedule"],
    check: ({ props }, report) => {
        if (!isGiven(object(object(props.target).deadLetterConfig), "arn")) {
            report("loses calls that it could not make: target.deadLetterConfig.arn is not given.");
        }
    },
});
