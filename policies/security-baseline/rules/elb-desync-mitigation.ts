import { resourceRule, text } from "../../framework";
import { BALANCER_TYPES, isKind } from "../shared/balancers";

export const rule = resourceRule({
    id: "elb-desync-mitigation",
    severity: "medium",
    description: "Application load balancers defend against HTTP desync attacks.",
    fix: 'Set desyncMitigationMode to "defensive" or "strictest".',
    frameworks: { controls: ["19"], securityHub: ["ELB.12"], checkov: ["CKV_AWS_328"] },
    types: BALANCER_TYPES,
    check: ({ props }, report) => {
        if (!isKind(props, "application")) {
            return;
        }
        const mode = text(props.desyncMitigationMode) ?? "defensive";
        if (!["defensive", "strictest"].includes(mode)) {
            report(`has desyncMitigationMode ${mode}.`);
        }
    },
});
