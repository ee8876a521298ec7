import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { list, number } from "../../framework/subject";
import { ROUTED_BY } from "../shared/records";

interface Config {
    readonly maxSeconds: number;
}

// Other policies spread viewers, and move them only where they have a health check.
const MOVING = ["failoverRoutingPolicies", "latencyRoutingPolicies"];

export const rule = resourceRule<Config>({
    id: "failover-record-ttl",
    severity: "medium",
    description: "Resolvers keep records that move viewers from region to region for a short time.",
    fix: "Lower the record's ttl, or make it an alias.",
    frameworks: { controls: ["P16"] },
    config: {
        maxSeconds: {
            type: "integer",
            minimum: 0,
            default: 60,
            description:
                "The longest TTL of a failover or latency record, and of any other with a routing policy and a health check.",
        },
    },
    types: ["aws:route53/record:Record"],
    check: ({ props }, report, { maxSeconds }) => {
        const policy = Object.keys(ROUTED_BY).find((property) => isGiven(props, property));
        // Aliases have no TTL of their own: AWS gives 60 seconds to its own targets.
        const isAlias = !isGiven(props, "ttl") && isGiven(props, "aliases") && list(props.aliases).length > 0;
        const moves = MOVING.includes(policy ?? "") || isGiven(props, "healthCheckId");
        if (policy === undefined || !moves || isAlias) {
            return;
        }
        const seconds = number(props.ttl);
        if (seconds === undefined || seconds > maxSeconds) {
            report(
                `is a ${ROUTED_BY[policy] ?? ""} record with ${seconds === undefined ? "no ttl" : `ttl ${seconds}`}, and ${maxSeconds} is the most.`,
            );
        }
    },
});
