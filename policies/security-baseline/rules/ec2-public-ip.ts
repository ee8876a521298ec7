import { flag, list, object, resourceRule } from "../../framework";
import { eachKnown } from "../../framework/items";
import { INSTANCE_TYPES } from "../shared/instances";
import { judge } from "../shared/judging";

export const rule = resourceRule({
    id: "ec2-public-ip",
    severity: "high",
    description: "Instances have no public addresses.",
    fix: "Set associatePublicIpAddress to false, and put a load balancer or a NAT gateway before the instance.",
    frameworks: {
        controls: ["25"],
        securityHub: ["EC2.25", "EC2.9", "Autoscaling.5"],
        checkov: ["CKV_AWS_88"],
    },
    types: INSTANCE_TYPES,
    check: ({ props }, report) => {
        // Left out, the subnet decides, which ec2-subnet-public-ip judges.
        judge(
            () => {
                if (flag(props.associatePublicIpAddress) === true) {
                    report("gets a public address: associatePublicIpAddress is true.");
                }
            },
            () => {
                eachKnown(list(props.networkInterfaces), (item, index) => {
                    if (flag(object(item).associatePublicIpAddress) === true) {
                        report(
                            `gets a public address: networkInterfaces[${index}].associatePublicIpAddress is true.`,
                        );
                    }
                });
            },
        );
    },
});
