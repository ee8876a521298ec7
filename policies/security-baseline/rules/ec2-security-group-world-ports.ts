import { resourceRule } from "../../framework";
import { isAnywhere } from "../shared/cidr";
import { trafficText } from "../shared/ports";
import { judgeRules, ruleTypes } from "../shared/securityGroups";
import { problemWith, type WorldPortsConfig, worldPortsConfig } from "../shared/worldPorts";

export const rule = resourceRule<WorldPortsConfig>({
    id: "ec2-security-group-world-ports",
    severity: "critical",
    description:
        "Security groups let the whole internet in on authorised ports alone, and never on high-risk ones.",
    fix: "Let in a security group, a prefix list or the blocks of addresses that need it, on the port that they need.",
    frameworks: {
        controls: ["7", "8", "9"],
        securityHub: ["EC2.18", "EC2.19", "EC2.53", "EC2.54"],
        cisV3: ["5.2", "5.3"],
        cisV5: ["5.1.2", "5.3", "5.4"],
        checkov: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277"],
    },
    types: ruleTypes("ingress"),
    config: worldPortsConfig,
    check: (resource, report, config) => {
        judgeRules(resource, "ingress", (traffic, eachBlock) => {
            const problem = problemWith(traffic, config);
            // What may be open to anybody need not be asked where it comes from.
            if (problem !== undefined) {
                eachBlock((block) => {
                    if (isAnywhere(block)) {
                        report(`lets ${block} in on ${trafficText(traffic)}, ${problem}.`);
                    }
                });
            }
        });
    },
});
