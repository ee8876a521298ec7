import { flag, object, type Props, resourceRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge } from "../shared/judging";
import { WEB_ACL } from "../shared/webAcls";

export const rule = resourceRule({
    id: "wafv2-metrics",
    severity: "medium",
    level: "advisory",
    description: "Web ACLs and their rules count what they do in CloudWatch.",
    fix: "Set visibilityConfig.cloudwatchMetricsEnabled to true, for the web ACL and for each rule.",
    frameworks: { controls: ["78"], securityHub: ["WAF.12"] },
    types: [WEB_ACL, "aws:wafv2/ruleGroup:RuleGroup"],
    check: ({ props }, report) => {
        const judgeOne = (item: Props, path: string): void => {
            if (flag(object(item.visibilityConfig).cloudwatchMetricsEnabled) !== true) {
                report(
                    `counts nothing in CloudWatch: ${path}visibilityConfig.cloudwatchMetricsEnabled is not true.`,
                );
            }
        };
        judge(
            () => {
                judgeOne(props, "");
            },
            () => {
                eachObject(props.rules, (item, index) => {
                    judgeOne(item, `rules[${index}].`);
                });
            },
        );
    },
});
