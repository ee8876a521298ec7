import { type Accepted, type FixtureResource, type Mutant } from "../mutation";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "aws:sns/topic:Topic";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const topicAbroad: readonly FixtureResource[] = [
    { type: TOPIC, name: "abroad", inputs: { name: "abroad", region: "eu-central-1" } },
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
        rule: "logs-retention-days",
        title: "events that are kept for good",
        change: (stack) => {
            stack.set(stack.find(LOG_GROUP), "retentionInDays", 0);
        },
    },
];
