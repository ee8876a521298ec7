import { flag, stackRule, text } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import { BALANCER_TYPES, CLASSIC_BALANCER_TYPES } from "../shared/balancers";
import { computedOr } from "../shared/judging";

interface Config {
    readonly internetFacing: readonly string[];
}

export const rule = stackRule<Config>({
    id: "elb-network-internet",
    severity: "high",
    description:
        "Network and classic load balancers, before which no web ACL can be, face the internet only where the configuration names them.",
    fix: "Set internal to true, or name the load balancer in internetFacing of the rule's configuration.",
    frameworks: { controls: ["21"] },
    types: [...BALANCER_TYPES, ...CLASSIC_BALANCER_TYPES],
    config: {
        internetFacing: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Logical names of load balancers that may face the internet; * stands for any run of characters.",
        },
    },
    checkStack: (stack, report, { internetFacing }) => {
        stack.each(stack.ofType(...BALANCER_TYPES), (balancer) => {
            if (
                text(computedOr(balancer, "loadBalancerType", "application")) === "network" &&
                flag(computedOr(balancer, "internal", false)) !== true &&
                !matchesAny(internetFacing, balancer.name)
            ) {
                report("is a network load balancer that faces the internet.", balancer);
            }
        });
        stack.each(stack.ofType(...CLASSIC_BALANCER_TYPES), (balancer) => {
            if (
                flag(computedOr(balancer, "internal", false)) !== true &&
                !matchesAny(internetFacing, balancer.name)
            ) {
                report("is a classic load balancer that faces the internet.", balancer);
            }
        });
    },
});
