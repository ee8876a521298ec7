import { stackRule, text } from "../../framework";
import { inputOf } from "../../framework/items";
import {
    APPLICATION_PROTOCOLS,
    balancerOf,
    kindOf,
    listenersOf,
    NETWORK_PROTOCOLS,
} from "../shared/balancers";
import { TARGET_GROUPS } from "../shared/types";

const EXACT = ["TCP_UDP", "TCP_QUIC"];

export const rule = stackRule({
    id: "elb-target-group-protocol",
    severity: "high",
    description: "Target groups have a protocol and targets that the load balancers before them take.",
    fix: "Use HTTP and HTTPS behind application load balancers, and TCP, TLS and UDP behind network ones.",
    frameworks: { controls: ["F6.7", "F6.8"] },
    types: TARGET_GROUPS,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...TARGET_GROUPS), (group) => {
            for (const listener of listenersOf(stack, group)) {
                const balancer = balancerOf(stack, listener);
                if (balancer === undefined) {
                    continue;
                }
                const kind = kindOf(balancer.props);
                const target = text(group.props.targetType) ?? "instance";
                const protocol = text(inputOf(group, "protocol")) ?? "";
                const front = text(inputOf(listener, "protocol")) ?? "";
                if (target === "lambda" ? kind !== "application" : target === "alb" && kind !== "network") {
                    report(
                        `has targetType "${target}" behind the ${kind} load balancer ${balancer.name}.`,
                        group,
                    );
                } else if (target !== "lambda" && !fits(kind, protocol)) {
                    report(
                        `has protocol "${protocol}" behind the ${kind} load balancer ${balancer.name}.`,
                        group,
                    );
                } else if (EXACT.includes(front) !== EXACT.includes(protocol) && protocol !== front) {
                    report(
                        `has protocol "${protocol}" behind the ${front} listener ${listener.name}.`,
                        group,
                    );
                }
            }
        });
    },
});

function fits(kind: string, protocol: string): boolean {
    switch (kind) {
        case "application":
            return APPLICATION_PROTOCOLS.includes(protocol);
        case "network":
            return NETWORK_PROTOCOLS.includes(protocol);
        default:
            return protocol === "GENEVE";
    }
}
