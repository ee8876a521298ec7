import { object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { eachStatement, groupOf } from "../shared/statements";

export const rule = resourceRule({
    id: "wafv2-rule-action",
    severity: "high",
    description:
        "Rules of a web ACL have an action, or an override where they refer to a rule group, which no other statement holds.",
    fix: "Set overrideAction on rules with a rule group and action on all others, and keep rule groups at the top of a rule.",
    frameworks: { controls: ["C18", "F17.3"] },
    types: ["aws:wafv2/webAcl:WebAcl", "aws:wafv2/ruleGroup:RuleGroup"],
    check: ({ props }, report) => {
        eachObject(props.rules, (each, index) => {
            const name = text(each.name) ?? `rules[${index}]`;
            const isGroup = groupOf(each) !== undefined;
            const [wanted, other] = isGroup
                ? (["overrideAction", "action"] as const)
                : (["action", "overrideAction"] as const);
            if (isGiven(each, other)) {
                report(
                    `has the rule "${name}" with ${other} on ${isGroup ? "a rule group" : "no rule group"}.`,
                );
            } else if (!isGiven(each, wanted)) {
                report(`has the rule "${name}" without ${wanted}.`);
            }
            eachStatement(object(each.statement), (statement, depth) => {
                if (depth > 0 && groupOf({ statement }) !== undefined) {
                    report(`has the rule "${name}" with a rule group inside of another statement.`);
                }
            });
        });
    },
});
