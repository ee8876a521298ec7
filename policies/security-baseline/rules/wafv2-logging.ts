import { stackRule } from "../../framework";
import { WEB_ACL } from "../shared/webAcls";

export const rule = stackRule({
    id: "wafv2-logging",
    severity: "low",
    description: "Web ACLs log the requests that they judge.",
    fix: "Add an aws.wafv2.WebAclLoggingConfiguration with the web ACL's ARN.",
    frameworks: { controls: ["79"], securityHub: ["WAF.11"], checkov: ["CKV2_AWS_31"] },
    types: [WEB_ACL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(WEB_ACL), (acl) => {
            const type = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
            if (stack.referrersOf(acl, type, "resourceArn").length === 0) {
                report("has no log.", acl);
            }
        });
    },
});
