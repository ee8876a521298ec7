import { number, object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { eachStatement } from "../shared/statements";
import { choices } from "../shared/values";

const LEAST = 10;
const WINDOWS = [60, 120, 300, 600];
const KEYS = ["IP", "FORWARDED_IP", "CUSTOM_KEYS", "CONSTANT"];
const NEEDS: Readonly<Partial<Record<string, string>>> = {
    CONSTANT: "scopeDownStatement",
    CUSTOM_KEYS: "customKeys",
    FORWARDED_IP: "forwardedIpConfig",
};

export const rule = resourceRule({
    id: "wafv2-rate-limit",
    severity: "high",
    description: "Rate limits are 10 requests or more in a window that WAF has, by keys that are given.",
    fix: "Set limit to 10 or more, evaluationWindowSec to 60, 120, 300 or 600, and what the aggregate key needs.",
    frameworks: { controls: ["F17.5"] },
    types: ["aws:wafv2/webAcl:WebAcl", "aws:wafv2/ruleGroup:RuleGroup"],
    check: ({ props }, report) => {
        eachObject(props.rules, (each, index) => {
            eachStatement(object(each.statement), (statement) => {
                if (!isGiven(statement, "rateBasedStatement")) {
                    return;
                }
                const rate = object(statement.rateBasedStatement);
                const limit = number(rate.limit) ?? 0;
                const window = number(rate.evaluationWindowSec) ?? 300;
                const key = text(rate.aggregateKeyType) ?? "IP";
                if (limit < LEAST) {
                    report(`has rules[${index}] with a rate limit of ${limit}; allowed: ${LEAST} or more.`);
                }
                if (!WINDOWS.includes(window)) {
                    report(
                        `has rules[${index}] with evaluationWindowSec ${window}; allowed: ${choices(WINDOWS)}.`,
                    );
                }
                const needed = NEEDS[key];
                if (!KEYS.includes(key)) {
                    report(`has rules[${index}] with aggregateKeyType "${key}"; allowed: ${choices(KEYS)}.`);
                } else if (needed !== undefined && !isGiven(rate, needed)) {
                    report(`has rules[${index}] with aggregateKeyType ${key} and no ${needed}.`);
                }
            });
        });
    },
});
