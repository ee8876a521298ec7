import { flag, stackRule } from "../../framework";
import { BALANCER_TYPES } from "../shared/balancers";
import { computedOr } from "../shared/judging";

export const rule = stackRule({
    id: "elb-public-web-acl",
    severity: "high",
    description: "Application load balancers that face the internet have a web ACL.",
    fix: "Add an aws.wafv2.WebAclAssociation of the load balancer's ARN with a web ACL.",
    frameworks: { controls: ["21", "P36"], securityHub: ["ELB.16"], checkov: ["CKV2_AWS_28"] },
    types: BALANCER_TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...BALANCER_TYPES), (balancer) => {
            const association = "aws:wafv2/webAclAssociation:WebAclAssociation";
            if (stack.referrersOf(balancer, association, "resourceArn").length > 0) {
                return;
            }
            const kind = computedOr(balancer, "loadBalancerType", "application");
            const isInternal = flag(computedOr(balancer, "internal", false)) === true;
            if (kind === "application" && !isInternal) {
                report("faces the internet and has no web ACL.", balancer);
            }
        });
    },
});
