import { objects, resourceRule, text } from "../../framework";
import { anyOf, isGiven } from "../../framework/items";
import { EXPERIMENT } from "../shared/experiments";

/** Source: AWS FIS User Guide, "Stop conditions for AWS FIS". */
export const rule = resourceRule({
    id: "fis-stop-alarm",
    severity: "high",
    description: "An experiment with faults ends when an alarm rings.",
    fix: "Set stopConditions with source aws:cloudwatch:alarm and the ARN of an alarm that rings when viewers suffer.",
    frameworks: { controls: [] },
    types: [EXPERIMENT],
    check: ({ props }, report) => {
        const stops = objects(props.stopConditions).map(
            (stop) => () => text(stop.source) === "aws:cloudwatch:alarm" && isGiven(stop, "value"),
        );
        if (!anyOf(stops)) {
            report("goes on whatever it does to viewers: stopConditions has no alarm.");
        }
    },
});
