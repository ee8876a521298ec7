import { stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { DEFAULT_VPC, VPC_TYPES } from "../shared/routing";

const GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

export const rule = stackRule({
    id: "ec2-vpc-default-security-group",
    severity: "high",
    description: "The default security group of each VPC is under the program's control.",
    fix: "Add an aws.ec2.DefaultSecurityGroup for the VPC with `ingress: []` and `egress: []`.",
    frameworks: {
        controls: ["1"],
        securityHub: ["EC2.2"],
        cisV3: ["5.4"],
        cisV5: ["5.5"],
        checkov: ["CKV2_AWS_12"],
    },
    types: VPC_TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...VPC_TYPES), (vpc) => {
            const groups = stack.referrersOf(vpc, GROUP, "vpcId");
            // Without a VPC the resource speaks of the default one.
            const isImplied =
                vpc.type === DEFAULT_VPC && stack.ofType(GROUP).some((group) => !isInput(group, "vpcId"));
            if (groups.length === 0 && !isImplied) {
                report("leaves its default security group as AWS makes it: open to all who wear it.", vpc);
            }
        });
    },
});
