import { list, resourceRule } from "../../framework";
import { judge } from "../shared/judging";

export const rule = resourceRule({
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
    types: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
    check: ({ props }, report) => {
        judge(
            // The provider takes AWS's own rules away, so a list that is left out is as good as an empty one.
            ...["ingress", "egress"].map((direction) => () => {
                const rules = list(props[direction]);
                if (rules.length > 0) {
                    report(`has ${rules.length} ${direction} rule${rules.length === 1 ? "" : "s"}.`);
                }
            }),
        );
    },
});
