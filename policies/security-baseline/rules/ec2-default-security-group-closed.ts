import { list, stackRule } from "../../framework";
import { inputOf } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { judge } from "../shared/judging";
import { VPC_TYPES } from "../shared/routing";
import { EGRESS_RULE, INGRESS_RULE, LEGACY_RULE } from "../shared/securityGroups";

const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const RULE_TYPES = [INGRESS_RULE, EGRESS_RULE, LEGACY_RULE];

export const rule = stackRule({
    id: "ec2-default-security-group-closed",
    severity: "high",
    description: "Default security groups have no rules.",
    fix: "Set `ingress: []` and `egress: []`, and give resources security groups of their own.",
    frameworks: {
        controls: ["1"],
        securityHub: ["EC2.2"],
        cisV3: ["5.4"],
        cisV5: ["5.5"],
        checkov: ["CKV2_AWS_12"],
    },
    types: [DEFAULT_GROUP, ...RULE_TYPES],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DEFAULT_GROUP), (group) => {
            judge(
                // The provider takes AWS's own rules away, so a list that is left out is as good as an empty one.
                ...["ingress", "egress"].map((direction) => () => {
                    const rules = list(inputOf(group, direction));
                    if (rules.length > 0) {
                        report(`has ${counted(rules.length, `${direction} rule`)}.`, group);
                    }
                }),
            );
        });
        for (const rule of stack.ofType(...RULE_TYPES)) {
            // Of a VPC a rule can only take the default group's id.
            const group = (rule.propertyDependencies.securityGroupId ?? []).find(({ type }) =>
                [DEFAULT_GROUP, ...VPC_TYPES].includes(type),
            );
            if (group !== undefined) {
                report(`is a rule of the default security group of ${group.name}.`, rule);
            }
        }
    },
});
