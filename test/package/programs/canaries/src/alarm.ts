import * as aws from "@pulumi/aws";

export function alarmOf(
    name: string,
    canary: aws.synthetics.Canary,
    topic: aws.sns.Topic,
): aws.cloudwatch.MetricAlarm {
    return new aws.cloudwatch.MetricAlarm(name, {
        namespace: "CloudWatchSynthetics",
        metricName: "SuccessPercent",
        dimensions: { CanaryName: canary.name },
        comparisonOperator: "LessThanThreshold",
        threshold: 90,
        evaluationPeriods: 2,
        period: 300,
        statistic: "Average",
        alarmActions: [topic.arn],
    });
}
