import { type Member, type StackView } from "../../framework";

export const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
export const RULE_GROUP_ASSOCIATION = "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation";
export const RULE = "aws:wafv2/webAclRule:WebAclRule";

/** Whether rules are added to the web ACL as resources of their own. */
export function hasStandaloneRules(stack: StackView, acl: Member): boolean {
    return [RULE, RULE_GROUP_ASSOCIATION].some(
        (type) => stack.referrersOf(acl, type, "webAclArn").length > 0,
    );
}
