import { stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { TRAIL } from "../shared/baseline";

export const rule = stackRule({
    id: "cloudtrail-log-group",
    severity: "low",
    level: "advisory",
    description: "Trails send their events to CloudWatch Logs, too.",
    fix: "Set cloudWatchLogsGroupArn and cloudWatchLogsRoleArn.",
    frameworks: { controls: ["169"], securityHub: ["CloudTrail.5"], checkov: ["CKV2_AWS_10"] },
    types: [TRAIL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(TRAIL), (trail) => {
            if (!isInput(trail, "cloudWatchLogsGroupArn")) {
                report("sends no events to CloudWatch Logs: cloudWatchLogsGroupArn is not given.", trail);
            }
        });
    },
});
