import { list, stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { SECURITY_GROUP } from "../shared/types";

const STANDALONE = [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
];

export const rule = stackRule({
    id: "ec2-security-group-mixed-rules",
    severity: "high",
    description: "A security group has its rules inline or as resources of their own, and not both.",
    fix: "Take ingress and egress out of the security group, and make each rule a SecurityGroupIngressRule or SecurityGroupEgressRule.",
    frameworks: { controls: ["F8.2"] },
    types: [SECURITY_GROUP],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SECURITY_GROUP), (group) => {
            const inline = ["ingress", "egress"].filter((property) => isInput(group, property));
            if (inline.length === 0) {
                return;
            }
            const kinds = STANDALONE.filter(
                (type) => stack.referrersOf(group, type, "securityGroupId").length > 0,
            );
            const [kind] = kinds;
            if (kind !== undefined && inline.some((property) => list(group.props[property]).length > 0)) {
                report(`has ${inline.join(" and ")}, and a ${kind.replace(/^.*:/, "")} besides.`, group);
            }
        });
    },
});
