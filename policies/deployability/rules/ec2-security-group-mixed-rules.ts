import { ifKnown, list, type Member, stackRule, type StackView, text } from "../../framework";
import { eachKnown, isInput } from "../../framework/items";
import { SECURITY_GROUP } from "../shared/types";

const EITHER = "aws:ec2/securityGroupRule:SecurityGroupRule";
const OWN = [
    ["ingress", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"],
    ["egress", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"],
] as const;

export const rule = stackRule({
    id: "ec2-security-group-mixed-rules",
    severity: "high",
    description:
        "A security group has its rules of a direction inline or as resources of their own, and not both.",
    fix: "Take ingress and egress out of the security group, and make each rule a SecurityGroupIngressRule or SecurityGroupEgressRule.",
    frameworks: { controls: ["F8.2"] },
    types: [SECURITY_GROUP],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SECURITY_GROUP), (group) => {
            // The provider sets each of the two lists as a whole, and leaves one that is not given alone.
            const given = OWN.filter(([direction]) => isInput(group, direction));
            eachKnown(given, ([direction, type]) => {
                const separate = separateRule(stack, group, direction, type);
                if (separate !== undefined && list(group.props[direction]).length > 0) {
                    const kind = separate.type.replace(/^.*:/, "");
                    report(`has ${direction}, and a ${kind} besides.`, group);
                }
            });
        });
    },
});

/** A rule of the group for the direction that is a resource of its own. */
function separateRule(stack: StackView, group: Member, direction: string, type: string): Member | undefined {
    const [own] = stack.referrersOf(group, type, "securityGroupId");
    const others = stack.referrersOf(group, EITHER, "securityGroupId");
    return (
        own ??
        others.find(({ props }) => ifKnown(() => text(props.type)) === direction) ??
        others.find(({ props }) => text(props.type) === direction)
    );
}
