import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "aws:sns/topic:Topic";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const topicAbroad: readonly FixtureResource[] = [
    { type: TOPIC, name: "abroad", inputs: { name: "abroad", region: "eu-central-1" } },
];

const QUEUE_METRIC = { namespace: "AWS/SQS", stat: "Sum" };

/** An alarm on the share of messages that are dead. */
const queried: readonly FixtureResource[] = [
    {
        type: ALARM,
        name: "share",
        inputs: {
            name: "share",
            comparisonOperator: "GreaterThanThreshold",
            evaluationPeriods: 2,
            region: "us-east-1",
            threshold: 1,
            metricQueries: [
                { id: "e1", expression: "m1 / m2", returnData: true },
                { id: "m1", metric: { ...QUEUE_METRIC, metricName: "A", period: 60 } },
                { id: "m2", metric: { ...QUEUE_METRIC, metricName: "B", period: 300 } },
            ],
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "cloudwatch-alarm-actions-region",
        title: "a topic of another region",
        fixture: topicAbroad,
        change: (stack) => {
            stack.refer(stack.find(ALARM), "alarmActions", stack.find(TOPIC, "abroad"));
        },
        message: "has abroad of eu-central-1 in alarmActions",
    },
    {
        rule: "logs-retention-days",
        title: "a hundred days",
        change: (stack) => {
            stack.set(stack.find(LOG_GROUP), "retentionInDays", 100);
        },
        message: "has retentionInDays 100",
    },
    {
        rule: "cloudwatch-alarm-period",
        title: "a period of 90 seconds",
        change: (stack) => {
            stack.set(stack.find(ALARM, /interruptions/), "period", 90);
        },
        message: "has period 90",
    },
    {
        rule: "cloudwatch-alarm-period",
        title: "two days",
        change: (stack) => {
            stack.set(stack.find(ALARM, /interruptions/), "evaluationPeriods", 288);
        },
        message: "looks at 172800 seconds in periods of 600; allowed: 86400",
    },
    {
        rule: "cloudwatch-alarm-period",
        title: "more datapoints than periods",
        change: (stack) => {
            stack.set(stack.find(ALARM, /interruptions/), "datapointsToAlarm", 2);
        },
        message: "has datapointsToAlarm 2 of evaluationPeriods 1",
    },
    {
        rule: "cloudwatch-alarm-period",
        title: "two days of a query",
        fixture: queried,
        change: (stack) => {
            stack.set(stack.find(ALARM, "share"), "evaluationPeriods", 576);
        },
        message: "looks at 172800 seconds in periods of 300; allowed: 86400",
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "no period",
        change: (stack) => {
            stack.unset(stack.find(ALARM, /interruptions/), "period");
        },
        decidedBy: "structure",
        message: "has metricName and no period",
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "no threshold",
        change: (stack) => {
            stack.unset(stack.find(ALARM, /interruptions/), "threshold");
        },
        decidedBy: "structure",
        message: "has neither threshold nor thresholdMetricId",
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "a percentile above all",
        change: (stack) => {
            const alarm = stack.find(ALARM, /interruptions/);
            stack.unset(alarm, "statistic");
            stack.set(alarm, "extendedStatistic", "p101");
        },
        message: 'has extendedStatistic "p101"',
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "a simple statistic among the extended",
        change: (stack) => {
            const alarm = stack.find(ALARM, /interruptions/);
            stack.unset(alarm, "statistic");
            stack.set(alarm, "extendedStatistic", "Average");
        },
        message: 'has extendedStatistic "Average"',
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "two statistics",
        change: (stack) => {
            stack.set(stack.find(ALARM, /interruptions/), "extendedStatistic", "p99");
        },
        message: "has not exactly one of statistic and extendedStatistic",
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "an operator as Pulumi's documentation spells it",
        change: (stack) => {
            stack.set(stack.find(ALARM, /interruptions/), "comparisonOperator", "greaterThanThreshold");
        },
        message: "allowed: GreaterThanOrEqualToThreshold",
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "a band without a metric of it",
        change: (stack) => {
            stack.set(stack.find(ALARM, /interruptions/), "comparisonOperator", "GreaterThanUpperThreshold");
        },
        message: "without thresholdMetricId",
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "queries of which two return data",
        fixture: [
            {
                type: ALARM,
                name: "queried",
                inputs: {
                    name: "queried",
                    comparisonOperator: "GreaterThanThreshold",
                    evaluationPeriods: 1,
                    region: "us-east-1",
                    threshold: 1,
                    metricQueries: [
                        { id: "e1", expression: "m1 / m2", returnData: true },
                        { id: "m1", metric: { metricName: "A", namespace: "N", period: 60, stat: "Sum" } },
                        { id: "m2", metric: { metricName: "B", namespace: "N", period: 60, stat: "Sum" } },
                    ],
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(ALARM, "queried"), "metricQueries[1].returnData", true);
        },
        message: "has 2 metricQueries with returnData",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cloudwatch-alarm-period",
        title: "two days of a query by the hour",
        fixture: queried,
        change: (stack) => {
            const alarm = stack.find(ALARM, "share");
            stack.set(alarm, "evaluationPeriods", 48);
            stack.set(alarm, "metricQueries[2].metric.period", 3600);
        },
    },
    {
        rule: "cloudwatch-alarm-metric",
        title: "a query in PromQL, which has its threshold",
        change: (stack) => {
            stack.add({
                type: ALARM,
                name: "promql",
                inputs: {
                    name: "promql",
                    evaluationCriteria: { promqlCriteria: { query: "up == 0" } },
                    evaluationInterval: 60,
                    region: "us-east-1",
                },
            });
        },
    },
    ...[
        "p0.0",
        "p99.95",
        "p100",
        "tm90",
        "TM(10%:90%)",
        "WM(:95%)",
        "TC(0.005:0.030)",
        "PR(:300)",
        "IQM",
    ].map((statistic): Accepted => ({
        rule: "cloudwatch-alarm-metric",
        title: `the statistic ${statistic}`,
        change: (stack) => {
            const alarm = stack.find(ALARM, /interruptions/);
            stack.unset(alarm, "statistic");
            stack.set(alarm, "extendedStatistic", statistic);
        },
    })),
    {
        rule: "logs-retention-days",
        title: "events that are kept for good",
        change: (stack) => {
            stack.set(stack.find(LOG_GROUP), "retentionInDays", 0);
        },
    },
];
