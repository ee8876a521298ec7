import { ifKnown, type Member, stackRule, type StackView, text } from "../../framework";
import { LISTENER_TYPES, listenerProtocol, TARGET_GROUP_TYPES } from "../shared/balancers";

interface Config {
    readonly protocols: readonly string[];
}

export const rule = stackRule<Config>({
    id: "elb-listener-tls",
    severity: "high",
    description: "Listeners of load balancers end TLS.",
    fix: 'Set protocol to "HTTPS", or to "TLS" on a network load balancer, and give a certificate.',
    frameworks: { controls: ["14"], securityHub: ["ELB.18"], checkov: ["CKV_AWS_2"] },
    types: LISTENER_TYPES,
    config: {
        protocols: {
            type: "array",
            items: { type: "string" },
            default: ["HTTPS", "TLS", "QUIC"],
            description: "The protocols that are encrypted.",
        },
    },
    checkStack: (stack, report, { protocols }) => {
        stack.each(stack.ofType(...LISTENER_TYPES), (listener) => {
            // What AWS fills in is no choice of the program's.
            const protocol = listenerProtocol(listener.inputs ?? listener.props);
            // HTTP may redirect, which elb-http-redirect judges; gateway load balancers have no protocol to choose.
            if (protocol === "HTTP" || protocol === "GENEVE" || protocols.includes(protocol)) {
                return;
            }
            if (!handsOnAsItIs(stack, listener)) {
                report(`listens for protocol ${protocol}.`, listener);
            }
        });
    },
});

/** Whether an application load balancer stands behind a network one, and ends TLS: AWS lets TCP alone through to it. */
function handsOnAsItIs(stack: StackView, listener: Member): boolean {
    const groups = stack.referencesOf(listener, "defaultActions", ...TARGET_GROUP_TYPES);
    return groups.length > 0 && groups.every(({ props }) => ifKnown(() => text(props.targetType)) === "alb");
}
