import { resourceRule } from "../../framework";
import { number, text } from "../../framework/subject";

interface Config {
    readonly maxDays: number;
}

export const rule = resourceRule<Config>({
    id: "log-retention-finite",
    severity: "low",
    description: "CloudWatch does not keep logs for ever.",
    fix: "Set retentionInDays, and archive to S3 what must be kept for longer.",
    frameworks: { controls: ["P32"] },
    level: "advisory",
    config: {
        maxDays: {
            type: "integer",
            minimum: 1,
            default: 731,
            description: "Days for which CloudWatch may keep logs, at ten times the price of S3.",
        },
    },
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    check: ({ props }, report, { maxDays }) => {
        // Of groups of this class AWS sets the retention itself, to two days.
        if (text(props.logGroupClass) === "DELIVERY") {
            return;
        }
        // Without it, and with 0, logs never expire.
        const days = number(props.retentionInDays) ?? 0;
        if (days === 0) {
            report("keeps logs for ever.");
        } else if (days > maxDays) {
            report(`keeps logs for ${days} days, and ${maxDays} is the most.`);
        }
    },
});
