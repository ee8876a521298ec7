import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { AUTO_NAME_SUFFIX } from "../shared/names";
import { Problems } from "../shared/validation";
import { type TagsInput } from "../shared/tags";

/** How an alarm compares its metric with the threshold. */
export type AlarmComparison =
    | "GreaterThanThreshold"
    | "GreaterThanOrEqualToThreshold"
    | "LessThanThreshold"
    | "LessThanOrEqualToThreshold";

/** What an alarm makes of a period without data. */
export type MissingData = "notBreaching" | "breaching" | "ignore" | "missing";

/** One metric that an alarm watches. */
export interface AlarmMetric {
    /** Such as `AWS/ApplicationELB`. */
    namespace: pulumi.Input<string>;
    metricName: string;
    dimensions?: Record<string, pulumi.Input<string>>;
    /** `Sum`, `Average`, `Minimum`, `Maximum` or `SampleCount`, or a percentile such as `p99`. */
    statistic: string;
}

/** One of the metrics or expressions that an alarm on a computed value is made of. */
export interface AlarmQuery {
    /** Name of this row in the other rows' expressions; begins with a lower-case letter. */
    id: string;
    /** Metric math over the other rows' ids; this or one of the two others. */
    expression?: string;
    /** A Metrics Insights query, `SELECT …`; this or one of the two others. */
    insights?: pulumi.Input<string>;
    /** The metric to fetch; this or `expression`. */
    metric?: AlarmMetric;
    /** What the row means, in the console. */
    label?: string;
    /** True for the one row that is compared with the threshold. */
    returnData?: boolean;
}

/** What an alarm watches, when it rings, and whom it tells. */
export interface AlarmArgs {
    /** The region of the metric and of the topics. Metrics of CloudFront, Route 53 and their web ACLs are in us-east-1. */
    region: string;
    /** What is wrong when the alarm rings, and what to look at first. */
    description: pulumi.Input<string>;
    /** The metric to compare; this or `queries`. */
    metric?: AlarmMetric;
    /** The rows of a computed value; this or `metric`. */
    queries?: AlarmQuery[];
    comparison: AlarmComparison;
    threshold: pulumi.Input<number>;
    /** Length of a period in seconds: 10, 20, 30 or a multiple of 60. 60 when left out. */
    period?: number;
    /** How many periods are looked at. 1 when left out. */
    evaluationPeriods?: number;
    /** How many of these must breach. All of them when left out. */
    datapointsToAlarm?: number;
    /** Said every time, because both answers are right for some metric. */
    missingData: MissingData;
    /** Topics to tell of alarm and recovery, in the same region. Nobody is told when left out or empty. */
    topicArns?: pulumi.Input<pulumi.Input<string>[]>;
    tags?: TagsInput;
}

const ALARM_NAME_LIMIT = 255;
const DAY = 86_400;

/**
 * Makes a CloudWatch alarm in the way that the whole project does: it says what missing data means, it tells the
 * same topics when it rings and when it is over, and it is never made with its actions off.
 *
 * @throws pulumi.InputPropertiesError when CloudWatch would refuse the periods, or a topic is in another region.
 */
