import { number, resourceRule, text } from "../../framework";

interface Config {
    readonly minDays: number;
    readonly forever: boolean;
}

export const rule = resourceRule<Config>({
    id: "logs-retention",
    severity: "medium",
    description: "Log groups keep events for a year or longer, and not for ever.",
    fix: "Set retentionInDays to 365 or more.",
    frameworks: {
        controls: ["163"],
        securityHub: ["CloudWatch.16"],
        checkov: ["CKV_AWS_66", "CKV_AWS_338"],
    },
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    config: {
        minDays: { type: "integer", minimum: 1, default: 365, description: "The least number of days." },
        forever: {
            type: "boolean",
            default: false,
            description: "Whether a log group may keep events for ever.",
        },
    },
    check: ({ props }, report, { minDays, forever }) => {
        // AWS deletes what is in a group of this class after two days, whatever the program says.
        if (text(props.logGroupClass) === "DELIVERY") {
            return;
        }
        // 0, the default, is for ever.
        const days = number(props.retentionInDays) ?? 0;
        if (days === 0 && !forever) {
            report("keeps events for ever: retentionInDays is 0.");
        } else if (days !== 0 && days < minDays) {
            report(`keeps events for a short time: retentionInDays is ${days}, and ${minDays} is demanded.`);
        }
    },
});
