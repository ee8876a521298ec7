import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

export const rule = resourceRule({
    id: "ec2-security-group-rule-source",
    severity: "high",
    description: "A rule of a security group has exactly one source or destination.",
    fix: "Give one of cidrIpv4, cidrIpv6, prefixListId and referencedSecurityGroupId, and make further rules for others.",
    frameworks: { controls: ["F8.2"] },
    types: [
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ],
    check: ({ props }, report) => {
        const given = SOURCES.filter((property) => isGiven(props, property));
        if (given.length !== 1) {
            report(
                `has ${given.length === 0 ? "no source" : given.join(" and ")}; allowed: one of ${SOURCES.join(", ")}.`,
            );
        }
    },
});