export function alarm(
    name: string,
    args: AlarmArgs,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
    const period = args.period ?? 60;
    const evaluationPeriods = args.evaluationPeriods ?? 1;
    validate(name, args, period, evaluationPeriods);

    const actions = sameRegionTopics(name, args);
    return new aws.cloudwatch.MetricAlarm(
        name,
        {
            region: args.region,
            alarmDescription: args.description,
            ...(args.metric === undefined
                ? { metricQueries: (args.queries ?? []).map((query) => queryInput(query, period)) }
                : { ...metricInput(args.metric), period }),
            comparisonOperator: args.comparison,
            threshold: args.threshold,
            evaluationPeriods,
            datapointsToAlarm: args.datapointsToAlarm ?? evaluationPeriods,
            treatMissingData: args.missingData,
            actionsEnabled: true,
            alarmActions: actions,
            // People who are woken want to know when they may go back to bed.
            okActions: actions,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        opts,
    );
}

/** The rows of a sum of metrics, the last of which is compared. What does not happen is not counted: it is nothing. */
export function sumOf(id: string, label: string, metrics: readonly AlarmMetric[]): AlarmQuery[] {
    return [
        ...metrics.map((metric, index) => ({ id: `m${index}`, metric })),
        {
            id,
            label,
            expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(" + "),
            returnData: true,
        },
    ];
}

function metricInput(metric: AlarmMetric) {
    const percentile = /^p\d/.test(metric.statistic);
    return {
        namespace: metric.namespace,
        metricName: metric.metricName,
        ...(metric.dimensions === undefined ? {} : { dimensions: metric.dimensions }),
        ...(percentile
            ? {
                  extendedStatistic: metric.statistic,
                  // A percentile over a handful of requests says nothing; do not wake anybody for it.
                  evaluateLowSampleCountPercentiles: "ignore",
              }
            : { statistic: metric.statistic }),
    };
}

function queryInput(query: AlarmQuery, period: number): aws.types.input.cloudwatch.MetricAlarmMetricQuery {
    return {
        id: query.id,
        ...(query.label === undefined ? {} : { label: query.label }),
        returnData: query.returnData ?? false,
        ...(query.metric === undefined
            ? {}
            : {
                  metric: {
                      namespace: query.metric.namespace,
                      metricName: query.metric.metricName,
                      ...(query.metric.dimensions === undefined
                          ? {}
                          : { dimensions: query.metric.dimensions }),
                      stat: query.metric.statistic,
                      period,
                  },
              }),
        ...(query.expression === undefined ? {} : { expression: query.expression }),
        // Metric math takes its period from the metrics that it computes with. A query has none.
        ...(query.insights === undefined ? {} : { expression: query.insights, period }),
    };
}

function validate(name: string, args: AlarmArgs, period: number, evaluationPeriods: number): void {
    const problems = new Problems("aws:cloudwatch/metricAlarm:MetricAlarm", name);
    const longest = ALARM_NAME_LIMIT - AUTO_NAME_SUFFIX;
    problems.check(name.length <= longest, "name", name, `at most ${longest} characters`);
    problems.check(
        (args.metric === undefined) !== (args.queries === undefined),
        "metric",
        args.metric?.metricName,
        "exactly one of metric and queries",
    );
    if (args.queries !== undefined) {
        const compared = args.queries.filter((query) => query.returnData === true).map((query) => query.id);
        problems.check(compared.length === 1, "queries", compared, "exactly one row with returnData");
        for (const [index, query] of args.queries.entries()) {
            const given = [query.metric, query.expression, query.insights];
            problems.check(
                given.filter((each) => each !== undefined).length === 1,
                `queries[${index}]`,
                query.id,
                "exactly one of metric, expression and insights",
            );
            problems.check(
                query.expression?.startsWith("SELECT ") !== true,
                `queries[${index}].expression`,
                query.expression,
                "metric math",
                "Give a Metrics Insights query as insights",
            );
        }
    }
    problems.check(
        [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0),
        "period",
        period,
        "10, 20, 30 or a multiple of 60 (seconds)",
    );
    // Amazon CloudWatch API Reference, PutMetricAlarm: EvaluationPeriods times Period is a day at most, or a week
    // for periods of an hour and longer.
    const window = period >= 3600 ? 7 * DAY : DAY;
    problems.check(
        Number.isInteger(evaluationPeriods) && evaluationPeriods >= 1 && evaluationPeriods * period <= window,
        "evaluationPeriods",
        evaluationPeriods,
        `a whole number from 1 to ${Math.floor(window / period)} for a period of ${period} seconds`,
    );
    const datapoints = args.datapointsToAlarm ?? evaluationPeriods;
    problems.check(
        Number.isInteger(datapoints) && datapoints >= 1 && datapoints <= evaluationPeriods,
        "datapointsToAlarm",
        datapoints,
        `a whole number from 1 to ${evaluationPeriods} (evaluationPeriods)`,
    );
    problems.throwIfAny();
}

/** CloudWatch accepts the ARN of a topic in another region and then never delivers to it. */
function sameRegionTopics(name: string, args: AlarmArgs): pulumi.Output<string[]> {
    return pulumi.output(args.topicArns ?? []).apply((arns) => {
        const problems = new Problems("aws:cloudwatch/metricAlarm:MetricAlarm", name);
        for (const [index, arn] of arns.entries()) {
            problems.check(
                arn.split(":")[3] === args.region,
                `topicArns[${index}]`,
                arn,
                `the ARN of a topic in ${args.region}, where the alarm is`,
            );
        }
        problems.throwIfAny();
        return arns;
    });
}
