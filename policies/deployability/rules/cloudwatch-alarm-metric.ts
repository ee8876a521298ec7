import { flag, list, object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { judge, judgeChoices } from "../shared/values";

const OF_METRIC = [
    "metricName",
    "namespace",
    "period",
    "statistic",
    "extendedStatistic",
    "dimensions",
    "unit",
];

/** Percentiles, trimmed means, counts and sums, percentile ranks, and the interquartile mean. */
const EXTENDED = [
    /^(?:p|tm|wm|tc|ts)(?:\d{1,2}(?:\.\d{1,10})?|100(?:\.0{1,10})?)$/i,
    /^(?:tm|wm|tc|ts|pr)\((?!:?\))(?:\d+(?:\.\d+)?%?)?:(?:\d+(?:\.\d+)?%?)?\)$/i,
    /^iqm$/i,
];

export const rule = resourceRule({
    id: "cloudwatch-alarm-metric",
    severity: "high",
    description:
        "An alarm watches one metric with one statistic, or one result of its queries, against a threshold.",
    fix: "Give metricName with period and statistic or extendedStatistic, or metricQueries of which one returns data, and threshold or thresholdMetricId.",
    frameworks: { controls: ["F16.2"] },
    types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
    check: ({ props }, report) => {
        const hasQueries = isGiven(props, "metricQueries");
        judge(
            () => {
                const besides = OF_METRIC.filter((property) => isGiven(props, property));
                if (hasQueries && besides.length > 0) {
                    report(`has metricQueries besides ${besides.join(" and ")}.`);
                } else if (
                    !hasQueries &&
                    !isGiven(props, "metricName") &&
                    !isGiven(props, "evaluationCriteria")
                ) {
                    report("has neither metricName nor metricQueries.");
                } else if (
                    isGiven(props, "metricName") &&
                    isGiven(props, "statistic") === isGiven(props, "extendedStatistic")
                ) {
                    report("has not exactly one of statistic and extendedStatistic.");
                }
                if (isGiven(props, "metricName") && !isGiven(props, "period")) {
                    report("has metricName and no period.");
                }
            },
            () => {
                // Alarms on PromQL have the threshold in their query.
                const isCompared = ["threshold", "thresholdMetricId", "evaluationCriteria"];
                if (!isCompared.some((property) => isGiven(props, property))) {
                    report("has neither threshold nor thresholdMetricId.");
                }
            },
            () => {
                const statistic = text(props.extendedStatistic) ?? "";
                if (statistic !== "" && !EXTENDED.some((pattern) => pattern.test(statistic))) {
                    report(
                        `has extendedStatistic "${statistic}"; allowed: such as p99.9, tm90, TM(10%:90%), PR(:300), IQM.`,
                    );
                }
            },
            () => {
                judgeQueries(
                    hasQueries ? props.metricQueries : [],
                    isGiven(props, "thresholdMetricId"),
                    report,
                );
            },
            () => {
                const isBand = /Upper|Lower/.test(text(props.comparisonOperator) ?? "");
                if (isBand !== isGiven(props, "thresholdMetricId")) {
                    report(
                        `has comparisonOperator "${text(props.comparisonOperator) ?? ""}" ${isBand ? "without" : "with"} thresholdMetricId.`,
                    );
                }
            },
            () => {
                judgeChoices(
                    props,
                    {
                        statistic: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
                        treatMissingData: ["breaching", "notBreaching", "ignore", "missing"],
                        comparisonOperator: [
                            ...["GreaterThanOrEqualToThreshold", "GreaterThanThreshold"],
                            ...["LessThanThreshold", "LessThanOrEqualToThreshold"],
                            ...["LessThanLowerOrGreaterThanUpperThreshold"],
                            ...["LessThanLowerThreshold", "GreaterThanUpperThreshold"],
                        ],
                    },
                    report,
                );
            },
        );
    },
});

/** Of the queries one returns data; with a band the metric that it is about does so too. */
function judgeQueries(queries: unknown, hasBand: boolean, report: (reason: string) => void): void {
    if (list(queries).length === 0) {
        return;
    }
    const ids = new Set<string>();
    let returning = 0;
    eachObject(queries, (query, index) => {
        const id = text(query.id) ?? "";
        if (!/^[a-z]\w*$/.test(id) || ids.has(id)) {
            report(`has metricQueries[${index}] with the id "${id}".`);
        }
        ids.add(id);
        if (isGiven(query, "expression") === isGiven(object(query), "metric")) {
            report(`has metricQueries[${index}] without exactly one of expression and metric.`);
        }
        returning += flag(query.returnData) === true ? 1 : 0;
    });
    const allowed = hasBand ? 2 : 1;
    if (returning < 1 || returning > allowed) {
        report(`has ${returning} metricQueries with returnData; allowed: ${allowed}.`);
    }
}
