import { list, type Member, object, type Props, stackRule, type StackView, text } from "../../framework";
import { anyOf, isGiven, isInput } from "../../framework/items";
import { isDisarmed, isThere } from "../shared/managedGroups";
import { hasStandaloneRules, RULE, RULE_GROUP_ASSOCIATION, WEB_ACL } from "../shared/webAcls";

const GROUP = "aws:wafv2/ruleGroup:RuleGroup";
const STOPPING = ["block", "captcha", "challenge"];

export const rule = stackRule({
    id: "wafv2-rules-block",
    severity: "high",
    description: "Web ACLs stop something: not all of their rules count alone, or are overridden to count.",
    fix: 'Let a rule block, or set the overrideAction of a rule group to "none" and take the overrides of its rules back.',
    frameworks: { controls: ["77"] },
    types: [WEB_ACL],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(WEB_ACL), (acl) => {
            const { props } = acl;
            // Rules in JSON are read by AWS alone; a web ACL without rules is wafv2-rules' matter.
            const rules = isInput(acl, "rules") ? list(props.rules) : [];
            if (isGiven(props, "ruleJson") || (rules.length === 0 && !hasStandaloneRules(stack, acl))) {
                return;
            }
            const questions = [
                () => isThere(object(props.defaultAction).block),
                ...Array.from({ length: rules.length }, (_, index) => () => {
                    const each = object(rules[index]);
                    return stops(stack, acl, "rules", each);
                }),
                ...stack
                    .referrersOf(acl, RULE, "webAclArn")
                    .map((member) => () => stops(stack, member, "statement", member.props)),
                ...stack
                    .referrersOf(acl, RULE_GROUP_ASSOCIATION, "webAclArn")
                    .map(
                        (member) => () =>
                            (text(member.props.overrideAction) ?? "none").toLowerCase() === "none" &&
                            !isDisarmed(object(member.props.managedRuleGroup)),
                    ),
            ];
            if (!anyOf(questions)) {
                report(
                    "stops nothing: its default action allows, and its rules count or are overridden.",
                    acl,
                );
            }
        });
    },
});

/** Whether a rule can stop a request, by its action or those of its group. */
function stops(stack: StackView, member: Member, property: string, each: Props): boolean {
    const action = object(each.action);
    if (STOPPING.some((kind) => isThere(action[kind]))) {
        return true;
    }
    const statement = object(each.statement);
    const managed = statement.managedRuleGroupStatement;
    const isOfGroup = isThere(managed) || isThere(statement.ruleGroupReferenceStatement);
    if (!isOfGroup || isThere(object(each.overrideAction).count)) {
        return false;
    }
    if (isThere(managed)) {
        return !isDisarmed(object(managed));
    }
    // Of a group outside the stack nothing is known, and it is taken to stop.
    const groups = stack.referencesOf(member, property, GROUP);
    return groups.length === 0 || groups.some(groupStops);
}

function groupStops({ props }: Member): boolean {
    const rules = list(props.rules);
    return (
        isGiven(props, "rulesJson") ||
        anyOf(
            Array.from({ length: rules.length }, (_, index) => () => {
                const action = object(object(rules[index]).action);
                return STOPPING.some((kind) => isThere(action[kind]));
            }),
        )
    );
}
