import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { EXPERIMENT } from "../shared/experiments";

/** Source: AWS Config Developer Guide, "fis-experiment-template-log-configuration-exists". */
export const rule = resourceRule({
    id: "fis-experiment-log",
    severity: "medium",
    description: "An experiment with faults writes down what it did.",
    fix: "Set logConfiguration with cloudwatchLogsConfiguration or s3Configuration.",
    frameworks: { controls: [] },
    types: [EXPERIMENT],
    check: ({ props }, report) => {
        const log = object(props.logConfiguration);
        if (!isGiven(log, "cloudwatchLogsConfiguration") && !isGiven(log, "s3Configuration")) {
            report("leaves no record of what it did: logConfiguration is not given.");
        }
    },
});
