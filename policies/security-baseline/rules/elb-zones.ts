import { ifKnown, list, stackRule } from "../../framework";
import { counted } from "../../framework/patterns";
import { BALANCER_TYPES } from "../shared/balancers";
import { zoneCount } from "../shared/routing";

interface Config {
    readonly minZones: number;
}

export const rule = stackRule<Config>({
    id: "elb-zones",
    severity: "medium",
    description: "Load balancers have nodes in several availability zones.",
    fix: "Give the load balancer a subnet in each of the zones.",
    frameworks: { controls: ["20"], securityHub: ["ELB.13"] },
    types: BALANCER_TYPES,
    config: {
        minZones: { type: "integer", minimum: 2, default: 2, description: "How many zones at least." },
    },
    checkStack: (stack, report, { minZones }) => {
        stack.each(stack.ofType(...BALANCER_TYPES), (balancer) => {
            // AWS takes one subnet of a zone at most, so mappings count zones. What the provider computes of them
            // from `subnets` is no more.
            const mappings = list(ifKnown(() => balancer.props.subnetMappings)).length;
            const zones = Math.max(
                mappings,
                mappings >= minZones ? 0 : zoneCount(stack, balancer, "subnets"),
            );
            if (zones < minZones) {
                report(`has nodes in ${counted(zones, "zone")}; at least ${minZones} are wanted.`, balancer);
            }
        });
    },
});
