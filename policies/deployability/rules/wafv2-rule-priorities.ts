import { number, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge } from "../shared/values";

export const rule = resourceRule({
    id: "wafv2-rule-priorities",
    severity: "high",
    description: "The rules of a web ACL have different priorities and different names.",
    fix: "Give each rule a priority and a name of its own.",
    frameworks: { controls: ["C18"] },
    types: ["aws:wafv2/webAcl:WebAcl", "aws:wafv2/ruleGroup:RuleGroup"],
    check: ({ props }, report) => {
        const owners = new Map<number, string>();
        const names = new Set<string>();
        eachObject(props.rules, (each, index) => {
            judge(
                () => {
                    const priority = number(each.priority) ?? 0;
                    const owner = owners.get(priority);
                    if (owner !== undefined) {
                        report(`has rules[${index}] with priority ${priority}, and so has ${owner}.`);
                    }
                    owners.set(priority, owner ?? `rules[${index}]`);
                },
                () => {
                    const name = text(each.name) ?? "";
                    if (names.has(name)) {
                        report(`has rules[${index}] with the name "${name}" of another rule.`);
                    }
                    names.add(name);
                },
            );
        });
    },
});
