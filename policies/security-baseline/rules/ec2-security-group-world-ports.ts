import { resourceRule } from "../../framework";
import { isAnywhere } from "../shared/cidr";
import { hasPorts, HIGH_RISK_PORTS, portsWithin, type Traffic, trafficText } from "../shared/ports";
import { judgeRules, ruleTypes } from "../shared/securityGroups";

interface Config {
    readonly authorizedTcpPorts: readonly number[];
    readonly authorizedUdpPorts: readonly number[];
    readonly highRiskPorts: readonly number[];
}

const PORTS = { type: "array", items: { type: "integer", minimum: 0, maximum: 65535 } } as const;

export const rule = resourceRule<Config>({
    id: "ec2-security-group-world-ports",
    severity: "critical",
    description:
        "Security groups let the whole internet in on authorised ports alone, and never on high-risk ones.",
    fix: "Let in a security group, a prefix list or the blocks of addresses that need it, on the port that they need.",
    frameworks: {
        controls: ["7", "8", "9"],
        securityHub: ["EC2.18", "EC2.19", "EC2.53", "EC2.54"],
        cisV3: ["5.2", "5.3"],
        cisV5: ["5.3", "5.4"],
        checkov: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277"],
    },
    types: ruleTypes("ingress"),
    config: {
        authorizedTcpPorts: {
            ...PORTS,
            default: [80, 443],
            description: "TCP ports that anybody may reach.",
        },
        authorizedUdpPorts: { ...PORTS, default: [], description: "UDP ports that anybody may reach." },
        highRiskPorts: {
            ...PORTS,
            default: [...HIGH_RISK_PORTS],
            description: "Ports that nobody may open to the internet, authorised or not.",
        },
    },
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

/** What is wrong with opening this to the internet, if anything is. */
function problemWith(traffic: Traffic, config: Config): string | undefined {
    if (!hasPorts(traffic)) {
        return undefined;
    }
    const risky = portsWithin(traffic, config.highRiskPorts);
    if (traffic.protocol === "all" || risky.length > 3) {
        return "high-risk ports among them";
    }
    if (risky.length > 0) {
        return `with the high-risk port ${risky.join(" and ")}`;
    }
    const authorized = traffic.protocol === "tcp" ? config.authorizedTcpPorts : config.authorizedUdpPorts;
    const open = traffic.to - traffic.from + 1;
    return portsWithin(traffic, [...new Set(authorized)]).length === open
        ? undefined
        : `and authorised is ${authorized.length === 0 ? `no ${traffic.protocol} port` : authorized.join(" and ")} alone`;
}
