import { list, type Member, object, stackRule, type StackView, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { LISTENER_TYPES, listenerProtocol } from "../shared/balancers";
import { shown } from "../shared/judging";

const RULE_TYPES = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"];

export const rule = stackRule({
    id: "elb-http-rules",
    severity: "high",
    description: "Rules of HTTP listeners do nothing but redirect to HTTPS, like the listeners themselves.",
    fix: 'Move the rule to the HTTPS listener, or give it one action, of type "redirect" to protocol "HTTPS".',
    frameworks: { controls: ["13"], securityHub: ["ELB.1"], checkov: ["CKV_AWS_2"] },
    types: RULE_TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...RULE_TYPES), (member) => {
            eachKnown(list(member.props.actions), (item, index) => {
                const problem = problemWith(object(item));
                if (problem !== undefined && isHttp(stack, member)) {
                    report(`${problem} (actions[${index}]).`, member);
                }
            });
        });
    },
});

function problemWith(action: Readonly<Record<string, unknown>>): string | undefined {
    const type = text(action.type);
    if (type !== "redirect") {
        return `answers HTTP with an action of type ${shown(type)}`;
    }
    // Left out, AWS keeps the protocol of the request.
    const protocol = text(object(action.redirect).protocol);
    return protocol === "HTTPS" ? undefined : `redirects HTTP to protocol ${shown(protocol)}`;
}

/** Whether the rule is one of an HTTP listener. One outside the stack is not judged. */
function isHttp(stack: StackView, member: Member): boolean {
    return stack
        .referencesOf(member, "listenerArn", ...LISTENER_TYPES)
        .some(({ props }) => listenerProtocol(props) === "HTTP");
}
