import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { hasAliases } from "../shared/records";
import { first } from "../shared/values";
import { RECORD } from "../shared/types";

export const rule = resourceRule({
    id: "route53-failover-alias-health",
    severity: "high",
    description:
        "Failover aliases evaluate the health of their target, and other primary records have a health check.",
    fix: "Set evaluateTargetHealth to true on the alias, or healthCheckId on the record.",
    frameworks: { controls: ["C7"] },
    types: [RECORD],
    check: ({ props }, report) => {
        if (!isGiven(props, "failoverRoutingPolicies")) {
            return;
        }
        if (hasAliases(props)) {
            if (flag(first(props.aliases).evaluateTargetHealth) !== true) {
                report("is a failover alias without evaluateTargetHealth true.");
            }
        } else if (
            text(first(props.failoverRoutingPolicies).type) === "PRIMARY" &&
            !isGiven(props, "healthCheckId")
        ) {
            report("is a primary failover record without healthCheckId.");
        }
    },
});
