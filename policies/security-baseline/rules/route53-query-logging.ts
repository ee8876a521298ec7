import { stackRule } from "../../framework";
import { isPublicZone, ZONE } from "../shared/zones";

export const rule = stackRule({
    id: "route53-query-logging",
    severity: "medium",
    description: "Public hosted zones log the queries that they answer.",
    fix: "Add an aws.route53.QueryLog for the zone, to a log group in us-east-1 that route53.amazonaws.com may write to.",
    frameworks: { controls: ["81"], securityHub: ["Route53.2"], checkov: ["CKV2_AWS_39"] },
    types: [ZONE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(ZONE), (zone) => {
            if (
                stack.referrersOf(zone, "aws:route53/queryLog:QueryLog", "zoneId").length === 0 &&
                isPublicZone(zone)
            ) {
                report("logs no queries.", zone);
            }
        });
    },
});
