import { flag, object, resourceRule } from "../../framework";
import { BALANCER_TYPES, isKind } from "../shared/balancers";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "elb-access-logs",
    severity: "medium",
    description: "Application and network load balancers write access logs.",
    fix: "Set accessLogs with a bucket and `enabled: true`.",
    frameworks: { controls: ["17"], securityHub: ["ELB.5"], checkov: ["CKV_AWS_91"] },
    types: BALANCER_TYPES,
    check: ({ props }, report) => {
        // Gateway load balancers have no access logs.
        if (!isKind(props, "application", "network")) {
            return;
        }
        const { enabled } = object(props.accessLogs);
        // Even with a bucket, the provider leaves them off unless told otherwise.
        if (flag(enabled) !== true) {
            report(`writes no access logs: accessLogs.enabled is ${shown(enabled)}.`);
        }
    },
});
