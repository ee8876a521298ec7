import {
    list,
    type Member,
    object,
    objects,
    type Props,
    type ReportStack,
    stackRule,
    type StackView,
    text,
} from "../../framework";
import { eachObject, inputOf } from "../../framework/items";
import { LISTENER_RULES, LISTENERS } from "../shared/types";
import { judge } from "../shared/values";

const CHECKED = ["exp", "iss", "nbf", "iat"];
const MOST_CLAIMS = 10;

export const rule = stackRule({
    id: "elb-token-validation",
    severity: "high",
    description: "Tokens are validated on HTTPS listeners, before something is done with the request.",
    fix: "Put jwt-validation before a forward action, in a rule of an HTTPS listener, with at most ten claims other than exp, iss, nbf and iat.",
    frameworks: { controls: ["F35.1"] },
    types: LISTENER_RULES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...LISTENER_RULES), (rule) => {
            const actions = objects(rule.props.actions);
            const validation = actions.find((action) => text(action.type) === "jwt-validation");
            if (validation === undefined) {
                return;
            }
            judge(
                () => {
                    if (actions.at(-1) === validation) {
                        report("validates tokens and does nothing with the request.", rule);
                    }
                },
                () => {
                    judgeListener(stack, rule, report);
                },
                () => {
                    judgeClaims(object(validation.jwtValidation), rule, report);
                },
            );
        });
    },
});

function judgeListener(stack: StackView, rule: Member, report: ReportStack): void {
    for (const listener of stack.referencesOf(rule, "listenerArn", ...LISTENERS)) {
        const protocol = text(inputOf(listener, "protocol")) ?? "HTTP";
        if (protocol !== "HTTPS") {
            report(`validates tokens on ${listener.name}, whose protocol is "${protocol}".`, rule);
        }
    }
}

function judgeClaims({ additionalClaims }: Props, rule: Member, report: ReportStack): void {
    const count = list(additionalClaims).length;
    if (count > MOST_CLAIMS) {
        report(`has ${count} additionalClaims; allowed: ${MOST_CLAIMS}.`, rule);
    }
    eachObject(additionalClaims, ({ name }) => {
        if (CHECKED.includes(text(name) ?? "")) {
            report(`has the claim "${text(name) ?? ""}" in additionalClaims, which is always checked.`, rule);
        }
    });
}
