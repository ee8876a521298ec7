import { object, resourceRule, text } from "../../framework";
import { arnOf } from "../shared/arn";
import { isPending } from "../shared/pending";

const TRAIL = "aws:cloudtrail/trail:Trail";
const MACHINE = "aws:sfn/stateMachine:StateMachine";

export const rule = resourceRule({
    id: "logs-arn-ending",
    severity: "high",
    description: "CloudTrail and Step Functions get the ARN of their log group with :* at its end.",
    fix: "Write pulumi.interpolate`${group.arn}:*`.",
    frameworks: { controls: ["F16.7", "F17.10"] },
    types: [TRAIL, MACHINE],
    check: ({ type, props }, report) => {
        const [property, owner] =
            type === TRAIL
                ? (["cloudWatchLogsGroupArn", props] as const)
                : (["logDestination", object(props.loggingConfiguration)] as const);
        // The ARN of a group that is still to be made is judged at the update.
        const given = isPending(owner, property, props) ? undefined : text(owner[property]);
        if (arnOf(given)?.service === "logs" && given?.endsWith(":*") === false) {
            report(`has ${property} "${given}".`);
        }
    },
});
