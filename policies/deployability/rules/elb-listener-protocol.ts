import { stackRule, text } from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { APPLICATION_PROTOCOLS, balancerOf, kindOf, kindText, NETWORK_PROTOCOLS } from "../shared/balancers";
import { LISTENERS } from "../shared/types";
import { choices } from "../shared/values";

const PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
    application: APPLICATION_PROTOCOLS,
    network: NETWORK_PROTOCOLS,
};

export const rule = stackRule({
    id: "elb-listener-protocol",
    severity: "high",
    description: "Listeners have a protocol that their kind of load balancer takes.",
    fix: "Use HTTP or HTTPS on application load balancers, TCP, TLS, UDP, TCP_UDP or QUIC on network ones, and none on gateway ones.",
    frameworks: { controls: ["F6.7"] },
    types: LISTENERS,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...LISTENERS), (listener) => {
            const balancer = balancerOf(stack, listener);
            if (balancer === undefined) {
                return;
            }
            const kind = kindOf(balancer.props);
            const allowed = PROTOCOLS[kind];
            if (allowed === undefined) {
                if (isInput(listener, "protocol")) {
                    report(`has a protocol, and ${balancer.name} is ${kindText(kind)}.`, listener);
                }
                return;
            }
            const protocol = text(inputOf(listener, "protocol")) ?? (kind === "application" ? "HTTP" : "");
            if (!allowed.includes(protocol)) {
                report(
                    `has ${protocol === "" ? "no protocol" : `protocol "${protocol}"`}, and ${balancer.name} is ${kindText(kind)}; allowed: ${choices(allowed)}.`,
                    listener,
                );
            }
        });
    },
});
