import { stackRule, text } from "../../framework";
import { subnetsOf } from "../shared/subnets";

export const rule = stackRule({
    id: "rds-subnet-group-zones",
    severity: "high",
    description: "Database subnet groups have subnets in two availability zones or more.",
    fix: "Add a subnet of another availability zone to subnetIds.",
    frameworks: { controls: ["F1.2.20"] },
    types: ["aws:rds/subnetGroup:SubnetGroup", "aws:docdb/subnetGroup:SubnetGroup"],
    checkStack: (stack, report) => {
        const groups = stack.ofType("aws:rds/subnetGroup:SubnetGroup", "aws:docdb/subnetGroup:SubnetGroup");
        stack.each(groups, (group) => {
            const subnets = subnetsOf(stack, group, "subnetIds");
            const zones = new Set(subnets?.map((subnet) => text(subnet.props.availabilityZone)));
            const [zone] = zones;
            if (subnets !== undefined && zones.size < 2) {
                report(`has subnets in ${zone ?? "no availability zone"} alone.`, group);
            }
        });
    },
});
