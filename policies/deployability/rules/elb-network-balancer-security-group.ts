import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { kindOf } from "../shared/balancers";
import { BALANCERS } from "../shared/types";

export const rule = resourceRule({
    id: "elb-network-balancer-security-group",
    severity: "medium",
    // Nothing is rejected now: the first security group that is added later replaces the load balancer.
    level: "advisory",
    description:
        "Network load balancers are made with a security group, because one can only be replaced later.",
    fix: "Set securityGroups.",
    frameworks: { controls: ["F6.5"] },
    types: BALANCERS,
    check: ({ props }, report) => {
        if (kindOf(props) === "network" && !isGiven(props, "securityGroups")) {
            report("is a network load balancer without securityGroups.");
        }
    },
});
