import { stackRule } from "../../framework";
import { judge } from "../shared/judging";
import { leadsToInternet, subnetsOf } from "../shared/routing";

const GROUP = "aws:rds/subnetGroup:SubnetGroup";

export const rule = stackRule({
    id: "rds-private-subnets",
    severity: "high",
    description: "Databases are in subnets that no route connects with an internet gateway.",
    fix: "Put subnets into the group whose route table has no route to an internet gateway.",
    frameworks: { controls: ["35"], securityHub: ["RDS.46"] },
    types: [GROUP],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(GROUP), (group) => {
            judge(
                ...subnetsOf(stack, group, "subnetIds").map((subnet) => () => {
                    if (leadsToInternet(stack, subnet)) {
                        report(`has subnet "${subnet.name}", which leads to an internet gateway.`, group);
                    }
                }),
            );
        });
    },
});
