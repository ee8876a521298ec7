import { flag, number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../shared/types";
import { judge } from "../shared/values";

const MONTH = 31;
const MOST_MONTHS = 23;
const ADVANCED_DAYS = 465;

export const rule = resourceRule({
    id: "rds-performance-insights",
    severity: "high",
    description:
        "Performance Insights keeps data for a time that RDS takes, and long enough for advanced insights.",
    fix: "Set performanceInsightsRetentionPeriod to 7, 731 or a multiple of 31 up to 713, and to 465 or more with advanced insights.",
    frameworks: { controls: ["F1.2.15"] },
    types: [RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE],
    check: ({ props }, report) => {
        judge(
            () => {
                const days = number(props.performanceInsightsRetentionPeriod);
                if (days !== undefined && days !== 0 && !isRetention(days)) {
                    report(`has performanceInsightsRetentionPeriod ${days}.`);
                }
            },
            () => {
                if (text(props.databaseInsightsMode) !== "advanced") {
                    return;
                }
                // The default is 7 days.
                const days = number(props.performanceInsightsRetentionPeriod) ?? 7;
                if (flag(props.performanceInsightsEnabled) !== true) {
                    report('has databaseInsightsMode "advanced" without performanceInsightsEnabled true.');
                } else if (days < ADVANCED_DAYS) {
                    report(
                        `has databaseInsightsMode "advanced" with performanceInsightsRetentionPeriod ${days}; allowed: ${ADVANCED_DAYS} or more.`,
                    );
                }
            },
            () => {
                const key = "performanceInsightsKmsKeyId";
                if (isGiven(props, key) && flag(props.performanceInsightsEnabled) !== true) {
                    report(`has ${key} without performanceInsightsEnabled true.`);
                }
            },
        );
    },
});

function isRetention(days: number): boolean {
    return days === 7 || days === 731 || (days % MONTH === 0 && days > 0 && days <= MOST_MONTHS * MONTH);
}
