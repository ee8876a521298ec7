import { list, stackRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { hasStandaloneRules, WEB_ACL } from "../shared/webAcls";

export const rule = stackRule({
    id: "wafv2-rules",
    severity: "medium",
    description: "Web ACLs have rules.",
    fix: "Add a rule or a rule group to the web ACL.",
    frameworks: { controls: ["77"], securityHub: ["WAF.10"], checkov: ["CKV_AWS_342"] },
    types: [WEB_ACL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(WEB_ACL), (acl) => {
            if (hasStandaloneRules(stack, acl) || isGiven(acl.props, "ruleJson")) {
                return;
            }
            if (list(acl.props.rules).length === 0) {
                report("has no rules.", acl);
            }
        });
    },
});
