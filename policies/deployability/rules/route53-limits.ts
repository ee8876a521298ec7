import { limitsRule } from "../shared/tables";
import { HEALTH_CHECK, RECORD } from "../shared/types";

export const rule = limitsRule({
    id: "route53-limits",
    description: "Settings of records and health checks are among the values that Route 53 takes.",
    controls: ["F3.10", "F3.12"],
    table: {
        [RECORD]: {
            ranges: {
                ttl: { min: 0, max: 2147483647 },
                "weightedRoutingPolicies[].weight": { min: 0, max: 255 },
            },
            choices: { "failoverRoutingPolicies[].type": ["PRIMARY", "SECONDARY"] },
        },
        [HEALTH_CHECK]: {
            ranges: {
                failureThreshold: { min: 1, max: 10 },
                port: { min: 1, max: 65535 },
                childHealthThreshold: { min: 0, max: 256 },
            },
            choices: {
                requestInterval: [10, 30],
                insufficientDataHealthStatus: ["Healthy", "Unhealthy", "LastKnownStatus"],
                type: [
                    ...["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"],
                    ...["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"],
                ],
            },
        },
    },
});
