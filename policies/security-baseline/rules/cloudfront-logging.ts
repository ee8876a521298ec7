import { ifKnown, object, stackRule, text } from "../../framework";
import { anyOf, isGiven } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";

export const rule = stackRule({
    id: "cloudfront-logging",
    severity: "medium",
    description: "Distributions write access logs.",
    fix: "Set loggingConfig, or add an aws.cloudwatch.LogDeliverySource of the distribution for ACCESS_LOGS with an aws.cloudwatch.LogDelivery.",
    frameworks: { controls: ["70"], securityHub: ["CloudFront.5"], checkov: ["CKV_AWS_86"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            const { props, propertyDependencies } = distribution;
            const isLegacy =
                (propertyDependencies.loggingConfig ?? []).length > 0 ||
                isGiven(object(ifKnown(() => props.loggingConfig)), "bucket");
            if (isLegacy) {
                return;
            }
            const sources = stack.referrersOf(
                distribution,
                "aws:cloudwatch/logDeliverySource:LogDeliverySource",
                "resourceArn",
            );
            const delivered = sources
                .filter(
                    (source) =>
                        stack.referrersOf(
                            source,
                            "aws:cloudwatch/logDelivery:LogDelivery",
                            "deliverySourceName",
                        ).length > 0,
                )
                .map((source) => () => text(source.props.logType) === "ACCESS_LOGS");
            if (!anyOf(delivered)) {
                report(
                    sources.length === 0
                        ? "writes no access log."
                        : "has a source of logs, and no delivery of its access log.",
                    distribution,
                );
            }
        });
    },
});
