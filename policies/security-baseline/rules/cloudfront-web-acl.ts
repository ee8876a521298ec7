import { stackRule, text } from "../../framework";
import { DISTRIBUTION } from "../shared/distributions";

export const rule = stackRule({
    id: "cloudfront-web-acl",
    severity: "high",
    description: "Distributions have a web ACL.",
    fix: "Set webAclId to the ARN of an aws.wafv2.WebAcl of scope CLOUDFRONT in us-east-1.",
    frameworks: { controls: ["71", "P36"], securityHub: ["CloudFront.6"], checkov: ["CKV_AWS_68"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            const acls = stack.referencesOf(
                distribution,
                "webAclId",
                "aws:wafv2/webAcl:WebAcl",
                "aws:waf/webAcl:WebAcl",
            );
            if (acls.length === 0 && (text(distribution.props.webAclId) ?? "") === "") {
                report("has no web ACL: webAclId is not given.", distribution);
            }
        });
    },
});
