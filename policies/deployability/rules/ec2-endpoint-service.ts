import { list, stackRule, text } from "../../framework";
import { eachKnown, inputOf } from "../../framework/items";
import { BALANCERS } from "../shared/types";

const SERVICE = "aws:ec2/vpcEndpointService:VpcEndpointService";

export const rule = stackRule({
    id: "ec2-endpoint-service",
    severity: "high",
    description: "Endpoint services are offered by Network or Gateway Load Balancers.",
    fix: "Put an Application Load Balancer behind a Network Load Balancer, in a target group of type alb, and name that one.",
    frameworks: { controls: ["F48.1"] },
    types: [SERVICE, ...BALANCERS],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SERVICE), (service) => {
            if (
                list(inputOf(service, "networkLoadBalancerArns")).length === 0 &&
                list(inputOf(service, "gatewayLoadBalancerArns")).length === 0
            ) {
                report("has no balancer.", service);
            }
            const related = stack.referencesOf(service, "networkLoadBalancerArns", ...BALANCERS);
            for (const balancer of related) {
                const kind = text(balancer.props.loadBalancerType) ?? "application";
                if (kind !== "network") {
                    report(`names ${balancer.name}, which is of type ${kind}.`, service);
                }
            }
            if (related.length > 0) {
                return;
            }
            eachKnown(list(service.props.networkLoadBalancerArns), (arn) => {
                if (!/:loadbalancer\/net\//.test(text(arn) ?? "")) {
                    report(`names ${text(arn) ?? "nothing"}, which is no Network Load Balancer.`, service);
                }
            });
        });
    },
});
