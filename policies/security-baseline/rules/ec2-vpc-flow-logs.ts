import { stackRule, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { VPC_TYPES } from "../shared/routing";

export const rule = stackRule({
    id: "ec2-vpc-flow-logs",
    severity: "medium",
    description: "Each VPC has a flow log that records at least what is rejected.",
    fix: 'Add an aws.ec2.FlowLog with the VPC\'s id and trafficType "ALL" or "REJECT".',
    frameworks: {
        controls: ["2"],
        securityHub: ["EC2.6"],
        cisV3: ["3.7"],
        cisV5: ["3.7"],
        checkov: ["CKV2_AWS_11"],
    },
    types: VPC_TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...VPC_TYPES), (vpc) => {
            const logs = stack.referrersOf(vpc, "aws:ec2/flowLog:FlowLog", "vpcId");
            const records = logs.map(
                (log) => () => ["ALL", "REJECT"].includes(text(log.props.trafficType) ?? ""),
            );
            if (!anyOf(records)) {
                report(
                    logs.length === 0
                        ? "has no flow log."
                        : "has no flow log of rejected traffic: trafficType is neither ALL nor REJECT.",
                    vpc,
                );
            }
        });
    },
});
