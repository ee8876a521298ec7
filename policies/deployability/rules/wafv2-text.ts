import { resourceRule, text } from "../../framework";
import { judge, visit } from "../shared/values";

const DESCRIPTION = /^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]$/;
const METRIC = /^[\w-]{1,128}$/;
const RESERVED = ["All", "Default_Action"];

export const rule = resourceRule({
    id: "wafv2-text",
    severity: "high",
    description: "Descriptions and metric names of WAF have the characters that it takes.",
    fix: "Use three characters or more of letters, digits, spaces and _+=:#@/-,. in descriptions, and letters, digits, - and _ in metric names.",
    frameworks: { controls: ["C18", "F17.3"] },
    types: ["aws:wafv2/webAcl:WebAcl", "aws:wafv2/ruleGroup:RuleGroup", "aws:wafv2/ipSet:IpSet"],
    check: ({ props }, report) => {
        judge(
            () => {
                const description = text(props.description) ?? "";
                if (description !== "" && (!DESCRIPTION.test(description) || description.length > 256)) {
                    report(`has description "${description}".`);
                }
            },
            ...["visibilityConfig.metricName", "rules[].visibilityConfig.metricName"].map((path) => () => {
                visit(props, path, (value, at) => {
                    const name = text(value) ?? "";
                    if (!METRIC.test(name) || RESERVED.includes(name)) {
                        report(`has ${at} "${name}".`);
                    }
                });
            }),
        );
    },
});
