import { resourceRule, text } from "../../framework";
import { placeOf } from "../../framework/places";

export const rule = resourceRule({
    id: "wafv2-cloudfront-scope-region",
    severity: "high",
    description: "What WAF makes for CloudFront is made in us-east-1.",
    fix: 'Set region "us-east-1" on the resource.',
    frameworks: { controls: ["C8"] },
    types: [
        "aws:wafv2/webAcl:WebAcl",
        "aws:wafv2/ipSet:IpSet",
        "aws:wafv2/regexPatternSet:RegexPatternSet",
        "aws:wafv2/ruleGroup:RuleGroup",
    ],
    check: (resource, report) => {
        if (text(resource.props.scope) !== "CLOUDFRONT") {
            return;
        }
        const place = placeOf(resource);
        if (place !== undefined && place !== "us-east-1") {
            report(`has scope "CLOUDFRONT" in ${place}.`);
        }
    },
});
