import { number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";

const ALL = ["-1", "all"];
const WITH_PORTS = ["tcp", "udp", "6", "17"];

export const rule = resourceRule({
    id: "ec2-security-group-rule-ports",
    severity: "high",
    description: "Rules for TCP and UDP have a range of ports, and rules for all protocols have none.",
    fix: 'Set fromPort and toPort in order, and neither with ipProtocol "-1".',
    frameworks: { controls: ["F8.4"] },
    types: [
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ],
    check: ({ props }, report) => {
        const protocol = String(text(props.ipProtocol) ?? number(props.ipProtocol) ?? "").toLowerCase();
        const given = ["fromPort", "toPort"].filter((property) => isGiven(props, property));
        if (ALL.includes(protocol)) {
            if (given.length > 0) {
                report(`has ipProtocol "${protocol}" with ${given.join(" and ")}.`);
            }
            return;
        }
        if (!WITH_PORTS.includes(protocol)) {
            return;
        }
        if (given.length < 2) {
            report(`has ipProtocol "${protocol}" without both fromPort and toPort.`);
            return;
        }
        const from = number(props.fromPort) ?? 0;
        const to = number(props.toPort) ?? 0;
        if (from > to || from < 0 || to > 65535) {
            report(`has the ports ${from} to ${to}.`);
        }
    },
});
