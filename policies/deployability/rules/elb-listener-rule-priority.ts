import { number, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { LISTENER_RULES, LISTENERS } from "../shared/types";

export const rule = stackRule({
    id: "elb-listener-rule-priority",
    severity: "high",
    description: "The rules of a listener have different priorities, from 1 to 50000.",
    fix: "Give each rule of the listener a priority of its own.",
    frameworks: { controls: ["F6.14"] },
    types: LISTENER_RULES,
    checkStack: (stack, report) => {
        const owners = new Map<string, string>();
        const rules = stack.ofType(...LISTENER_RULES).filter((each) => isInput(each, "priority"));
        stack.each(rules, (each) => {
            const priority = number(each.props.priority) ?? 0;
            if (priority < 1 || priority > 50000) {
                report(`has priority ${priority}; allowed: 1 to 50000.`, each);
            }
            const [listener] = stack.referencesOf(each, "listenerArn", ...LISTENERS);
            const key = `${listener?.urn ?? text(each.props.listenerArn) ?? ""} ${priority}`;
            const owner = owners.get(key);
            if (owner !== undefined) {
                report(`has priority ${priority}, and so has ${owner} of the same listener.`, each);
            }
            owners.set(key, owner ?? each.name);
        });
    },
});
