import { number, resourceRule, text } from "../../framework";
import { choices } from "../shared/values";

const DAYS = [
    ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827],
    ...[2192, 2557, 2922, 3288, 3653],
];
const DELIVERY_DAYS = 2;

export const rule = resourceRule({
    id: "logs-retention-days",
    severity: "high",
    description: "Log groups keep events for one of the times that CloudWatch Logs knows.",
    fix: "Set retentionInDays to the next longer time that is allowed.",
    frameworks: { controls: ["C12", "F16.1"] },
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    check: ({ props }, report) => {
        const days = number(props.retentionInDays);
        if (days === undefined) {
            return;
        }
        if (text(props.logGroupClass) === "DELIVERY") {
            if (days !== DELIVERY_DAYS) {
                report(`is of class DELIVERY and has retentionInDays ${days}; allowed: ${DELIVERY_DAYS}.`);
            }
        } else if (!DAYS.includes(days)) {
            report(`has retentionInDays ${days}; allowed: ${choices(DAYS)}.`);
        }
    },
});
