import { number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { TARGET_GROUPS } from "../shared/types";

const NETWORK = ["port", "protocol", "vpcId"];
const GENEVE_PORT = 6081;

export const rule = resourceRule({
    id: "elb-target-group-arguments",
    severity: "high",
    description: "Target groups have port, protocol and VPC, and those of functions have none.",
    fix: 'Set port, protocol and vpcId, or leave all three out with targetType "lambda".',
    frameworks: { controls: ["F6.8"] },
    types: TARGET_GROUPS,
    check: ({ props }, report) => {
        const kind = text(props.targetType) ?? "instance";
        if (kind === "lambda") {
            for (const property of NETWORK) {
                if (isGiven(props, property)) {
                    report(`has targetType "lambda" and ${property}.`);
                }
            }
            return;
        }
        const missing = NETWORK.filter((property) => !isGiven(props, property));
        if (missing.length > 0) {
            report(`has targetType "${kind}" and no ${missing.join(" and no ")}.`);
        }
        const protocol = text(props.protocol);
        if (protocol === "GENEVE" && number(props.port) !== GENEVE_PORT) {
            report(`has protocol GENEVE without port ${GENEVE_PORT}.`);
        }
        if (kind === "alb" && protocol !== undefined && protocol !== "TCP") {
            report(`has targetType "alb" with protocol ${protocol}; allowed: TCP.`);
        }
    },
});
