import { list, object, type Props, stackRule, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { overriddenIn } from "../shared/managedGroups";
import { RULE_GROUP_ASSOCIATION, WEB_ACL } from "../shared/webAcls";

const GROUP = "AWSManagedRulesKnownBadInputsRuleSet";

export const rule = stackRule({
    id: "wafv2-known-bad-inputs",
    severity: "high",
    description: "Web ACLs block requests that are known to be attacks, Log4Shell among them.",
    fix: `Add the managed rule group ${GROUP} of AWS, with overrideAction "none", and let its rules against Log4Shell keep their action.`,
    frameworks: { controls: ["80"], checkov: ["CKV_AWS_192"] },
    types: [WEB_ACL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(WEB_ACL), (acl) => {
            const rules = list(acl.props.rules);
            const found = [
                ...stack.referrersOf(acl, RULE_GROUP_ASSOCIATION, "webAclArn").map(
                    ({ props }) =>
                        () =>
                            isBlocking(object(props.managedRuleGroup), props.overrideAction),
                ),
                ...Array.from(
                    { length: rules.length },
                    (_, index) => () => isInlineGroup(object(rules[index])),
                ),
                () => isInJson(text(acl.props.ruleJson) ?? ""),
            ];
            if (!anyOf(found)) {
                report(`does not block with ${GROUP}.`, acl);
            }
        });
    },
});

function isInlineGroup(rule: Props): boolean {
    const group = object(object(rule.statement).managedRuleGroupStatement);
    return isBlocking(group, object(rule.overrideAction).count === undefined ? "none" : "count");
}

/** Whether the managed rule group is the one, and its own actions hold. */
function isBlocking(group: Props, overrideAction: unknown): boolean {
    return (
        text(group.name) === GROUP &&
        text(group.vendorName) === "AWS" &&
        (text(overrideAction) ?? "none").toLowerCase() === "none" &&
        !overriddenIn(group).some((name) => name.startsWith("Log4JRCE"))
    );
}

function isInJson(json: string): boolean {
    return json.includes(`"${GROUP}"`);
}
