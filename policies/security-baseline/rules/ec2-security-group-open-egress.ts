import { resourceRule } from "../../framework";
import { isAnywhere } from "../shared/cidr";
import { isEverything, trafficText } from "../shared/ports";
import { judgeRules, ruleTypes } from "../shared/securityGroups";

export const rule = resourceRule({
    id: "ec2-security-group-open-egress",
    severity: "medium",
    description: "Security groups do not let everything out to the whole internet.",
    fix: "Name the ports that are called and, where the callee is known, its security group, prefix list or block.",
    frameworks: { controls: ["10"], checkov: ["CKV_AWS_382"] },
    types: ruleTypes("egress"),
    check: (resource, report) => {
        judgeRules(resource, "egress", (traffic, eachBlock) => {
            if (isEverything(traffic)) {
                eachBlock((block) => {
                    if (isAnywhere(block)) {
                        report(`lets ${trafficText(traffic)} out to ${block}.`);
                    }
                });
            }
        });
    },
});
