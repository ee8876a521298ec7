import { stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { kindOf } from "../shared/balancers";
import { subnetsOf } from "../shared/subnets";
import { BALANCERS } from "../shared/types";

export const rule = stackRule({
    id: "elb-subnets",
    severity: "high",
    description:
        "A load balancer has one subnet in each of its availability zones, and an application load balancer has two zones or more.",
    fix: "Give subnets, or subnetMappings, with one subnet of each availability zone.",
    frameworks: { controls: ["F6.3"] },
    types: BALANCERS,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...BALANCERS), (balancer) => {
            const hasMappings = isInput(balancer, "subnetMappings");
            if (hasMappings && isInput(balancer, "subnets")) {
                report("has both subnets and subnetMappings.", balancer);
            }
            const property = hasMappings ? "subnetMappings" : "subnets";
            const subnets = subnetsOf(stack, balancer, property);
            if (subnets === undefined) {
                return;
            }
            const zones = subnets.map((subnet) => text(subnet.props.availabilityZone) ?? "");
            const twice = zones.find((zone, index) => zone !== "" && zones.indexOf(zone) !== index);
            if (twice !== undefined) {
                report(`has two subnets in ${twice}.`, balancer);
            } else if (new Set(zones).size < 2 && kindOf(balancer.props) === "application") {
                report(
                    `has ${counted(zones.length, "subnet")}; an application load balancer needs two zones.`,
                    balancer,
                );
            }
        });
    },
});
